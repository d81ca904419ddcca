package dev.yakin.devshutdown;

import dev.yakin.shared.JapaneseHolidays;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The days on which nobody works although the week says so: public holidays, and the company's own days. */
public record DaysOff(JapaneseHolidays holidays, List<Predicate<LocalDate>> company) {
    public DaysOff {
        company = List.copyOf(company);
    }

    /**
     * Reads the company's days: {@code 2026-08-13}, {@code 2026-12-29..2027-01-03}, or {@code 12-29..01-03} for every
     * year, with commas between them; both ends are included. Blank is none.
     *
     * @throws IllegalArgumentException naming the entry that cannot be read
     */
    public static DaysOff of(JapaneseHolidays holidays, String text) {
        var company = new ArrayList<Predicate<LocalDate>>();
        for (var entry : List.of(text.split(",", -1))) {
            if (!entry.isBlank()) {
                company.add(range(entry.strip()));
            }
        }
        return new DaysOff(holidays, company);
    }

    boolean contains(LocalDate date) {
        return holidays.isHoliday(date) || company.stream().anyMatch(days -> days.test(date));
    }

    /** The public holiday's Japanese name. */
    Optional<String> name(LocalDate date) {
        return holidays.name(date);
    }

    private static Predicate<LocalDate> range(String entry) {
        var dots = entry.indexOf("..");
        var first = dots < 0 ? entry : entry.substring(0, dots);
        var last = dots < 0 ? entry : entry.substring(dots + 2);
        try {
            return first.length() > 5
                    ? between(LocalDate.parse(first), LocalDate.parse(last))
                    : everyYear(MonthDay.parse("--" + first), MonthDay.parse("--" + last));
        } catch (DateTimeException e) {
            throw unreadable(entry, e);
        }
    }

    private static Predicate<LocalDate> between(LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            throw new DateTimeException("it ends before it begins");
        }
        return date -> !date.isBefore(first) && !date.isAfter(last);
    }

    /** 12-29..01-03 goes over the turn of the year. */
    private static Predicate<LocalDate> everyYear(MonthDay first, MonthDay last) {
        return date -> {
            var day = MonthDay.from(date);
            var begun = !day.isBefore(first);
            var lasts = !day.isAfter(last);
            return first.isAfter(last) ? begun || lasts : begun && lasts;
        };
    }

    private static IllegalArgumentException unreadable(String entry, DateTimeException cause) {
        return new IllegalArgumentException(
                "'%s' is no day off (%s); write 2026-08-13, 2026-12-29..2027-01-03, or 12-29..01-03 for every year"
                        .formatted(entry, cause.getMessage()),
                cause);
    }
}
