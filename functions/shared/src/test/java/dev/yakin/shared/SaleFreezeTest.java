package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.SaleFreeze.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are Tokyo's, as people write them. */
class SaleFreezeTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private static final String CALENDAR = """
            {"sales": [
              {"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-29T23:59"},
              {"name": "flash", "opens": "2026-12-26T21:00", "closes": "2026-12-26T21:10", "warmUp": "PT2H"},
              {"name": "new-year", "opens": "2027-01-01T00:00", "closes": "2027-01-01T06:00", "warmUp": "PT0M"}
            ]}""";

    private static final SaleFreeze FREEZE = SaleFreeze.of(CALENDAR, TOKYO, Duration.ofMinutes(60));

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            2026-12-26T18:59:59, -,        one second before the warm-ups
            2026-12-26T19:00:00, winter,   both warm-ups begin; the freeze of the longer sale ends last
            2026-12-29T23:58:59, winter,   the last second of the sale
            2026-12-29T23:59:00, -,        the doors are closed
            2026-12-31T23:59:59, -,        the last second of the year
            2027-01-01T00:00:00, new-year, a sale without a warm-up freezes from its opening
            2027-01-01T06:00:00, -,        and no longer than to its end
            """)
    void freezes_from_the_begin_of_the_warm_up_to_the_close(String time, String sale, String why) {
        assertThat(FREEZE.on(tokyo(time)).map(Window::sale).orElse(null)).isEqualTo(sale);
    }

    @ParameterizedTest(name = "{0} to {1}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            2026-12-26T15:00, 2026-12-26T19:00, -,        over when the warm-up begins
            2026-12-26T15:00, 2026-12-26T19:01, winter,   the warm-up begins while it lasts
            2026-12-27T10:00, 2026-12-27T10:01, winter,   in the middle of the sale
            2026-12-29T23:59, 2027-01-01T00:00, -,        between two sales
            2026-12-29T23:59, 2027-01-02T00:00, new-year, longer than a whole sale
            2026-12-29T23:59, 2026-12-29T23:59, -,        work that takes no time
            """)
    void work_that_takes_time_must_not_touch_a_freeze(String from, String until, String sale, String why) {
        assertThat(FREEZE.during(tokyo(from), tokyo(until)).map(Window::sale).orElse(null))
                .isEqualTo(sale);
    }

    @Test
    void the_freeze_says_when_it_ends() {
        assertThat(FREEZE.on(tokyo("2026-12-26T21:05")))
                .hasValue(new Window("winter", tokyo("2026-12-26T19:00"), tokyo("2026-12-29T23:59")));
    }

    @Test
    void a_sale_freezes_even_if_its_bounds_and_services_no_longer_fit_the_stack() {
        var few = """
                {"sales": [{"name": "a", "opens": "2026-12-26T20:00", "closes": "2026-12-26T21:00", "max": 3},
                           {"name": "b", "opens": "2026-12-27T20:00", "closes": "2026-12-27T21:00", "min": 900},
                           {"name": "c", "opens": "2026-12-28T20:00", "closes": "2026-12-28T21:00", "services": ["gone"]}]}""";
        assertThat(SaleFreeze.of(few, TOKYO, Duration.ZERO).windows())
                .extracting(Window::sale)
                .containsExactly("a", "b", "c");
    }

    private static Instant tokyo(String time) {
        return LocalDateTime.parse(time).atZone(TOKYO).toInstant();
    }
}
