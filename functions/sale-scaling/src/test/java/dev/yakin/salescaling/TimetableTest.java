package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestLooks.reasons;
import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.TOKYO;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.Timetable.Entry;
import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SALE before BUSINESS before NIGHT before BASELINE. Business hours are 5..20 from 9:00, nights 2..5 from 22:00. */
class TimetableTest {
    private static final Entry BUSINESS = entry("business-hours", "cron(0 9 ? * MON-FRI *)", 5, 20);
    private static final Entry NIGHT = entry("night", "cron(0 22 * * ? *)", 2, 5);

    /** Monday, 28 December, 20:00 to 23:00: over the begin of the night. */
    private static final String LATE = calendar(sale("late", "2026-12-28T20:00", "2026-12-28T23:00"));

    private final TestLooks shop = TestLooks.withGoodCalendar(LATE, "app");

    @ParameterizedTest(name = "{0} {1}..{2}: {3}")
    @CsvSource(textBlock = """
            2026-12-25T08:59:59,  2,  5, Friday: one second of the night is left
            2026-12-25T09:00:00,  5, 20, business hours begin
            2026-12-25T21:59:59,  5, 20, their last second
            2026-12-25T22:00:00,  2,  5, the night begins
            2026-12-26T12:00:00,  2,  5, Saturday noon: the night lasts over the weekend
            2026-12-28T08:59:59,  2,  5, to Monday morning
            2026-12-28T09:00:00,  5, 20, business hours begin
            2026-12-28T18:59:59,  5, 20, one second before the warm-up
            2026-12-28T19:00:00,  6, 20, the sale comes before business hours
            2026-12-28T22:00:00,  6, 20, and before the night
            2026-12-28T23:00:00,  2,  5, after it the night is what is due now - not what was before the sale
            2027-01-01T09:00:00,  5, 20, the year ends on a business day
            2028-02-29T09:00:00,  5, 20, leap day
            """)
    void a_sale_comes_before_the_clock_and_the_clock_before_the_baseline(Local time, int min, int max, String why) {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.look(time.instant());
        assertThat(shop.fleet.bounds("app")).contains(new Capacity(min, max));
    }

    /** A local time of a table. */
    record Local(Instant instant) {
        Local(String local) {
            this(tokyo(local));
        }
    }

    @Test
    void without_schedules_every_day_is_like_the_baseline() {
        assertThat(shop.plan("2026-12-25T12:00")).isEmpty();
        assertThat(Timetable.NONE.everyday("app", tokyo("2026-12-25T12:00"), EVERYDAY))
                .isEqualTo(EVERYDAY);
    }

    @Test
    void the_schedules_are_suspended_with_the_raise_and_resumed_with_the_end() {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.fleet.setCapacity("app", new Capacity(5, 20));
        assertThat(shop.plan("2026-12-28T18:55")).isEmpty();
        assertThat(lines(shop.look("2026-12-28T19:00")))
                .containsExactly("Say Sale late: the warm-up begins, capacity goes up", "SetCapacity app 6..20");
        assertThat(shop.fleet.isSuspended("app")).isTrue();
        assertThat(shop.plan("2026-12-28T22:00")).isEmpty();
        assertThat(lines(shop.look("2026-12-28T23:00")))
                .containsExactly("Say Sale late is over: capacity goes back", "SetCapacity app 2..5");
        assertThat(shop.fleet.isSuspended("app")).isFalse();
        assertThat(shop.plan("2026-12-28T23:05")).isEmpty();
    }

    @Test
    void a_sale_without_schedules_suspends_nothing() {
        shop.look("2026-12-28T19:00");
        assertThat(shop.fleet.isSuspended("app")).isFalse();
    }

    @Test
    void schedules_that_a_hand_resumes_during_a_sale_are_suspended_again() {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.look("2026-12-28T19:00");
        shop.fleet.setCapacity("app", new Capacity(6, 20), false);
        assertThat(reasons(shop.look("2026-12-28T21:30")))
                .containsExactly("drift during sale late: scheduled actions were not suspended");
        assertThat(shop.fleet.isSuspended("app")).isTrue();
    }

    @Test
    void what_happens_every_day_is_done_without_a_word() {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.fleet.setCapacity("app", new Capacity(2, 5));
        var plan = shop.look("2026-12-25T09:00");
        assertThat(lines(plan)).containsExactly("SetCapacity app 5..20");
        assertThat(reasons(plan)).containsExactly("schedule business-hours ran at 2026-12-25T00:00:00Z");
    }

    @Test
    void a_schedule_that_did_not_run_is_made_up_for_hours_later() {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.fleet.setCapacity("app", new Capacity(2, 5));
        assertThat(lines(shop.look("2026-12-25T13:00"))).containsExactly("SetCapacity app 5..20");
    }

    @Test
    void other_bounds_than_the_clock_asks_for_are_drift() {
        shop.raises.schedule(BUSINESS, NIGHT);
        shop.fleet.setCapacity("app", EVERYDAY);
        assertThat(reasons(shop.look("2026-12-25T13:00")))
                .containsExactly("drift outside sales: min was 2, max was 10");
    }

    /** The schedules may ask for more than the baseline: without them nobody knows, so nothing is lowered. */
    @Test
    void schedules_that_cannot_be_read_lower_nothing_and_resume_nothing() {
        shop.fleet.setCapacity("app", new Capacity(5, 20), true);
        shop.raises.deny();
        assertThat(lines(shop.look("2026-12-25T13:00"))).containsExactly("GiveUp scheduled actions");
        shop.look("2026-12-28T19:00");
        assertThat(shop.fleet.bounds("app")).contains(new Capacity(6, 20));
        assertThat(shop.fleet.isSuspended("app")).isTrue();
    }

    @Test
    void a_sleeping_service_is_left_alone_and_nothing_is_left_behind_that_would_wake_it() {
        shop.look("2026-12-28T10:00");
        assertThat(shop.raises.all()).hasSize(1);
        shop.fleet.sleep("app");
        assertThat(lines(shop.whole(tokyo("2026-12-28T18:05")))).containsExactly("DeleteScheduledRaise yakin-late-app");
        shop.look("2026-12-28T18:05");
        assertThat(shop.whole(tokyo("2026-12-28T20:30"))).isEmpty();
        assertThat(shop.fleet.bounds("app")).contains(new Capacity(0, 0));
        shop.fleet.wake("app");
        shop.look("2026-12-28T20:35");
        assertThat(shop.fleet.bounds("app")).contains(new Capacity(6, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 hour)",
                "at(2026-12-25T09:00:00)",
                "cron(0 9 L * ? *)",
                "cron(0 9 * * *)",
                "cron(0 25 * * ? *)"
            })
    void what_is_no_plain_cron_changes_nothing(String expression) {
        var timetable = new Timetable(List.of(entry("odd", expression, 7, 9)));
        assertThat(timetable.everyday("app", tokyo("2026-12-25T12:00"), EVERYDAY))
                .isEqualTo(EVERYDAY);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            cron(30 6,18 * * ? *)      | 2026-12-25T18:30 | a list of hours
            cron(0/20 * * * ? *)       | 2026-12-25T21:40 | steps
            cron(0 0 1 JAN-MAR ? 2026) | 2026-03-01T00:00 | months by name, one year
            cron(0 12 29 2 ? *)        | -                | no leap day within four hundred days
            cron(0 9 ? * 1 *)          | 2026-12-20T09:00 | one is Sunday
            """)
    void cron_expressions_are_read_as_aws_writes_them(String expression, String last, String why) {
        assertThat(Cron.parse(expression).orElseThrow().last(tokyo("2026-12-25T21:59"), TOKYO))
                .isEqualTo(Optional.ofNullable(last).map(TestShop::tokyo));
    }

    @Test
    void a_schedule_that_has_ended_runs_no_more_but_what_it_set_stays() {
        var ended = new Entry(
                "app",
                "campaign",
                "cron(0 9 * * ? *)",
                TOKYO,
                Optional.of(4),
                Optional.empty(),
                Optional.of(tokyo("2026-12-20T00:00")));
        assertThat(ended.last(tokyo("2026-12-25T12:00")).orElseThrow().at()).isEqualTo(tokyo("2026-12-19T09:00"));
    }

    private static Entry entry(String name, String cron, int min, int max) {
        return entry("app", name, cron, min, max);
    }

    static Entry entry(String service, String name, String cron, int min, int max) {
        return new Entry(service, name, cron, TOKYO, Optional.of(min), Optional.of(max), Optional.empty());
    }
}
