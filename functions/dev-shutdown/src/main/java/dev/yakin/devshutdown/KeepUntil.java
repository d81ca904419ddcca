package dev.yakin.devshutdown;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How long a person wants something awake. It ends by itself.
 *
 * @param until excluded; empty when nobody asked, or when it cannot be read
 * @param unreadable what was written, when it cannot be read
 */
record KeepUntil(Optional<Instant> until, Optional<String> unreadable) {
    static final KeepUntil NOT_ASKED = new KeepUntil(Optional.empty(), Optional.empty());

    /**
     * {@code 2026-11-22T23:00} on the clocks of the zone, {@code 2026-11-22T23:00+09:00}, or {@code 2026-11-22} for the
     * whole of that day; the word none, or nothing, is no wish.
     */
    static KeepUntil parse(String text, ZoneId zone) {
        var value = text.strip();
        if (value.isEmpty() || value.equalsIgnoreCase("none")) {
            return NOT_ASKED;
        }
        try {
            return new KeepUntil(Optional.of(instant(value, zone)), Optional.empty());
        } catch (DateTimeException e) {
            return new KeepUntil(Optional.empty(), Optional.of(value));
        }
    }

    boolean holds(Instant now) {
        return until.filter(now::isBefore).isPresent();
    }

    private static Instant instant(String value, ZoneId zone) {
        if (value.length() <= "2026-11-22".length()) {
            return LocalDate.parse(value).plusDays(1).atStartOfDay(zone).toInstant();
        }
        var time = value.substring(value.indexOf('T') + 1);
        return time.matches(".*[Z+-].*")
                ? OffsetDateTime.parse(value).toInstant()
                : LocalDateTime.parse(value).atZone(zone).toInstant();
    }
}
