package dev.yakin.salescaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The window is Sunday, 19:30 to 20:30 UTC; 27 December 2026 is a Sunday. */
class MaintenanceWindowTest {
    @ParameterizedTest(name = "{0} to {1}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            2026-12-27T10:00:00Z, 2026-12-27T19:30:00Z, -,                    over when the window begins
            2026-12-27T10:00:00Z, 2026-12-27T19:30:01Z, 2026-12-27T19:30:00Z, one second of it
            2026-12-27T20:29:59Z, 2026-12-27T22:00:00Z, 2026-12-27T19:30:00Z, its last second
            2026-12-27T20:30:00Z, 2026-12-28T22:00:00Z, -,                    it has ended
            2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z, 2027-01-03T19:30:00Z, over the end of the year
            """)
    void is_found_when_it_touches_the_span(Instant from, Instant until, Instant begin, String why) {
        var window = MaintenanceWindow.parse("sun:19:30-sun:20:30").orElseThrow();
        assertThat(window.touching(from, until).orElse(null)).isEqualTo(begin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sat:23:30-sun:00:30", "sun:23:30-mon:00:30"})
    void may_last_over_midnight(String written) {
        var window = MaintenanceWindow.parse(written).orElseThrow();
        var begin = window.touching(Instant.parse("2026-12-21T00:00:00Z"), Instant.parse("2026-12-28T23:59:00Z"))
                .orElseThrow();
        assertThat(window.touching(begin.plusSeconds(3_599), begin.plusSeconds(3_600)))
                .contains(begin);
        assertThat(window.touching(begin.plusSeconds(3_600), begin.plusSeconds(7_200)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sunday 19:30", "sun:19:30", "xxx:19:30-sun:20:30"})
    void anything_else_is_no_window(String written) {
        assertThat(MaintenanceWindow.parse(written)).isEmpty();
    }
}
