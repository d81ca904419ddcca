package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestLooks.moments;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** While a sale is open, and after it. It opens at 20:00 and closes at 23:00; 6 to 20 tasks. */
class OpenSaleTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-26T23:00"));

    private final TestLooks shop = TestLooks.withGoodCalendar(WINTER, "app");

    @Test
    void ten_minutes_at_the_max_are_told_once_with_the_lever_and_its_end() {
        shop.traffic.tasks = 20;
        assertThat(lines(told("2026-12-26T20:30")))
                .containsExactly("Say Sale winter: app runs at its max of 20 tasks", "Remember");
        var warning = shop.said.getLast();
        assertThat(warning.severity()).isEqualTo(Severity.WARNING);
        assertThat(warning.facts())
                .contains(new Fact(
                        "Lever",
                        "Raise max of the sale in the calendar, for example from 20 to 30; the new value works within"
                                + " five minutes."));
        assertThat(told("2026-12-26T20:35")).isEmpty();
        shop.traffic.tasks = 14;
        assertThat(lines(told("2026-12-26T20:50")))
                .containsExactly("Say Sale winter: app runs below its max of 20 tasks again", "Forget");
        assertThat(shop.said.getLast().key()).isEqualTo(warning.key());
        assertThat(shop.said.getLast().state()).isEqualTo(State.RESOLVED);
        shop.traffic.tasks = 20;
        assertThat(lines(told("2026-12-26T22:30"))).hasSize(2);
    }

    @Test
    void pulling_the_lever_works_at_the_next_look() {
        shop.look("2026-12-26T19:00");
        shop.traffic.tasks = 20;
        shop.look("2026-12-26T20:30");
        var wider = calendar(sale("winter", "2026-12-26T20:00", "2026-12-26T23:00") + ", \"max\": 30");
        shop.sales.save(wider, tokyo("2026-12-26T20:31"));
        assertThat(lines(shop.whole(tokyo("2026-12-26T20:31"))))
                .contains(
                        "SetCapacity app 6..30", "Say Sale winter: app runs below its max of 30 tasks again", "Forget");
    }

    @Test
    void errors_above_the_threshold_are_told_once_and_when_they_are_over() {
        shop.traffic.errors = 121; // of 4,000: 3.025 percent
        assertThat(lines(told("2026-12-26T20:30")))
                .containsExactly("Say Sale winter: 3.0 % of the requests fail, more than 3 %", "Remember");
        assertThat(told("2026-12-26T20:35")).isEmpty();
        shop.traffic.errors = 2;
        assertThat(lines(told("2026-12-26T20:50")))
                .containsExactly("Say Sale winter: few requests fail again (0.1 %)", "Forget");
    }

    @Test
    void exactly_the_threshold_and_no_requests_are_no_warning() {
        shop.traffic.errors = 120;
        assertThat(told("2026-12-26T20:30")).isEmpty();
        shop.traffic.requests = 0;
        shop.traffic.errors = 0;
        assertThat(told("2026-12-26T20:35")).isEmpty();
    }

    @Test
    void nothing_is_watched_outside_the_opening_hours() {
        shop.traffic.tasks = 20;
        assertThat(lines(told("2026-12-26T19:59:59"))).noneMatch(line -> line.contains("runs at its max"));
        assertThat(lines(told("2026-12-26T23:00"))).noneMatch(line -> line.contains("runs at its max"));
    }

    @Test
    void metrics_that_cannot_be_read_fail_the_look_and_nothing_else() {
        shop.traffic.unreadable = Optional.of("InternalServiceFault");
        assertThat(lines(shop.look("2026-12-26T20:30")))
                .contains("SetCapacity app 6..20", "GiveUp the metrics of sale winter");
    }

    @Test
    void the_report_comes_once_when_the_metrics_have_settled() {
        shop.look("2026-12-26T22:00");
        assertThat(lines(told("2026-12-26T23:00"))).noneMatch(line -> line.contains("Report"));
        shop.traffic.tasks = 8;
        assertThat(lines(told("2026-12-26T23:10")))
                .containsExactly("Say Report of sale winter: 952000 requests, 0.1 % failed", "Remember");
        assertThat(shop.said.getLast().facts())
                .containsExactly(
                        new Fact("Tasks app", "peak 8, 0 minutes at the max of 6..20"),
                        new Fact("Requests", "952000"),
                        new Fact("Errors (5xx)", "952 (0.1 %)"),
                        new Fact(
                                "Response time",
                                "95 % of the requests within 200 ms as a rule, 200 ms in the worst minutes"),
                        new Fact("Extra cost", "about 110 JPY for tasks beyond an ordinary day"));
        assertThat(told("2026-12-26T23:15")).isEmpty();
    }

    @Test
    void looks_missed_after_the_sale_do_not_cost_its_report() {
        assertThat(lines(told("2026-12-27T23:05"))).anyMatch(line -> line.startsWith("Say Report of sale winter"));
        assertThat(TestLooks.withGoodCalendar(WINTER, "app").whole(tokyo("2026-12-27T23:10")))
                .isEmpty();
    }

    @Test
    void the_warm_up_is_a_planned_state_that_ends_with_the_opening_or_when_the_tasks_are_ready() {
        shop.look("2026-12-26T19:00");
        var warmUp = notice("warm-up/");
        assertThat(warmUp.key()).isEqualTo("sale-warm-up/shop/winter@2026-12-26T11:00:00Z");
        assertThat(warmUp.until()).contains(tokyo("2026-12-26T20:00"));
        shop.health.tasks("app", 6, 6);
        shop.look("2026-12-26T19:05");
        var ready = notice("ready/");
        assertThat(ready.key()).isEqualTo(warmUp.key());
        assertThat(ready.state()).isEqualTo(State.RESOLVED);
    }

    private Notice notice(String kind) {
        return shop.said.stream()
                .filter(one -> one.id().startsWith("sale-scaling/shop/" + kind))
                .findFirst()
                .orElseThrow();
    }

    /** Looks, and gives what belongs to the moments of sales, pre-flights aside. */
    private List<SaleAction> told(String time) {
        var plan = shop.whole(tokyo(time));
        shop.look(time);
        var about = moments(plan);
        return about.stream()
                        .anyMatch(action -> action instanceof SaleAction.Say say
                                && say.notice().id().contains("/preflight/"))
                ? List.of()
                : about;
    }
}
