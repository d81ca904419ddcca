package dev.yakin.shared.calendar;

import dev.yakin.shared.calendar.Problem.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A time as people write it: {@code 2026-12-26T20:00} on the clocks of the stack's zone, or with an offset
 * ({@code 2026-12-26T20:00+09:00}, {@code 2026-12-26T11:00Z}).
 */
sealed interface CalendarTime {
    record At(Instant instant) implements CalendarTime {}

    record Wrong(Kind kind, List<String> details, String example) implements CalendarTime {}

    static CalendarTime read(String text, ZoneId zone) {
        try {
            // a Z or an offset can only stand behind the T of the time
            var hasOffset = text.matches(".+T.*[Z+-].*");
            var local = hasOffset ? OffsetDateTime.parse(text).toLocalDateTime() : LocalDateTime.parse(text);
            if (local.getYear() < 2000 || local.getYear() > 2199) {
                return bad(text);
            }
            return hasOffset ? new At(OffsetDateTime.parse(text).toInstant()) : onTheClocks(local, text, zone);
        } catch (DateTimeException e) {
            return bad(text);
        }
    }

    private static CalendarTime bad(String text) {
        return new Wrong(Kind.BAD_TIME, List.of(Problem.shorten(text)), "\"2026-12-26T20:00\"");
    }

    /** When clocks are put forward an hour does not exist; when they are put back one exists twice. */
    private static CalendarTime onTheClocks(LocalDateTime local, String text, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return new At(local.toInstant(offsets.getFirst()));
        }
        if (offsets.isEmpty()) {
            var change = zone.getRules().getTransition(local);
            var details = List.of(
                    text,
                    zone.getId(),
                    change.getDateTimeBefore().toString(),
                    change.getDateTimeAfter().toString());
            return new Wrong(Kind.TIME_DOES_NOT_EXIST, details, quoted(change.getDateTimeAfter()));
        }
        var first = local.atOffset(offsets.getFirst());
        var second = local.atOffset(offsets.getLast());
        return new Wrong(
                Kind.TIME_EXISTS_TWICE,
                List.of(text, zone.getId(), first.toString(), second.toString()),
                quoted(first));
    }

    private static String quoted(Object time) {
        return "\"" + time + "\"";
    }
}
