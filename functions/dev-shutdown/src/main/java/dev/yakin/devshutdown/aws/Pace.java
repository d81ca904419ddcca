package dev.yakin.devshutdown.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Keeps calls below a service's limits with the service's own rule, the token bucket: {@code burst} calls at once, and
 * {@code perSecond} sustained. Not thread-safe; one look is one thread.
 */
final class Pace {
    private final int burst;
    private final double perSecond;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private double tokens;
    private Instant counted;

    Pace(int burst, double perSecond, Clock clock, Consumer<Duration> pause) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        this.pause = pause;
        this.tokens = burst;
        this.counted = clock.instant();
    }

    /** Returns when a call may be made. */
    void take() {
        var now = clock.instant();
        if (now.isAfter(counted)) {
            tokens = Math.min(burst, tokens + seconds(Duration.between(counted, now)) * perSecond);
            counted = now;
        }
        if (tokens < 1) {
            var wait = Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * 1e9));
            pause.accept(wait);
            // The time waited has paid for this call; it must not count again.
            tokens = 1;
            counted = counted.plus(wait);
        }
        tokens -= 1;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
