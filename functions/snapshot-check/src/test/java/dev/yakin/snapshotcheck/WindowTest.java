package dev.yakin.snapshotcheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @ParameterizedTest
    @CsvSource({
        "18:00-19:00, sun:19:30-sun:20:30, false",
        "18:00-19:00, sun:19:00-sun:20:00, false",
        "18:00-19:01, sun:19:00-sun:20:00, true",
        "23:30-00:30, mon:00:00-mon:01:00, true",
        "00:00-01:00, sun:23:30-mon:00:30, true",
        "02:00-03:00, sun:23:30-mon:00:30, false",
        "03:00-04:00, tue:04:30-tue:05:30, false"
    })
    void a_daily_and_a_weekly_window_meet(String daily, String weekly, boolean meet) {
        assertThat(Window.overlap(daily, weekly)).isEqualTo(meet);
    }
}
