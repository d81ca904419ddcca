package dev.yakin.devshutdown.aws;

import java.time.Duration;

/**
 * Waits for the next turn when a thousand services change in one look: a fraction of a second each, at most a minute in
 * all. The one place that may sleep; a handful of services never gets here.
 */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the next call's turn", e);
        }
    }
}
