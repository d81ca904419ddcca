package dev.yakin.secretrotation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

/** When the schedule looks whether a parameter is due: at nine, ten and eleven, local time; somebody is at work then. */
public final class RotationHours {
    private static final int FIRST = 9;
    private static final int LAST = 11;

    private RotationHours() {}

    /** The first look at or after a time. */
    public static Instant from(Instant due, ZoneId zone) {
        var midnight = due.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        return IntStream.rangeClosed(0, 1)
                .boxed()
                .flatMap(day -> IntStream.rangeClosed(FIRST, LAST)
                        .mapToObj(hour -> midnight.plusDays(day).withHour(hour).toInstant()))
                .filter(look -> !look.isBefore(due))
                .findFirst()
                .orElseThrow();
    }
}
