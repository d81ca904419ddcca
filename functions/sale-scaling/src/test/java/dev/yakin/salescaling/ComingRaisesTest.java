package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.SALE;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.Capacity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left with Application Auto Scaling for the case that no look happens. */
class ComingRaisesTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00"));
    private static final ScheduledRaise RAISE =
            new ScheduledRaise("yakin-winter-app", "app", tokyo("2026-12-26T19:10"), SALE);

    private final TestLooks shop = TestLooks.withGoodCalendar(WINTER, "app");

    /** Each line: when a look happens, and whether the raise is left behind then. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-01T00:00:00, false",
        "2026-12-19T19:09:59, false",
        "2026-12-19T19:10:00, true",
        "2026-12-26T18:59:59, true",
        "2026-12-26T19:09:59, true",
        "2026-12-26T19:10:00, false",
        "2026-12-27T00:00:00, false"
    })
    void a_raise_is_left_behind_for_seven_days_until_it_happens(String time, boolean left) {
        shop.look(time);
        assertThat(shop.raises.all()).isEqualTo(left ? List.of(RAISE) : List.of());
        assertThat(shop.whole(tokyo(time))).isEmpty();
    }

    @Test
    void it_follows_the_calendar_and_goes_with_it() {
        shop.look("2026-12-25T00:00");
        shop.sales.save(
                calendar(sale("winter", "2026-12-26T21:00", "2026-12-27T00:00") + ", \"min\": 8"),
                tokyo("2026-12-25T01:00"));
        shop.look("2026-12-25T01:00");
        assertThat(shop.raises.all())
                .containsExactly(
                        new ScheduledRaise("yakin-winter-app", "app", tokyo("2026-12-26T20:10"), new Capacity(8, 20)));
        shop.sales.save("{\"sales\": []}", tokyo("2026-12-25T02:00"));
        shop.look("2026-12-25T02:00");
        assertThat(shop.raises.all()).isEmpty();
    }

    @Test
    void one_that_a_hand_has_changed_or_taken_is_put_again() {
        shop.look("2026-12-25T00:00");
        shop.raises.put(new ScheduledRaise(RAISE.name(), "app", RAISE.at(), new Capacity(1, 1)));
        shop.look("2026-12-25T00:05");
        assertThat(shop.raises.all()).containsExactly(RAISE);
        shop.raises.delete(RAISE);
        shop.look("2026-12-25T00:10");
        assertThat(shop.raises.all()).containsExactly(RAISE);
    }

    @Test
    void overlapping_sales_leave_the_larger_bounds_of_their_time() {
        var both = TestLooks.withGoodCalendar(
                calendar(
                        sale("week", "2026-12-26T00:00", "2026-12-28T00:00") + ", \"min\": 9, \"max\": 12",
                        sale("flash", "2026-12-26T20:00", "2026-12-26T22:00")),
                "app");
        both.look("2026-12-25T00:00");
        assertThat(both.raises.all())
                .extracting(ScheduledRaise::capacity)
                .containsExactly(new Capacity(9, 20), new Capacity(9, 12));
    }

    @ParameterizedTest
    @CsvSource({"PT60M, 19:10", "PT20M, 19:50", "PT10M, 19:55", "PT0M, 20:00"})
    void of_a_short_warm_up_half_is_left_for_the_tasks_to_start(String warmUp, String at) {
        var fields = sale("flash", "2026-12-26T20:00", "2026-12-26T21:00") + ", \"warmUp\": \"%s\"".formatted(warmUp);
        var flash = TestLooks.withGoodCalendar(calendar(fields), "app");
        flash.look("2026-12-26T12:00");
        assertThat(flash.raises.all()).extracting(ScheduledRaise::at).containsExactly(tokyo("2026-12-26T" + at));
    }

    @Test
    void names_that_aws_refuses_are_escaped_and_stay_different() {
        var odd = TestLooks.withGoodCalendar(
                calendar(
                        sale("50%/30%: a|b", "2026-12-26T20:00", "2026-12-26T21:00"),
                        sale("50%-30%- a-b", "2026-12-26T20:00", "2026-12-26T21:00")),
                "app");
        odd.look("2026-12-26T12:00");
        assertThat(odd.raises.all())
                .extracting(ScheduledRaise::name)
                .containsExactly("yakin-50%25%2F30%25%3A a%7Cb-app", "yakin-50%25-30%25- a-b-app");
    }

    @Test
    void when_they_cannot_be_read_the_bounds_are_set_all_the_same_and_the_look_fails() {
        shop.raises.deny();
        assertThat(TestLooks.lines(shop.whole(tokyo("2026-12-26T19:00"))))
                .contains("SetCapacity app 6..20", "GiveUp scheduled actions");
    }

    @Test
    void when_the_calendar_cannot_be_read_they_stay() {
        shop.look("2026-12-25T00:00");
        shop.sales.failing(true, true);
        shop.look("2026-12-25T00:05");
        assertThat(shop.raises.all()).containsExactly(RAISE);
    }
}
