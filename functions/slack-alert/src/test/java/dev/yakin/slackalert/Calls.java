package dev.yakin.slackalert;

import java.util.function.Supplier;

/** The outside calls of a worker, counted; at one of them the worker dies, before or after it took effect. */
public final class Calls {
    /** The worker is no more. */
    public static final class KilledError extends Error {
        KilledError(String at) {
            super("killed at " + at);
        }
    }

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

    public <T> T pass(String what, Supplier<T> call) {
        count++;
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
