package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestLooks.reasons;
import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.SALE;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.Capacity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of one look. The sale of these tests opens at 20:00 in Tokyo and closes at midnight. */
class SaleScalingTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00"));

    private final TestLooks shop = TestLooks.withGoodCalendar(WINTER, "app");

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-26T18:59:59", "2026-12-01T00:00", "2027-12-26T20:00"})
    void the_normal_answer_is_an_empty_plan(String time) {
        assertThat(shop.plan(time)).isEmpty();
    }

    @Test
    void the_warm_up_is_said_and_then_the_bounds_go_up() {
        var plan = shop.look("2026-12-26T19:00");
        assertThat(lines(plan))
                .containsExactly("Say Sale winter: the warm-up begins, capacity goes up", "SetCapacity app 6..20");
        assertThat(reasons(plan)).containsExactly("warm-up of sale winter: it opens at 2026-12-26T11:00:00Z");
        assertThat(shop.plan("2026-12-26T19:05")).isEmpty();
    }

    @Test
    void when_the_doors_are_closed_the_baseline_is_restored() {
        shop.look("2026-12-26T19:00");
        assertThat(shop.plan("2026-12-26T23:59:59")).isEmpty();
        var plan = shop.look("2026-12-27T00:00");
        assertThat(lines(plan)).containsExactly("Say Sale winter is over: capacity goes back", "SetCapacity app 2..10");
        assertThat(shop.fleet.bounds("app")).contains(EVERYDAY);
    }

    @Test
    void a_baseline_that_a_deploy_has_changed_is_what_is_restored() {
        shop.fleet.setCapacity("app", SALE);
        var bigger =
                new Wanted("shop", TestShop.PARAMETER, new Capacity(3, 12), TestShop.rules("app"), TestShop.SHOP, "en");
        var plan = SaleScaling.plan(
                bigger, tokyo("2026-12-27T00:01"), shop.outside.look(bigger, tokyo("2026-12-27T00:01")));
        assertThat(lines(plan)).endsWith("SetCapacity app 3..12");
    }

    @Test
    void a_deploy_that_resets_the_min_during_a_sale_is_drift_and_repaired_at_the_next_look() {
        shop.look("2026-12-26T19:00");
        shop.fleet.setCapacity("app", new Capacity(2, 20));
        var plan = shop.look("2026-12-26T21:00");
        assertThat(lines(plan))
                .containsExactly("Say Drift during sale winter: capacity is repaired", "SetCapacity app 6..20");
        assertThat(reasons(plan)).containsExactly("drift during sale winter: min was 2");
        assertThat(shop.plan("2026-12-26T21:05")).isEmpty();
    }

    @Test
    void bounds_changed_by_hand_outside_sales_are_drift_too() {
        shop.fleet.setCapacity("app", new Capacity(5, 7));
        assertThat(reasons(shop.look("2026-12-20T12:00"))).containsExactly("drift outside sales: min was 5, max was 7");
        assertThat(shop.fleet.bounds("app")).contains(EVERYDAY);
    }

    @Test
    void looks_missed_at_the_end_of_a_sale_do_not_make_its_end_a_drift() {
        shop.look("2026-12-26T19:00");
        assertThat(lines(shop.look("2026-12-27T03:00")))
                .containsExactly("Say Sale winter is over: capacity goes back", "SetCapacity app 2..10");
    }

    @Test
    void looks_missed_at_the_begin_of_a_sale_are_made_up_for() {
        assertThat(lines(shop.look("2026-12-26T20:10"))).endsWith("SetCapacity app 6..20");
    }

    @Test
    void a_desired_count_set_below_the_min_by_hand_is_raised() {
        shop.look("2026-12-26T19:00");
        shop.fleet.setDesiredCount("app", 1);
        var plan = shop.look("2026-12-26T21:00");
        assertThat(lines(plan))
                .containsExactly("Say Drift during sale winter: capacity is repaired", "RaiseDesiredCount app 6");
        assertThat(reasons(plan)).containsExactly("drift during sale winter: desired count was 1");
        assertThat(shop.plan("2026-12-26T21:05")).isEmpty();
    }

    @Test
    void a_desired_count_within_the_bounds_is_the_autoscaling_s_own_business() {
        shop.look("2026-12-26T19:00");
        shop.fleet.setDesiredCount("app", 17);
        assertThat(shop.plan("2026-12-26T21:00")).isEmpty();
    }

    @Test
    void a_missing_scalable_target_is_registered() {
        shop.fleet.deregister("app");
        var plan = shop.look("2026-12-20T12:00");
        assertThat(lines(plan)).endsWith("SetCapacity app 2..10");
        assertThat(reasons(plan)).containsExactly("drift outside sales: there was no scalable target");
        assertThat(shop.plan("2026-12-20T12:05")).isEmpty();
    }

    @Test
    void a_service_that_ecs_does_not_know_fails_by_name_and_the_others_are_handled() {
        var two = TestLooks.withGoodCalendar(WINTER, "app", "worker");
        two.fleet.forget("app");
        assertThat(lines(two.look("2026-12-26T19:00")))
                .containsExactly(
                        "Say Service app cannot be scaled: ECS does not know it",
                        "Say Sale winter: the warm-up begins, capacity goes up",
                        "SetCapacity worker 6..20",
                        "GiveUp app");
    }

    @Test
    void many_services_with_the_same_change_are_one_notice() {
        var fifty = IntStream.range(0, 50).mapToObj(i -> "s" + i).toArray(String[]::new);
        var plan = TestLooks.withGoodCalendar(WINTER, fifty).plan("2026-12-26T19:00");
        assertThat(plan).hasSize(51);
        assertThat(lines(plan).getFirst()).startsWith("Say ");
    }

    @Test
    void the_end_of_a_sale_inside_another_goes_back_to_the_other() {
        var week = sale("week", "2026-12-26T00:00", "2026-12-28T00:00") + ", \"min\": 4, \"max\": 12";
        var both = TestLooks.withGoodCalendar(
                calendar(week, sale("flash", "2026-12-26T20:00", "2026-12-26T22:00")), "app");
        both.look("2026-12-25T23:00");
        both.look("2026-12-26T19:00");
        assertThat(both.fleet.bounds("app")).contains(SALE);
        assertThat(lines(both.look("2026-12-26T22:00")))
                .containsExactly("Say Sale flash is over: capacity goes back", "SetCapacity app 4..12");
    }
}
