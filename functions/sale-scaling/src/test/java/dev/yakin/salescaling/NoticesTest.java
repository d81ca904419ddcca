package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Capacity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read, and what makes two notices the same. */
class NoticesTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-29T23:59"));

    @Test
    void an_accepted_calendar_is_confirmed_with_its_next_three_windows() {
        var shop = new TestLooks("app");
        shop.sales.save(
                calendar(
                        sale("past", "2026-11-01T20:00", "2026-11-02T00:00"),
                        sale("late", "2027-02-01T00:00", "2027-02-02T00:00"),
                        sale("new year", "2027-01-01T00:00", "2027-01-03T00:00") + ", \"max\": 30",
                        sale("winter", "2026-12-26T20:00", "2026-12-29T23:59"),
                        sale("far", "2027-05-01T00:00", "2027-05-02T00:00")),
                tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        var notice = shop.said.getFirst();
        assertThat(notice.severity()).isEqualTo(Severity.INFO);
        assertThat(notice.facts())
                .containsExactly(
                        new Fact(
                                "Sale winter",
                                "2026-12-26 (Sat) 20:00 (warm-up from 2026-12-26 (Sat) 19:00) to 2026-12-29 (Tue) 23:59, 6 to 20 tasks"),
                        new Fact(
                                "Sale new year",
                                "2027-01-01 (Fri) 00:00 (warm-up from 2026-12-31 (Thu) 23:00) to 2027-01-03 (Sun) 00:00, 6 to 30 tasks"),
                        new Fact(
                                "Sale late",
                                "2027-02-01 (Mon) 00:00 (warm-up from 2027-01-31 (Sun) 23:00) to 2027-02-02 (Tue) 00:00, 6 to 20 tasks"),
                        new Fact("Times", "Asia/Tokyo"));
    }

    @Test
    void in_japanese_too() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        var japanese = TestShop.wanted("ja", "app");
        var plan = SaleScaling.plan(
                japanese, tokyo("2026-12-26T19:00"), shop.outside.look(japanese, tokyo("2026-12-26T19:00")));
        var notice = ((SaleAction.Say) plan.getFirst()).notice();
        assertThat(notice.title()).isEqualTo("セール「winter」:ウォームアップ開始、タスク数を増やします");
        assertThat(notice.facts())
                .contains(new Fact("タスク数 2..10 → 6..20", "app"), new Fact("開始", "2026-12-26 (土) 20:00"));
    }

    @Test
    void a_refused_calendar_is_told_with_place_reason_and_example() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save(calendar(sale("winter", "2026-12-26T20:00", "2026-12-25T23:59")), tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        assertThat(shop.said.getFirst().facts())
                .contains(new Fact(
                        "At sales[0].closes",
                        "The sale closes (\"2026-12-25T23:59\") before or when it opens (\"2026-12-26T20:00\")."
                                + " Correct: \"closes\": \"2026-12-29T23:59\""));
    }

    @Test
    void of_very_many_problems_a_message_tells_the_first_and_how_many_are_left() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save("{\"sales\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}", tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        assertThat(shop.said.getFirst().facts())
                .hasSizeLessThanOrEqualTo(10)
                .contains(new Fact("More", "5 more problems; CheckCalendar lists them all"));
    }

    @Test
    void the_warm_up_and_what_is_bad_are_incidents_of_their_own() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.look("2026-12-29T23:59");
        assertThat(shop.said)
                .extracting(Notice::key)
                .containsExactly(
                        "sale-warm-up/shop/winter@2026-12-26T11:00:00Z",
                        "sale-scaling/shop/preflight/winter@2026-12-26T11:00:00Z", // maintenance is due on its Monday
                        "sale-scaling/shop/sale/winter@2026-12-26T11:00:00Z");
        assertThat(shop.said).extracting(Notice::state).containsExactly(State.OPEN, State.OPEN, State.RESOLVED);
    }

    @Test
    void the_same_announcement_has_the_same_id_at_any_look_and_another_one_another_id() {
        var ids = List.of("2026-12-26T19:00", "2026-12-26T19:05", "2026-12-29T23:59", "2026-12-30T00:04").stream()
                .map(time -> {
                    var shop = TestLooks.withGoodCalendar(WINTER, "app");
                    shop.fleet.setCapacity("app", new Capacity(3, 11));
                    shop.look(time);
                    return shop.said.getFirst().id();
                })
                .toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
        assertThat(ids.get(2)).isEqualTo(ids.get(3));
    }

    @Test
    void a_second_drift_in_the_same_sale_is_told_again() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.fleet.setCapacity("app", new Capacity(2, 20));
        shop.look("2026-12-26T21:00");
        shop.fleet.setCapacity("app", new Capacity(3, 20));
        shop.look("2026-12-26T21:05");
        shop.fleet.setCapacity("app", new Capacity(3, 20));
        shop.look("2026-12-27T21:00");
        assertThat(shop.said).extracting(Notice::id).doesNotHaveDuplicates().hasSize(5);
        assertThat(shop.said.getLast().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void an_unknown_service_may_wake_a_person() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.fleet.forget("app");
        shop.look("2026-12-01T10:00");
        assertThat(shop.said.getFirst().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(shop.said.getFirst().facts()).contains(new Fact("ECS says", "MISSING"));
    }
}
