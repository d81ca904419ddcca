package dev.yakin.salescaling;

import static java.time.ZoneOffset.UTC;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A weekly span as RDS writes it, in UTC: {@code sun:19:30-sun:20:30}. Source: RDS User Guide, "Amazon RDS maintenance
 * window".
 */
record MaintenanceWindow(Moment from, Moment to) {
    private static final Pattern WRITTEN = Pattern.compile("(\\w{3}):(\\d\\d:\\d\\d)-(\\w{3}):(\\d\\d:\\d\\d)");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Duration WEEK = Duration.ofDays(7);

    record Moment(DayOfWeek day, LocalTime time) {
        /** The last one at or before the time. */
        Instant before(Instant limit) {
            var utc = limit.atZone(UTC);
            var back = Math.floorMod(utc.getDayOfWeek().getValue() - day.getValue(), 7);
            var candidate = utc.toLocalDate().minusDays(back).atTime(time).toInstant(UTC);
            return candidate.isAfter(limit) ? candidate.minus(WEEK) : candidate;
        }
    }

    /** Empty for anything that RDS would not write. */
    static Optional<MaintenanceWindow> parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches() || !DAYS.contains(match.group(1)) || !DAYS.contains(match.group(3))) {
            return Optional.empty();
        }
        return Optional.of(
                new MaintenanceWindow(moment(match.group(1), match.group(2)), moment(match.group(3), match.group(4))));
    }

    private static Moment moment(String day, String time) {
        return new Moment(DayOfWeek.of(DAYS.indexOf(day) + 1), LocalTime.parse(time));
    }

    /**
     * The begin of the first one that touches the span.
     *
     * @param begin included
     * @param end excluded
     */
    Optional<Instant> touching(Instant begin, Instant end) {
        var running = from.before(begin);
        var runningEnds = running.plus(length(running));
        var next = runningEnds.isAfter(begin) ? running : running.plus(WEEK);
        return next.isBefore(end) ? Optional.of(next) : Optional.empty();
    }

    private Duration length(Instant begin) {
        return Duration.between(begin, to.before(begin.plus(WEEK)));
    }
}
