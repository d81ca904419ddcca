package dev.yakin.slackalert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When people are at work: from {@code start} (included) to {@code end} (excluded) on {@code days} that are no holiday,
 * on the clocks of {@code zone}.
 */
public record Hours(ZoneId zone, LocalTime start, LocalTime end, Set<DayOfWeek> days, Predicate<LocalDate> isHoliday) {
    /** Longer than any run of holidays; without it, hours without a working day would be searched for ever. */
    private static final int DAYS_AHEAD = 60;

    public Hours {
        days = Set.copyOf(days);
        if (!start.isBefore(end) || days.isEmpty()) {
            throw new IllegalArgumentException(
                    "staffed hours need a start before their end on at least one day, got %s..%s on %s"
                            .formatted(start, end, days));
        }
    }

    public boolean areStaffed(Instant at) {
        var local = at.atZone(zone);
        var time = local.toLocalTime();
        return isWorkday(local.toLocalDate()) && !time.isBefore(start) && time.isBefore(end);
    }

    /** The next moment at which people are at work; {@code at} itself where they are. */
    public Instant nextStaffed(Instant at) {
        if (areStaffed(at)) {
            return at;
        }
        var day = day(at);
        for (var ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            var opening = opening(day.plusDays(ahead));
            if (isWorkday(day.plusDays(ahead)) && !opening.isBefore(at)) {
                return opening;
            }
        }
        return opening(day.plusDays(1));
    }

    boolean isWorkday(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !isHoliday.test(day);
    }

    /** When work begins on a day. */
    Instant opening(LocalDate day) {
        return day.atTime(start).atZone(zone).toInstant();
    }

    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    YearMonth month(Instant at) {
        return YearMonth.from(day(at));
    }
}
