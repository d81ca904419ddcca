package dev.yakin.secretbootstrap;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Parameter Store whose calls may fail: the n-th, before it happened or after. */
public final class TestStore implements Parameters {
    public enum Kind {
        BEFORE,
        AFTER
    }

    public final Map<String, String> values = new TreeMap<>();
    private Kind kind = Kind.BEFORE;
    private int failing = -1;
    private int calls;

    /** Counted from 0. */
    public void fail(int call, Kind how) {
        failing = call;
        kind = how;
        calls = 0;
    }

    public int calls() {
        return calls;
    }

    @Override
    public Optional<Found> look(String name) {
        var fails = calls++ == failing;
        if (fails) {
            throw new IllegalStateException("timed out");
        }
        return Optional.ofNullable(values.get(name)).map(_ -> new Found("arn:aws:ssm:::parameter" + name, true));
    }

    @Override
    public void create(String name, String value) {
        var fails = calls++ == failing;
        if (!fails || kind == Kind.AFTER) {
            values.putIfAbsent(name, value);
        }
        if (fails) {
            throw new IllegalStateException("timed out");
        }
    }
}
