package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void values_are_bars_between_the_least_and_the_most() {
        assertThat(Sparkline.of(List.of(0.0, 50.0, 100.0))).isEqualTo("▁▅█");
        assertThat(Sparkline.of(List.of(5.0, 5.0, 5.0))).isEqualTo("▁▁▁");
        assertThat(Sparkline.of(List.of(-1.0, Double.NaN, 1.0))).isEqualTo("▁█");
    }

    @Test
    void one_value_shows_no_course_and_many_are_cut_at_the_old_end() {
        assertThat(Sparkline.of(List.of())).isEmpty();
        assertThat(Sparkline.of(List.of(91.0))).isEmpty();
        var many = Stream.iterate(1.0, value -> value + 1).limit(100).toList();
        assertThat(Sparkline.of(many)).hasSize(Sparkline.MOST).endsWith("█");
    }
}
