package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Are the tasks of a sale there? It opens at 20:00, warms up from 19:00 and wants 6 tasks. */
class ReadinessTest {
    private final TestLooks shop = TestLooks.withGoodCalendar(
            calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00")), "app", "worker");

    @BeforeEach
    void the_bounds_are_up_and_the_tasks_are_on_their_way() {
        tasks(2, 2);
        shop.look("2026-12-26T19:00");
        shop.said.clear();
    }

    /** Each line: how many tasks run and are healthy at that time, and what is said. */
    @ParameterizedTest(name = "{0}: {1} running, {2} healthy")
    @CsvSource(delimiter = '|', textBlock = """
        19:05:00 | 2 | 2 | nothing
        19:05:00 | 6 | 5 | nothing
        19:29:59 | 2 | 2 | nothing
        19:05:00 | 6 | 6 | ready, 55 minutes before opening
        19:57:00 | 6 | 6 | ready, 3 minutes before opening
        20:04:00 | 9 | 9 | ready, 4 minutes after opening
        19:30:00 | 2 | 2 | not ready, 30 minutes before opening
        19:30:00 | 6 | 5 | not ready, 30 minutes before opening
        19:30:00 | 5 | 6 | not ready, 30 minutes before opening
        19:54:59 | 0 | 0 | not ready, 5 minutes before opening
        19:55:00 | 2 | 2 | not ready, 5 minutes before opening
        20:00:00 | 2 | 2 | open but not ready, 0 minutes after opening
        20:14:59 | 2 | 2 | open but not ready, 14 minutes after opening
        20:15:00 | 2 | 2 | nothing
        23:59:59 | 2 | 2 | nothing
        """)
    void what_is_said_first(String time, int running, int healthy, String expected) {
        tasks(running, healthy);
        assertThat(said(time)).isEqualTo(expected);
    }

    @Test
    void bad_news_is_told_once_at_each_checkpoint_and_ready_ends_it() {
        tasks(2, 2);
        assertThat(List.of(said("19:25"), said("19:30"), said("19:35"), said("19:50"), said("19:55"), said("20:00")))
                .containsExactly(
                        "nothing",
                        "not ready, 30 minutes before opening",
                        "nothing",
                        "nothing",
                        "not ready, 5 minutes before opening",
                        "open but not ready, 0 minutes after opening");
        tasks(6, 6);
        assertThat(said("20:30")).isEqualTo("ready, 30 minutes after opening");
        assertThat(said("20:35")).isEqualTo("nothing");
        var first = shop.said.getFirst();
        var last = shop.said.getLast();
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.state()).isEqualTo(State.OPEN);
        assertThat(last.state()).isEqualTo(State.RESOLVED);
        assertThat(shop.said).extracting(Notice::key).containsOnly(last.key());
        assertThat(shop.said).extracting(Notice::id).doesNotHaveDuplicates();
    }

    @Test
    void tasks_that_are_lost_after_the_good_news_are_bad_news_at_the_next_checkpoint() {
        tasks(6, 6);
        assertThat(said("19:05")).startsWith("ready");
        tasks(6, 3);
        assertThat(said("19:10")).isEqualTo("nothing");
        assertThat(said("19:30")).startsWith("not ready");
        tasks(6, 6);
        assertThat(said("19:35")).startsWith("ready");
        assertThat(said("19:55")).isEqualTo("nothing");
    }

    @Test
    void a_missed_look_does_not_miss_the_news() {
        assertThat(said("19:44")).isEqualTo("not ready, 16 minutes before opening");
    }

    @Test
    void the_reasons_are_those_of_ecs_and_the_figures_those_of_each_service() {
        shop.health.tasks("app", 2, 2, "4 × CannotPullContainerError");
        shop.health.tasks("worker", 6, 6);
        said("19:30");
        assertThat(shop.said.getFirst().facts())
                .contains(
                        new Fact("Tasks app", "2 running, 2 healthy, 6 wanted"),
                        new Fact("ECS says", "4 × CannotPullContainerError"))
                .noneMatch(fact -> fact.name().contains("worker"));
    }

    @Test
    void good_news_waits_for_all_services_of_the_sale() {
        shop.health.tasks("app", 6, 6);
        assertThat(said("19:05")).isEqualTo("nothing");
        shop.health.tasks("worker", 6, 6);
        assertThat(said("19:10")).startsWith("ready");
        assertThat(shop.said.getFirst().title())
                .isEqualTo("Sale winter is ready: 12 of 12 tasks healthy, 50 minutes before opening");
    }

    @Test
    void a_service_whose_bounds_this_look_has_to_change_is_judged_by_the_next_one() {
        shop.fleet.setCapacity("app", TestShop.EVERYDAY);
        shop.fleet.setCapacity("worker", TestShop.EVERYDAY);
        assertThat(lines(shop.look("2026-12-26T20:00"))).noneMatch(line -> line.contains("ready"));
        shop.said.clear();
        assertThat(said("20:05")).startsWith("open but not ready");
    }

    @Test
    void the_next_sale_starts_afresh() {
        var two = TestLooks.withGoodCalendar(
                calendar(
                        sale("one", "2026-12-26T20:00", "2026-12-26T21:00"),
                        sale("two", "2026-12-27T20:00", "2026-12-27T21:00")),
                "app");
        two.health.tasks("app", 6, 6);
        two.look("2026-12-26T19:05");
        two.look("2026-12-27T19:05");
        assertThat(two.said)
                .extracting(Notice::title)
                .filteredOn(title -> title.contains("ready"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"PT10M,19:55", "PT5M,19:55", "PT0M,20:00"})
    void a_short_warm_up_has_only_the_checkpoints_within(String warmUp, String first) {
        var fields = sale("flash", "2026-12-26T20:00", "2026-12-26T21:00") + ", \"warmUp\": \"%s\"".formatted(warmUp);
        var flash = TestShop.read(calendar(fields), "app").sales();
        var checkpoint = Checkpoint.latest(flash, tokyo("2026-12-26T" + first)).orElseThrow();
        assertThat(checkpoint.judgesAt(tokyo("2026-12-26T" + first))).isTrue();
        assertThat(Checkpoint.latest(flash, tokyo("2026-12-26T" + first).minusSeconds(1))
                        .filter(earlier -> earlier.judgesAt(tokyo("2026-12-26T19:54"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-12-26T10:30:00Z ready,true", "2026-12-26T10:30:00Z not-ready,true", "ready,false", "'',false"})
    void what_a_hand_has_written_is_as_if_nothing_had_been_said(String tag, boolean counts) {
        assertThat(Said.parse(tag).map(Said::toString).filter(tag::equals).isPresent())
                .isEqualTo(counts);
    }

    private void tasks(int running, int healthy) {
        shop.health.tasks("app", running, healthy);
        shop.health.tasks("worker", running, healthy);
    }

    /** One look; what it said about readiness, in short. */
    private String said(String time) {
        var before = shop.said.size();
        shop.look(LocalDateTime.parse("2026-12-26T" + time).toString());
        var news = shop.said.subList(before, shop.said.size());
        assertThat(news.size()).isLessThanOrEqualTo(1);
        return news.isEmpty()
                ? "nothing"
                : news.getFirst().title().replaceAll("Sale winter is (.*): \\d+ of \\d+ tasks healthy", "$1");
    }
}
