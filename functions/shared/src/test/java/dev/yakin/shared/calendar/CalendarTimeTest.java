package dev.yakin.shared.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clocks that change: Tokyo's do not, but a stack may stand elsewhere. */
class CalendarTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Test
    void an_hour_that_clocks_skip_is_refused_with_the_next_one_that_exists() {
        assertThat(CalendarTime.read("2026-03-29T02:30", BERLIN))
                .isEqualTo(new CalendarTime.Wrong(
                        Problem.Kind.TIME_DOES_NOT_EXIST,
                        List.of("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00"),
                        "\"2026-03-29T03:00\""));
    }

    @Test
    void an_hour_that_comes_twice_is_refused_with_both_offsets() {
        assertThat(CalendarTime.read("2026-10-25T02:30", BERLIN))
                .isEqualTo(new CalendarTime.Wrong(
                        Problem.Kind.TIME_EXISTS_TWICE,
                        List.of(
                                "2026-10-25T02:30",
                                "Europe/Berlin",
                                "2026-10-25T02:30+02:00",
                                "2026-10-25T02:30+01:00"),
                        "\"2026-10-25T02:30+02:00\""));
    }

    @Test
    void with_an_offset_both_are_plain() {
        assertThat(CalendarTime.read("2026-10-25T02:30+01:00", BERLIN))
                .isEqualTo(new CalendarTime.At(Instant.parse("2026-10-25T01:30:00Z")));
    }

    @Test
    void seconds_and_utc_may_be_written() {
        assertThat(CalendarTime.read("2026-12-26T20:00:01", TOKYO))
                .isEqualTo(new CalendarTime.At(Instant.parse("2026-12-26T11:00:01Z")));
        assertThat(CalendarTime.read("2026-12-26T20:00Z", TOKYO))
                .isEqualTo(new CalendarTime.At(Instant.parse("2026-12-26T20:00:00Z")));
    }
}
