package dev.yakin.salescaling;

import static dev.yakin.salescaling.SalesVersions.GOOD;
import static dev.yakin.salescaling.SalesVersions.REFUSED;
import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.SALE;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import dev.yakin.shared.calendar.Capacity;
import org.junit.jupiter.api.Test;

/** Which calendar counts while people edit it. */
class CalendarInForceTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00"));
    private static final String BROKEN = "{\"sales\": [";

    @Test
    void a_good_version_is_told_then_labelled_and_not_told_again() {
        var shop = new TestLooks("app");
        shop.sales.save(WINTER, tokyo("2026-12-01T10:00"));
        assertThat(lines(shop.look("2026-12-01T10:00")))
                .containsExactly("Say Sale calendar version 1 is accepted", "LabelVersion 1 good");
        assertThat(shop.plan("2026-12-01T10:05")).isEmpty();
    }

    @Test
    void a_bad_version_is_told_once_and_the_last_good_one_stays_in_force() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save(BROKEN, tokyo("2026-12-26T18:00"));
        assertThat(lines(shop.look("2026-12-26T18:00")))
                .containsExactly(
                        "Say Sale calendar version 2 is refused; version 1 stays in force", "LabelVersion 2 refused");
        assertThat(shop.plan("2026-12-26T18:05")).isEmpty();
        assertThat(lines(shop.look("2026-12-26T19:00"))).endsWith("SetCapacity app 6..20");
        assertThat(shop.said.getFirst().severity()).isEqualTo(Notice.Severity.WARNING);
    }

    @Test
    void a_second_bad_version_is_told_too() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save(BROKEN, tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        shop.sales.save(BROKEN + " ", tokyo("2026-12-01T10:10"));
        assertThat(lines(shop.look("2026-12-01T10:10"))).contains("LabelVersion 3 refused");
    }

    @Test
    void the_correction_is_accepted_and_the_refusal_forgotten() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save(BROKEN, tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        shop.sales.save(WINTER, tokyo("2026-12-01T10:10"));
        assertThat(lines(shop.look("2026-12-01T10:10")))
                .containsExactly(
                        "Say Sale calendar version 3 is accepted", "LabelVersion 3 good", "RemoveLabel 2 refused");
        assertThat(shop.sales.labelled(GOOD)).contains(3L);
        assertThat(shop.sales.labelled(REFUSED)).isEmpty();
        assertThat(shop.said).extracting(Notice::key).containsOnly("sale-scaling/shop/calendar");
        assertThat(shop.said).extracting(Notice::state).containsExactly(Notice.State.OPEN, Notice.State.RESOLVED);
    }

    @Test
    void without_any_good_version_the_baseline_holds_and_people_are_told_critically() {
        var shop = new TestLooks("app");
        shop.fleet.setCapacity("app", SALE);
        shop.sales.save(BROKEN, tokyo("2026-12-01T10:00"));
        shop.look("2026-12-01T10:00");
        assertThat(shop.fleet.bounds("app")).contains(EVERYDAY);
        assertThat(shop.said.getFirst().severity()).isEqualTo(Notice.Severity.CRITICAL);
        assertThat(shop.said.getFirst().title()).contains("no good version");
    }

    @Test
    void a_missing_parameter_is_told_critically_once_a_day() {
        var shop = new TestLooks("app");
        shop.look("2026-12-01T10:00");
        shop.look("2026-12-01T23:55");
        shop.look("2026-12-02T00:00");
        assertThat(shop.said).extracting(Notice::severity).containsOnly(Notice.Severity.CRITICAL);
        assertThat(shop.said)
                .extracting(Notice::id)
                .containsExactly(
                        "sale-scaling/shop/calendar/missing/2026-12-01",
                        "sale-scaling/shop/calendar/missing/2026-12-01",
                        "sale-scaling/shop/calendar/missing/2026-12-02");
    }

    @Test
    void when_the_latest_version_cannot_be_read_the_last_good_one_counts_and_the_look_fails() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.failing(true, false);
        assertThat(lines(shop.look("2026-12-26T19:00")))
                .containsExactly(
                        "Say Sale winter: the warm-up begins, capacity goes up",
                        "SetCapacity app 6..20",
                        "GiveUp /yakin/shop/sales");
    }

    @Test
    void when_nothing_can_be_read_a_running_sale_keeps_its_capacity() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.sales.failing(true, true);
        assertThat(lines(shop.look("2026-12-26T21:00"))).containsExactly("GiveUp /yakin/shop/sales");
        shop.fleet.setCapacity("app", new Capacity(1, 3));
        shop.look("2026-12-26T21:05");
        assertThat(shop.fleet.bounds("app")).contains(EVERYDAY);
    }

    @Test
    void a_bad_latest_version_with_an_unreadable_good_one_lowers_nothing() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.sales.save(BROKEN, tokyo("2026-12-26T21:00"));
        shop.sales.failing(false, true);
        shop.look("2026-12-26T21:00");
        assertThat(shop.fleet.bounds("app")).contains(SALE);
    }

    @Test
    void when_a_deploy_takes_a_service_away_the_sale_stays_for_the_others() {
        var webAndWorker =
                sale("winter", "2026-12-26T20:00", "2026-12-27T00:00") + ", \"services\": [\"app\", \"worker\"]";
        var shop = TestLooks.withGoodCalendar(calendar(webAndWorker), "app");
        assertThat(lines(shop.look("2026-12-26T19:00")))
                .containsExactly(
                        "Say Sale calendar version 1 no longer fits the stack; only what can be read of it is in force",
                        "Say Sale winter: the warm-up begins, capacity goes up",
                        "SetCapacity app 6..20",
                        "LabelVersion 1 refused");
        assertThat(shop.plan("2026-12-26T19:05")).isEmpty();
    }

    @Test
    void extending_a_running_sale_just_works() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.sales.save(calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T02:00")), tokyo("2026-12-26T23:50"));
        shop.look("2026-12-26T23:50");
        assertThat(shop.plan("2026-12-27T00:00")).isEmpty();
        assertThat(lines(shop.look("2026-12-27T02:00"))).endsWith("SetCapacity app 2..10");
    }

    @Test
    void cancelling_a_running_sale_takes_its_capacity_back_at_once() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.look("2026-12-26T19:00");
        shop.sales.save("{\"sales\": []}", tokyo("2026-12-26T21:00"));
        var plan = shop.look("2026-12-26T21:00");
        assertThat(lines(plan))
                .containsExactly(
                        "Say Sale calendar version 2 is accepted",
                        "Say Calendar version 2 changes the capacity",
                        "SetCapacity app 2..10",
                        "LabelVersion 2 good");
        assertThat(TestLooks.reasons(plan)).first().isEqualTo("calendar version 2: no sale now");
    }

    @Test
    void starting_a_sale_early_by_editing_it_works_at_once() {
        var shop = TestLooks.withGoodCalendar(WINTER, "app");
        shop.sales.save(calendar(sale("winter", "2026-12-26T15:00", "2026-12-27T00:00")), tokyo("2026-12-26T16:00"));
        assertThat(lines(shop.look("2026-12-26T16:00"))).contains("SetCapacity app 6..20");
    }
}
