package dev.yakin.snapshotcheck;

import java.time.Duration;
import java.time.Instant;

/** Durations as they are read at a glance: {@code 61 min}, {@code 27 h}, {@code 12 d}. Rounded down. */
final class Spans {
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    private Spans() {}

    static String text(Duration span) {
        if (span.compareTo(TWO_HOURS) < 0) {
            return span.toMinutes() + " min";
        }
        return span.compareTo(THREE_DAYS) < 0 ? span.toHours() + " h" : span.toDays() + " d";
    }

    static Duration since(Instant then, Instant now) {
        return Duration.between(then, now);
    }
}
