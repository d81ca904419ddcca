package dev.yakin.shared.calendar;

import dev.yakin.shared.calendar.Problem.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a sale is open: once, from {@code opens} to {@code closes}, or again and again, at each of its {@code times}. A
 * time is an ISO 8601 interval whose end may leave out the date ({@code 2026-12-26T20:00/23:00}); so two hundred of them
 * fit into one parameter, where two hundred whole sales do not.
 */
record Openings(Fields fields, ZoneId zone) {
    private static final Pattern CLOCK = Pattern.compile("\\d{2}:\\d{2}(:\\d{2})?");
    private static final Pattern OFFSET = Pattern.compile("T[^Z+-]*(Z|[+-].*)$");

    /**
     * @param place of what was written: {@code sales[0].opens} or {@code sales[0].times[3]}
     * @param when the opening as it was written, for the name of one sale of many; empty when there is only one
     */
    record Opening(String place, String when, Instant opens, Instant closes) {
        boolean isOnly() {
            return when.isEmpty();
        }

        /** The sale's own name: one of many is told from the others by its opening. */
        String name(String written) {
            return isOnly() ? written : written + " " + when.replace('T', ' ');
        }
    }

    List<Opening> read() {
        if (!fields.has("times")) {
            return once().stream().toList();
        }
        if (fields.has("opens") || fields.has("closes")) {
            fields.refuse("times", Kind.TIMES_AND_OPENS);
            return List.of();
        }
        var openings = new ArrayList<Opening>();
        fields.texts("times", Kind.NO_TIME)
                .forEach((entry, text) -> interval(entry, text).ifPresent(openings::add));
        return openings;
    }

    private Optional<Opening> once() {
        var opens = fields.time("opens", zone);
        var closes = fields.time("closes", zone)
                .filter(given -> opens.isEmpty() // told already
                        || isGoodEnd("closes", opens.get(), given, fields.shown("opens"), fields.shown("closes")));
        return opens.flatMap(from -> closes.map(until -> new Opening(fields.place("opens"), "", from, until)));
    }

    private Optional<Opening> interval(String entry, String text) {
        var parts = text.split("/", -1);
        if (parts.length != 2) {
            fields.refuse(entry, Kind.BAD_INTERVAL, text);
            return Optional.empty();
        }
        var end = CLOCK.matcher(parts[1]).matches() ? sameDay(parts[0], parts[1]) : parts[1];
        var opens = fields.time(entry, parts[0], zone);
        // what is wrong with the opening is wrong with an end that takes its date from there: told once
        var closes = opens.flatMap(_ -> fields.time(entry, end, zone))
                .filter(until -> isGoodEnd(entry, opens.orElseThrow(), until, parts[0], end));
        return closes.map(until -> new Opening(fields.place(entry), parts[0], opens.orElseThrow(), until));
    }

    /** The end as a whole: date and offset are those of the opening. */
    private static String sameDay(String opens, String clock) {
        var offset = OFFSET.matcher(opens);
        return opens.replaceFirst("T.*", "T") + clock + (offset.find() ? offset.group(1) : "");
    }

    private boolean isGoodEnd(String field, Instant opens, Instant closes, String from, String until) {
        if (!closes.isAfter(opens)) {
            return fields.refuse(field, Kind.CLOSES_TOO_EARLY, until, from);
        }
        var lasts = Duration.between(opens, closes);
        return lasts.compareTo(CalendarRules.LONGEST_SALE) <= 0
                || fields.refuse(
                        field,
                        Kind.LASTS_TOO_LONG,
                        String.valueOf(lasts.toDays()),
                        String.valueOf(CalendarRules.LONGEST_SALE.toDays()));
    }
}
