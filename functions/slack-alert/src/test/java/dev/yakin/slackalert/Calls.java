package dev.yakin.slackalert;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The outside calls of a worker, counted; at one of them the worker dies, before or after it took effect. */
public final class Calls {
    /** The worker is no more. */
    public static final class KilledError extends Error {
        KilledError(String at) {
            super("killed at " + at);
        }
    }

    private final Map<String, Integer> counts = new HashMap<>();
    private int count;
    private int fatal;
    private boolean after;

    /** The {@code number}-th call from now on is the last one. */
    public void killAt(int number, boolean afterTheCall) {
        fatal = count + number;
        after = afterTheCall;
    }

    public void spare() {
        fatal = 0;
    }

    public int count() {
        return count;
    }

    /** How often one kind of call was made. */
    public int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    public <T> T pass(String what, Supplier<T> call) {
        count++;
        counts.merge(what, 1, Integer::sum);
        if (count == fatal && !after) {
            throw new KilledError(what);
        }
        var answer = call.get();
        if (count == fatal) {
            throw new KilledError(what);
        }
        return answer;
    }
}
