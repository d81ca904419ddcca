package dev.yakin.shared;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JapaneseHolidaysTest {
    private static final JapaneseHolidays HOLIDAYS = JapaneseHolidays.published();

    /** A second way to the same days: the Holiday Act (国民の祝日に関する法律) of 1948 as amended up to 2020. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {2024, 2025, 2026, 2027})
    void every_published_day_follows_from_the_Act_and_none_is_missing(int year) {
        var published = days(year).filter(HOLIDAYS::isHoliday).collect(Collectors.toCollection(TreeSet::new));
        assertThat(published).isEqualTo(byTheAct(year));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(textBlock = """
            2026-01-01, true,  元日
            2026-05-03, true,  憲法記念日 on a Sunday
            2026-05-06, true,  its substitute: the next day that is no holiday
            2026-05-07, false, the first day at work after Golden Week
            2026-09-22, true,  sandwiched between Respect-for-the-Aged Day and the equinox
            2027-03-21, true,  the equinox on a Sunday
            2027-03-22, true,  its substitute
            2026-12-31, false, a company may be closed but it is no public holiday
            2024-02-29, false, a leap day
            """)
    void knows_the_days_that_are_forgotten(LocalDate date, boolean holiday, String why) {
        assertThat(HOLIDAYS.isHoliday(date)).as(why).isEqualTo(holiday);
    }

    @Test
    void a_year_that_is_not_published_yet_is_not_covered_and_has_no_holidays() {
        assertThat(HOLIDAYS.covers(2027)).isTrue();
        assertThat(HOLIDAYS.covers(2028)).isFalse();
        assertThat(HOLIDAYS.isHoliday(LocalDate.of(2028, 1, 1))).isFalse();
    }

    @Test
    void substitutes_are_named_as_the_Cabinet_Office_names_them() {
        assertThat(HOLIDAYS.name(LocalDate.of(2026, 5, 6))).contains("休日");
        assertThat(HOLIDAYS.name(LocalDate.of(2026, 5, 7))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01,元日", "2026/2/30x,元日", "元日", ","})
    void a_line_that_is_no_day_is_named(String line) {
        assertThatThrownBy(() -> JapaneseHolidays.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + line + "'");
    }

    private static Stream<LocalDate> days(int year) {
        return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1));
    }

    private static Set<LocalDate> byTheAct(int year) {
        var holidays = new TreeSet<>(article2(year));
        var substitutes = article2(year).stream()
                .filter(day -> day.getDayOfWeek() == SUNDAY)
                .map(day -> Stream.iterate(day, next -> next.plusDays(1))
                        .filter(next -> !article2(year).contains(next))
                        .findFirst()
                        .orElseThrow())
                .toList();
        // Article 3 (3): a day with a holiday on both sides that is none itself.
        var sandwiched = days(year)
                .filter(day -> article2(year).contains(day.minusDays(1)))
                .filter(day -> article2(year).contains(day.plusDays(1)))
                .toList();
        holidays.addAll(substitutes);
        holidays.addAll(sandwiched);
        return holidays;
    }

    private static Set<LocalDate> article2(int year) {
        var fixed = Stream.of(
                LocalDate.of(year, 1, 1),
                LocalDate.of(year, 2, 11),
                LocalDate.of(year, 2, 23),
                LocalDate.of(year, 4, 29),
                LocalDate.of(year, 5, 3),
                LocalDate.of(year, 5, 4),
                LocalDate.of(year, 5, 5),
                LocalDate.of(year, 8, 11),
                LocalDate.of(year, 11, 3),
                LocalDate.of(year, 11, 23));
        var mondays = Stream.of(monday(year, 1, 2), monday(year, 7, 3), monday(year, 9, 3), monday(year, 10, 2));
        var equinoxes = IntStream.of(20, 23).mapToObj(day -> equinox(year, day));
        return Stream.of(fixed, mondays, equinoxes).flatMap(each -> each).collect(Collectors.toSet());
    }

    private static LocalDate monday(int year, int month, int which) {
        return LocalDate.of(year, month, 1).with(dayOfWeekInMonth(which, MONDAY));
    }

    /** The usual approximation of the equinoxes' day in Japan, valid from 1980 to 2099. */
    private static LocalDate equinox(int year, int around) {
        var drift = 0.242194 * (year - 1980);
        var leaps = (year - 1980) / 4;
        return around == 20
                ? LocalDate.of(year, 3, (int) (20.8431 + drift) - leaps)
                : LocalDate.of(year, 9, (int) (23.2488 + drift) - leaps);
    }
}
