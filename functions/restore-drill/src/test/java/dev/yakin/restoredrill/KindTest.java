package dev.yakin.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22, POINT_IN_TIME, SNAPSHOT",
        "2026-11-29, SNAPSHOT,      DR_COPY",
        "2026-12-06, POINT_IN_TIME, POINT_IN_TIME",
        // across the turn of the year, which has 53 weeks
        "2026-12-27, SNAPSHOT,      POINT_IN_TIME",
        "2027-01-03, POINT_IN_TIME, SNAPSHOT",
        "2027-01-10, SNAPSHOT,      DR_COPY",
    })
    void the_kinds_take_turns(LocalDate sunday, Kind alone, Kind withCopies) {
        assertThat(Kind.ofWeek(sunday, false)).isEqualTo(alone);
        assertThat(Kind.ofWeek(sunday, true)).isEqualTo(withCopies);
    }

    @Test
    void a_kind_that_nobody_knows_is_judged_by_the_strictest_promise() {
        assertThat(Kind.ofWord("by hand")).isEqualTo(Kind.POINT_IN_TIME);
    }
}
