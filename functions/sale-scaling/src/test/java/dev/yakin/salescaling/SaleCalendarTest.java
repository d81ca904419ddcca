package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a calendar wants at a time. All times are on the clocks of Tokyo; every day the shop runs with 2..10 tasks. */
class SaleCalendarTest {
    @ParameterizedTest(name = "{0} wants {1}: {2}")
    @CsvSource(textBlock = """
            2026-12-26T18:59:59, 2..10, one second before the warm-up
            2026-12-26T19:00:00, 6..20, the warm-up begins
            2026-12-26T19:59:59, 6..20, the last second before the doors open
            2026-12-26T20:00:00, 6..20, the doors open
            2026-12-27T00:00:00, 6..20, past midnight
            2026-12-29T23:58:59, 6..20, the last second of the sale
            2026-12-29T23:59:00, 2..10, the doors are closed
            2027-12-26T20:00:00, 2..10, a year later is no sale
            """)
    void a_sale_counts_from_its_warm_up_until_it_closes(String time, String wanted, String why) {
        wants(calendar(sale("winter", "2026-12-26T20:00", "2026-12-29T23:59")), time, wanted);
    }

    @ParameterizedTest(name = "{0} wants {1}: {2}")
    @CsvSource(textBlock = """
            2026-12-31T22:59:59,  2..10, the old year is quiet
            2026-12-31T23:00:00,  6..20, the warm-up of the first sale lies in the old year
            2027-01-01T00:00:00,  6..20, the new year's sale opens
            2027-01-02T00:00:00,  2..10, it closes at midnight
            2028-02-28T23:29:59,  2..10, the day before the leap day
            2028-02-28T23:30:00,  8..20, warm-up before the leap day
            2028-02-29T23:59:59,  8..20, the leap day
            2028-03-01T00:00:00,  2..10, the month after
            """)
    void sales_cross_days_months_years_and_the_leap_day(String time, String wanted, String why) {
        var newYear = sale("new year", "2027-01-01T00:00", "2027-01-02T00:00");
        var leapDay = sale("leap day", "2028-02-29T00:00", "2028-03-01T00:00") + ", \"min\": 8, \"warmUp\": \"PT30M\"";
        wants(calendar(newYear, leapDay), time, wanted);
    }

    @ParameterizedTest(name = "{0} wants {1}: {2}")
    @CsvSource(textBlock = """
            2026-11-22T11:00,  4..30, only the week
            2026-11-22T12:00, 12..30, both: the min of the flash sale and the max of the week
            2026-11-22T14:00,  4..30, the flash sale is over and the week goes on
            2026-11-28T00:00,  2..10, both are over
            """)
    void of_overlapping_sales_the_larger_min_and_the_larger_max_count(String time, String wanted, String why) {
        var week = sale("week", "2026-11-21T00:00", "2026-11-28T00:00") + ", \"min\": 4, \"max\": 30";
        var flash = sale("flash", "2026-11-22T13:00", "2026-11-22T14:00") + ", \"min\": 12, \"max\": 15";
        wants(calendar(week, flash), time, wanted);
    }

    @ParameterizedTest(name = "{0} wants {1}: {2}")
    @CsvSource(textBlock = """
            2026-11-22T09:59:59, 2..10, before the warm-up
            2026-11-22T10:00:00, 6..20, the warm-up of two hours begins
            2026-11-22T11:30:00, 6..20, longer before the doors than the sale lasts
            2026-11-22T12:09:59, 6..20, the last second
            2026-11-22T12:10:00, 2..10, closed
            """)
    void a_sale_shorter_than_its_warm_up_is_never_dropped_before_it_closes(String time, String wanted, String why) {
        var flash = sale("flash", "2026-11-22T12:00", "2026-11-22T12:10") + ", \"warmUp\": \"PT2H\"";
        wants(calendar(flash), time, wanted);
    }

    @Test
    void a_warm_up_longer_than_the_gap_between_two_sales_keeps_the_capacity() {
        var morning = sale("morning", "2026-11-22T09:00", "2026-11-22T12:00");
        var noon = sale("noon", "2026-11-22T12:30", "2026-11-22T15:00");
        wants(calendar(morning, noon), "2026-11-22T12:00:00", "6..20");
        wants(calendar(morning, noon), "2026-11-22T12:29:59", "6..20");
    }

    @Test
    void without_warm_up_the_capacity_comes_with_the_doors() {
        var sudden = calendar(sale("sudden", "2026-11-22T09:00", "2026-11-22T12:00") + ", \"warmUp\": \"PT0S\"");
        wants(sudden, "2026-11-22T08:59:59", "2..10");
        wants(sudden, "2026-11-22T09:00:00", "6..20");
    }

    @Test
    void a_sale_never_takes_capacity_below_the_baseline() {
        var tiny = calendar(sale("tiny", "2026-11-22T09:00", "2026-11-22T12:00") + ", \"min\": 1, \"max\": 1");
        wants(tiny, "2026-11-22T10:00", "2..10");
    }

    @Test
    void times_with_an_offset_mean_the_same_moment_everywhere() {
        var utc = calendar(sale("utc", "2026-11-22T00:00Z", "2026-11-22T12:00+09:00"));
        wants(utc, "2026-11-22T07:59:59", "2..10");
        wants(utc, "2026-11-22T08:00:00", "6..20");
        wants(utc, "2026-11-22T12:00:00", "2..10");
    }

    @Test
    void a_sale_can_be_for_some_services_only() {
        var text = calendar(sale("web only", "2026-11-22T09:00", "2026-11-22T12:00") + ", \"services\": [\"web\"]");
        var calendar = TestShop.read(text, "web", "worker");
        var open = tokyo("2026-11-22T10:00");
        assertThat(calendar.wanted("web", open, EVERYDAY)).hasToString("6..20");
        assertThat(calendar.wanted("worker", open, EVERYDAY)).hasToString("2..10");
    }

    private static void wants(String calendar, String time, String wanted) {
        assertThat(TestShop.read(calendar, "app").wanted("app", tokyo(time), EVERYDAY))
                .hasToString(wanted);
    }
}
