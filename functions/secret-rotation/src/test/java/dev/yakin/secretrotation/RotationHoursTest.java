package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The next date of a rotation in the weekly notice, where a schedule of ours begins it. */
class RotationHoursTest {
    @ParameterizedTest
    @CsvSource({
        "2026-12-23T23:30:00Z, 2026-12-24T00:00:00Z",
        "2026-12-24T00:00:00Z, 2026-12-24T00:00:00Z",
        "2026-12-24T00:00:01Z, 2026-12-24T01:00:00Z",
        "2026-12-24T02:00:01Z, 2026-12-25T00:00:00Z",
        "2026-12-24T12:00:00Z, 2026-12-25T00:00:00Z"
    })
    void the_next_date_is_one_of_the_three_looks_of_a_morning_in_Japan(Instant due, Instant look) {
        assertThat(RotationHours.from(due, ZoneId.of("Asia/Tokyo"))).isEqualTo(look);
    }
}
