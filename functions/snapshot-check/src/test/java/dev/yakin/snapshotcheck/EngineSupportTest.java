package dev.yakin.snapshotcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dated table of standard support. */
class EngineSupportTest {
    @Test
    void the_version_of_the_template_is_supported_until_february_2030() {
        assertThat(EngineSupport.ends("17.9")).contains(LocalDate.of(2030, 2, 28));
    }

    @Test
    void each_version_ends_on_the_last_of_february_a_year_after_the_one_before() {
        IntStream.rangeClosed(11, 17).forEach(major -> {
            var end = LocalDate.of(2013 + major, 3, 1).minusDays(1);
            assertThat(EngineSupport.ends(major + ".1")).as("%d", major).contains(end);
        });
        assertThat(EngineSupport.ends("18.1")).as("newer than the table").isEmpty();
        assertThat(EngineSupport.asOf()).matches("20\\d\\d-\\d\\d");
    }
}
