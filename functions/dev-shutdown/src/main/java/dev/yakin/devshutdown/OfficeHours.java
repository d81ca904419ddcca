package dev.yakin.devshutdown;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When people are at work, on the clocks of {@code zone}: from {@code start}, included, to {@code stop}, excluded, on
 * {@code days} that are no days off.
 */
public record OfficeHours(Set<DayOfWeek> days, LocalTime start, LocalTime stop, ZoneId zone, DaysOff daysOff) {
    /** Longer is no rest but a mistake in DevDaysOff. */
    private static final int LONGEST_REST_DAYS = 400;

    private static final Pattern CRON =
            Pattern.compile("cron\\(([0-5]?\\d) ([01]?\\d|2[0-3]) \\? \\* ((?:[A-Z]{3})(?:[-,][A-Z]{3})*) \\*\\)");

    public OfficeHours {
        days = Set.copyOf(days);
        if (!stop.isAfter(start)) {
            throw new IllegalArgumentException("DevStop (%s) is not after DevStart (%s)".formatted(stop, start));
        }
    }

    /**
     * @param start when work begins, such as {@code cron(0 9 ? * MON-FRI *)}
     * @param stop when it ends, on the same days
     * @throws IllegalArgumentException naming the parameter that cannot be read, and a correct one
     */
    public static OfficeHours of(String start, String stop, ZoneId zone, DaysOff daysOff) {
        var days = days("DevStart", start);
        if (!days.equals(days("DevStop", stop))) {
            throw new IllegalArgumentException("DevStart (%s) and DevStop (%s) name other days".formatted(start, stop));
        }
        return new OfficeHours(days, time("DevStart", start), time("DevStop", stop), zone, daysOff);
    }

    boolean isWorkday(LocalDate date) {
        return days.contains(date.getDayOfWeek()) && !daysOff.contains(date);
    }

    /** True from {@code lead} before work begins until it ends. */
    boolean isOpen(Instant now, Duration lead) {
        // With a lead, the hours of tomorrow may have begun today.
        return workdays(local(now), 2)
                .anyMatch(day -> !now.isBefore(opens(day).minus(lead)) && now.isBefore(closes(day)));
    }

    /** When work begins: today, if it has not ended yet, or on the next workday. */
    Instant opening(Instant now) {
        return workdays(local(now), LONGEST_REST_DAYS)
                .filter(day -> closes(day).isAfter(now))
                .map(this::opens)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("DevDaysOff leaves no workday for more than a year"));
    }

    /** When work ended last. */
    Instant lastClosing(Instant now) {
        return Stream.iterate(local(now), day -> day.minusDays(1))
                .limit(LONGEST_REST_DAYS)
                .filter(this::isWorkday)
                .map(this::closes)
                .filter(closing -> !closing.isAfter(now))
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    Instant opens(LocalDate day) {
        return day.atTime(start).atZone(zone).toInstant();
    }

    Instant closes(LocalDate day) {
        return day.atTime(stop).atZone(zone).toInstant();
    }

    LocalDate local(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    private Stream<LocalDate> workdays(LocalDate from, int count) {
        return Stream.iterate(from, day -> day.plusDays(1)).limit(count).filter((Predicate<LocalDate>) this::isWorkday);
    }

    private static LocalTime time(String parameter, String cron) {
        var matcher = CRON.matcher(cron);
        if (!matcher.matches()) {
            throw unreadable(parameter, cron);
        }
        return LocalTime.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)));
    }

    private static Set<DayOfWeek> days(String parameter, String cron) {
        var matcher = CRON.matcher(cron);
        if (!matcher.matches()) {
            throw unreadable(parameter, cron);
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var part : matcher.group(3).split(",", -1)) {
            var first = day(parameter, cron, part.substring(0, 3));
            var last = day(parameter, cron, part.substring(part.length() - 3));
            for (var day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    private static DayOfWeek day(String parameter, String cron, String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> unreadable(parameter, cron));
    }

    private static IllegalArgumentException unreadable(String parameter, String cron) {
        return new IllegalArgumentException(
                "%s is '%s', need a time and days such as cron(0 9 ? * MON-FRI *)".formatted(parameter, cron));
    }
}
