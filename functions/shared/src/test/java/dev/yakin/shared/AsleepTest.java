package dev.yakin.shared;

import static dev.yakin.shared.Asleep.Suspended.IN;
import static dev.yakin.shared.Asleep.Suspended.OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Asleep.Bounds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsleepTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "desired=2 min=2 max=10 since=2026-11-20T09:00:00Z",
                "desired=0 min=2 max=10 suspended=scheduled since=2026-11-20T09:00:00Z",
                "desired=1 min=0 max=5000 suspended=in+out+scheduled since=2026-11-20T09:00:00Z",
                "desired=3 since=2026-11-20T09:00:00Z"
            })
    void what_is_written_is_read_back(String value) {
        assertThat(Asleep.parse(value)).map(Asleep::toString).contains(value);
        assertThat(value).matches("[\\w.:/=+@ -]{1,256}");
    }

    @Test
    void reads_the_short_form_that_people_write() {
        assertThat(Asleep.parse("desired=2 min=2 max=10"))
                .contains(new Asleep(2, Optional.of(new Bounds(2, 10, Set.of())), Instant.EPOCH));
        assertThat(Asleep.parse("desired=2 suspended=in+out min=2 max=10 note=mine"))
                .contains(new Asleep(2, Optional.of(new Bounds(2, 10, Set.of(IN, OUT))), Instant.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "asleep",
                "desired=two",
                "min=2 max=10",
                "desired=2 min=2",
                "desired=2 min=3 max=2",
                "desired=-1",
                "desired=2 min=2 max=10 suspended=all",
                "desired=2 since=yesterday"
            })
    void what_cannot_be_read_is_empty(String value) {
        assertThat(Asleep.parse(value)).isEmpty();
    }

    @Test
    void nothing_but_zero_keeps_autoscaling_from_starting_tasks() {
        assertThat(Bounds.ASLEEP.isAsleep()).isTrue();
        assertThat(new Bounds(0, 1, Set.of()).isAsleep()).isFalse();
    }
}
