package dev.yakin.devshutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.shared.JapaneseHolidays;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeHoursTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final OfficeHours HOURS = hours("12-29..01-03,2026-08-13,2026-08-14..2026-08-14");

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            2026-12-10T08:29:59, false, a second before waking
            2026-12-10T08:30,    true,  waking begins half an hour ahead
            2026-12-10T17:59:59, true,  the last second of work
            2026-12-10T18:00,    false, work is over
            2026-12-12T12:00,    false, Saturday
            2026-11-23T12:00,    false, Labour Thanksgiving Day
            2026-05-06T12:00,    false, a substitute holiday
            2026-09-22T12:00,    false, a sandwiched day
            2026-12-29T12:00,    false, the company's day off
            2027-01-03T12:00,    false, its last one
            2028-01-02T12:00,    false, of every year
            2026-08-13T12:00,    false, one day
            2027-08-13T12:00,    true,  of that year only
            2026-01-13T00:30,    false, the date in UTC is that of a holiday
            2026-01-13T08:45,    true,  and in Tokyo it is the day after
            """)
    void follows_the_clocks_and_the_calendar_of_Tokyo(LocalDateTime local, boolean isOpen, String why) {
        assertThat(HOURS.isOpen(at(local), Duration.ofMinutes(30))).as(why).isEqualTo(isOpen);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-10T12:00, 2026-12-10T09:00, 2026-12-09T18:00",
        "2026-12-10T18:00, 2026-12-11T09:00, 2026-12-10T18:00",
        "2026-12-11T18:00, 2026-12-14T09:00, 2026-12-11T18:00",
        "2026-12-28T20:00, 2027-01-04T09:00, 2026-12-28T18:00",
        "2026-05-01T20:00, 2026-05-07T09:00, 2026-05-01T18:00"
    })
    void knows_the_next_opening_and_the_last_closing(LocalDateTime now, LocalDateTime opening, LocalDateTime closing) {
        assertThat(HOURS.opening(at(now))).isEqualTo(at(opening));
        assertThat(HOURS.lastClosing(at(now))).isEqualTo(at(closing));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0 9 ? * MON-FRI *)",
                "cron(30 8 ? * MON,WED,FRI *)",
                "cron(0 22 ? * SUN-THU *)",
                "cron(0 9 ? * MON *)"
            })
    void reads_the_expressions_that_EventBridge_reads(String cron) {
        var hours = OfficeHours.of(cron, cron.replace("(0 ", "(59 ").replace("(30 ", "(59 "), TOKYO, HOURS.daysOff());
        assertThat(hours.isWorkday(LocalDate.of(2026, 12, 14))).isTrue();
        assertThat(hours.isWorkday(LocalDate.of(2026, 12, 12))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "9:00, cron(0 18 ? * MON-FRI *), DevStart is '9:00'",
        "cron(0 9 * * ? *), cron(0 18 ? * MON-FRI *), DevStart is 'cron(0 9 * * ? *)'",
        "cron(0 9 ? * MON-FRI *), cron(0 24 ? * MON-FRI *), DevStop is 'cron(0 24 ? * MON-FRI *)'",
        "cron(0 9 ? * MON-FRY *), cron(0 18 ? * MON-FRI *), DevStart is 'cron(0 9 ? * MON-FRY *)'",
        "cron(0 9 ? * MON-FRI *), cron(0 18 ? * MON-SAT *), name other days",
        "cron(0 18 ? * MON-FRI *), cron(0 9 ? * MON-FRI *), DevStop (09:00) is not after DevStart (18:00)"
    })
    void hours_that_make_no_sense_are_refused_at_the_start(String start, String stop, String message) {
        assertThatThrownBy(() -> OfficeHours.of(start, stop, TOKYO, HOURS.daysOff()))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13-01", "12-32", "New Year", "2027-01-03..2026-12-29", "12-29..2027-01-03"})
    void a_day_off_that_cannot_be_read_is_named(String entry) {
        assertThatThrownBy(() -> hours("2026-08-13," + entry)).hasMessageStartingWith("'" + entry + "' is no day off");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-10T22:00, 2026-12-10T13:00:00Z",
        "2026-12-10T22:00+09:00, 2026-12-10T13:00:00Z",
        "2026-12-10T13:00Z, 2026-12-10T13:00:00Z",
        "2026-12-10, 2026-12-10T15:00:00Z",
        "none,",
        "'  ',",
        "tonight,",
        "2026-12-10 22:00,"
    })
    void a_wish_is_read_on_the_clocks_of_Tokyo(String wish, Instant until) {
        assertThat(KeepUntil.parse(wish, TOKYO).until().orElse(null)).isEqualTo(until);
    }

    private static OfficeHours hours(String daysOff) {
        return OfficeHours.of(
                "cron(0 9 ? * MON-FRI *)",
                "cron(0 18 ? * MON-FRI *)",
                TOKYO,
                DaysOff.of(JapaneseHolidays.published(), daysOff));
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(TOKYO).toInstant();
    }
}
