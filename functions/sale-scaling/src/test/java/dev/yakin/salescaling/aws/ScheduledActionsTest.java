package dev.yakin.salescaling.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.ScheduledRaise;
import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduledActionsTest {
    private static final ScheduledRaise RAISE =
            new ScheduledRaise("yakin-winter-app", "app", Instant.parse("2026-12-26T10:10:00Z"), new Capacity(6, 20));

    private final FakeScaling scaling = new FakeScaling();
    private final ScheduledActions actions = new ScheduledActions(new AutoScalingFleet(
            scaling, new FakeEcs(), "shop", ServiceNames.of(List.of("app=shop-EcsService-9k2dX"))));

    @Test
    void what_was_put_is_found_again() {
        actions.put(RAISE);
        assertThat(actions.look().raises()).containsExactly(RAISE);
        assertThat(actions.look().unreadable()).isEmpty();
    }

    @Test
    void what_is_gone_can_be_deleted() {
        actions.put(RAISE);
        actions.delete(RAISE);
        actions.delete(RAISE);
        assertThat(actions.look().raises()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"night, service/shop/shop-EcsService-9k2dX", "yakin-winter-app, service/other/app"})
    void what_belongs_to_people_or_to_another_stack_is_not_ours(String name, String resource) {
        scaling.schedule(name, resource, "at(2026-12-26T10:10:00)", "UTC", 6, 20);
        assertThat(actions.look().raises()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'at(2026-12-26T19:10:00)', Asia/Tokyo, 6, 20",
        "'cron(0 1 * * ? *)', UTC, 6, 20",
        "'at(2026-12-26T10:10:00)', UTC, , 20",
        "'at(2026-12-26T10:10:00)', UTC, 6, "
    })
    void what_a_hand_has_changed_is_not_what_was_put(String schedule, String zone, Integer min, Integer max) {
        scaling.schedule(RAISE.name(), "service/shop/shop-EcsService-9k2dX", schedule, zone, min, max);
        assertThat(actions.look().raises()).hasSize(1).doesNotContain(RAISE);
    }
}
