package dev.yakin.devshutdown.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Virtual time, and the gate that every call to AWS goes through: counted, and killed or refused where a test says so. */
final class FakeWorld extends Clock {
    /** Not an Exception: nothing in the function can catch the end of its process. */
    static final class Killed extends Error {}

    enum Kind {
        BEFORE,
        AFTER
    }

    Instant now;
    Duration latency = Duration.ZERO;
    final List<String> calls = new ArrayList<>();
    private int kill;
    private Kind kind = Kind.BEFORE;
    private Predicate<String> refused = _ -> false;
    private @Nullable Supplier<RuntimeException> refusal;

    FakeWorld(Instant now) {
        this.now = now;
    }

    /** The process ends before or after the {@code number}-th call from now, counted from 1. */
    void killAt(int number, Kind kind) {
        this.kill = calls.size() + number;
        this.kind = kind;
    }

    /** Every call whose name fits is refused, until {@link #heal}. */
    void refuse(Predicate<String> calls, Supplier<RuntimeException> refusal) {
        this.refused = calls;
        this.refusal = refusal;
    }

    void heal() {
        refused = _ -> false;
        kill = 0;
    }

    <T> T call(String name, Supplier<T> effect) {
        calls.add(name);
        now = now.plus(latency);
        var isHit = calls.size() == kill;
        if (isHit && kind == Kind.BEFORE) {
            throw new Killed();
        }
        if (refusal != null && refused.test(name)) {
            throw refusal.get();
        }
        var answer = effect.get();
        if (isHit) {
            throw new Killed();
        }
        return answer;
    }

    void pause(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
