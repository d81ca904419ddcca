package dev.yakin.devshutdown.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.devshutdown.Tags;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a night holds besides sleeping: wishes, hands, deploys, stuck tasks, production. */
class NightsTest {
    private final TestDev dev = new TestDev("2026-12-10T17:50").furnished();

    @Test
    void the_planned_state_opens_before_the_first_change_and_ends_by_itself_when_work_begins() {
        dev.runUntil("2026-12-10T18:01");
        var asleep = dev.said.getFirst();
        assertThat(asleep.key()).isEqualTo("dev-asleep/dev");
        assertThat(asleep.state()).isEqualTo(State.OPEN);
        assertThat(asleep.until()).contains(TestDev.tokyo("2026-12-11T09:00"));
        assertThat(dev.world.calls.indexOf("sns:Publish")).isLessThan(dev.world.calls.indexOf("ecs:TagResource"));
        dev.runUntil("2026-12-11T09:30");
        assertThat(dev.titles())
                .containsExactly("dev goes to sleep until 2026-12-11 (Fri) 09:00", "dev is up: 4 of 4 tasks healthy");
        assertThat(dev.said.getLast().key()).isEqualTo("dev-asleep/dev");
        assertThat(dev.said.getLast().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void a_database_is_stopped_only_when_the_tasks_are_gone_and_services_start_only_when_it_answers() {
        dev.runUntil("2026-12-11T10:00", () -> {
            var isStopped = !dev.rds.get("db:orders").status().equals("available");
            assertThat(isStopped && dev.ecs.get("app").running > 0)
                    .as("tasks without a database at %s", dev.world.now)
                    .isFalse();
        });
    }

    @Test
    void tasks_that_do_not_end_keep_their_database_up_and_are_told_after_half_an_hour() {
        dev.ecs.get("app").isStuck = true;
        dev.runUntil("2026-12-10T18:29");
        assertThat(dev.titles()).noneMatch(title -> title.startsWith("Tasks do not end"));
        dev.runUntil("2026-12-10T20:00");
        assertThat(dev.titles().stream()
                        .filter(title -> title.equals("Tasks do not end, so their databases stay up: app")))
                .hasSize(1);
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("available");
        dev.ecs.get("app").isStuck = false;
        dev.runUntil("2026-12-10T20:30");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backing-up", "modifying", "starting", "upgrading"})
    void a_database_in_between_is_looked_at_again(String status) {
        dev.rds.get("db:orders").history.add(new FakeRds.Was(dev.world.now, status));
        dev.runUntil("2026-12-10T18:30");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo(status);
        dev.rds.get("db:orders").history.add(new FakeRds.Was(dev.world.now, "available"));
        dev.runUntil("2026-12-10T18:45");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
    }

    @Test
    void a_description_that_is_old_makes_no_failure() {
        dev.rds.lag = java.time.Duration.ofMinutes(6);
        dev.runUntil("2026-12-10T19:00");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
        assertThat(dev.log.toString(java.nio.charset.StandardCharsets.UTF_8)).contains("looked at again");
    }

    @Test
    void a_start_by_hand_at_night_is_put_back_with_a_word_on_how_to_keep_it() {
        dev.runUntil("2026-12-10T22:00");
        dev.ecs.setDesired(dev.ecs.get("app"), 1);
        dev.rds.start(dev.rds.get("db:orders"));
        dev.runUntil("2026-12-10T23:00");
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
        var told = dev.said.stream()
                .filter(notice -> notice.title().startsWith("Started at night"))
                .toList();
        assertThat(told).extracting(Notice::title).contains("Started at night and put back to sleep: app");
        assertThat(told.getFirst().facts().toString()).contains(TestDev.KEEP_AWAKE, Tags.KEEP_UNTIL);
        dev.runUntil("2026-12-11T10:00");
        assertThat(dev.state())
                .isEqualTo(new TestDev("2026-12-10T17:50").furnished().state());
    }

    @Test
    void the_parameter_keeps_everything_awake_and_ends_by_itself() {
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T22:00");
        dev.runUntil("2026-12-10T22:00");
        assertThat(dev.ecs.get("app").running).isEqualTo(3);
        assertThat(dev.titles()).containsExactly("Kept awake: everything until 2026-12-10 (Thu) 22:00");
        dev.runUntil("2026-12-10T22:30");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
        assertThat(dev.titles()).last().isEqualTo("dev goes to sleep until 2026-12-11 (Fri) 09:00");
    }

    @Test
    void people_hear_what_is_kept_awake_by_what_and_by_whom_as_far_as_aws_knows() {
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T20:00");
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T21:00");
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T22:00");
        dev.ecs.get("worker").tags.put(Tags.KEEP_UNTIL, "2026-12-10T23:00");
        dev.runUntil("2026-12-10T18:10");
        assertThat(dev.said.getFirst().facts())
                .extracting(Fact::value)
                .contains(
                        "everything until 2026-12-10 (Thu) 22:00, by the parameter %s, written by writer@example.com"
                                .formatted(TestDev.KEEP_AWAKE),
                        "worker until 2026-12-10 (Thu) 23:00, by its tag yakin:keep-until");
    }

    @Test
    void a_wish_that_is_over_already_is_told_once_and_one_that_ended_by_itself_is_not() {
        dev.parameters.put(TestDev.KEEP_AWAKE, "2025-12-10T22:00");
        dev.runUntil("2026-12-10T18:30");
        assertThat(dev.titles())
                .containsOnlyOnce("Keeps nothing awake, for it was over when it was written: " + TestDev.KEEP_AWAKE
                        + ": 2025-12-10T22:00");
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T20:00");
        dev.runUntil("2026-12-10T21:00");
        assertThat(dev.titles().stream().filter(title -> title.startsWith("Keeps nothing awake")))
                .hasSize(1);
    }

    @Test
    void the_parameter_also_wakes_dev_in_the_middle_of_the_night() {
        dev.runUntil("2026-12-10T21:02");
        dev.parameters.put(TestDev.KEEP_AWAKE, "2026-12-10T23:00");
        dev.runUntil("2026-12-10T21:40");
        assertThat(dev.ecs.get("app").running).isEqualTo(3);
        assertThat(dev.titles()).contains("dev is up: 4 of 4 tasks healthy");
        dev.parameters.put(TestDev.KEEP_AWAKE, "None");
        dev.runUntil("2026-12-10T22:30");
        assertThat(dev.titles()).noneMatch(title -> title.startsWith("Cannot be read"));
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.said.stream().map(Notice::id)).doesNotHaveDuplicates();
        assertThat(dev.titles().stream().filter(title -> title.startsWith("dev goes to sleep")))
                .hasSize(2);
    }

    @Test
    void a_tag_keeps_one_service_awake_with_the_databases_that_it_uses() {
        dev.ecs.get("worker").tags.put(Tags.KEEP_UNTIL, "2026-12-10T21:00");
        dev.ecs.get("worker").tags.put(Tags.USES, "users");
        dev.runUntil("2026-12-10T20:59");
        assertThat(dev.ecs.get("worker").running).isEqualTo(1);
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.rds.get("cluster:users").status()).isEqualTo("available");
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
        assertThat(dev.titles()).contains("Kept awake: worker until 2026-12-10 (Thu) 21:00");
        dev.runUntil("2026-12-10T21:30");
        assertThat(dev.ecs.get("worker").running).isZero();
        assertThat(dev.rds.get("cluster:users").status()).isEqualTo("stopped");
    }

    @ParameterizedTest
    @CsvSource({"tomorrow", "2026-12-10 22:00", "22:00", "2026-02-30", "2026-12-10T25:00"})
    void a_wish_that_cannot_be_read_is_told_and_keeps_nothing_awake(String wish) {
        dev.parameters.put(TestDev.KEEP_AWAKE, wish);
        dev.runUntil("2026-12-10T18:30");
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.titles()).contains("Cannot be read: " + TestDev.KEEP_AWAKE + ": " + wish);
        assertThat(dev.titles().stream().filter(title -> title.startsWith("Cannot be read")))
                .hasSize(1);
    }

    @Test
    void a_deploy_at_night_is_put_back_and_the_morning_has_the_new_bounds() {
        dev.runUntil("2026-12-10T22:00");
        dev.ecs.get("app").bounds = new Bounds(4, 6, Set.of());
        dev.ecs.setDesired(dev.ecs.get("app"), 4);
        dev.runUntil("2026-12-10T22:30");
        assertThat(dev.ecs.get("app").running).isZero();
        dev.runUntil("2026-12-11T09:00");
        assertThat(dev.ecs.get("app").bounds).isEqualTo(new Bounds(4, 6, Set.of()));
        assertThat(dev.ecs.get("app").running).isEqualTo(4);
    }

    @Test
    void what_is_not_up_at_nine_is_named_and_what_is_up_later_too() {
        dev.runUntil("2026-12-11T08:00");
        dev.rds.get("db:orders").history.add(new FakeRds.Was(dev.world.now, "incompatible-network"));
        dev.runUntil("2026-12-11T09:30");
        assertThat(dev.titles()).last().isEqualTo("dev is not up, because database orders is incompatible-network");
        assertThat(dev.said.getLast().severity()).isEqualTo(Notice.Severity.WARNING);
        dev.rds.get("db:orders").history.add(new FakeRds.Was(dev.world.now, "available"));
        dev.runUntil("2026-12-11T09:50");
        assertThat(dev.titles()).last().isEqualTo("dev is up: 4 of 4 tasks healthy");
        assertThat(dev.said.getLast().key()).isEqualTo("dev-shutdown/dev/late");
    }

    @Test
    void production_is_refused_by_its_tag_whatever_else_it_says() {
        dev.ecs.add("shop", 2, new Bounds(2, 10, Set.of()), TestDev.ours(Tags.STAGE, "prod"));
        dev.rds.add("db:shop", "available", TestDev.ours(Tags.STAGE, "production"));
        dev.runUntil("2026-12-11T10:00", () -> {
            assertThat(dev.ecs.get("shop").running).isEqualTo(2);
            assertThat(dev.rds.get("db:shop").status()).isEqualTo("available");
        });
        assertThat(dev.titles().stream().filter(title -> title.startsWith("Production is never put to bed")))
                .hasSize(1);
    }

    @Test
    void two_accounts_worth_of_foreign_things_are_never_touched() {
        for (var number = 0; number < 500; number++) {
            dev.ecs.add("theirs-" + number, 1, new Bounds(1, 2, Set.of()), Map.of("team", "other"));
            dev.rds.add("db:theirs-" + number, "available", Map.of(Tags.SCHEDULE, Tags.OFFICE_HOURS));
        }
        var before = foreign();
        dev.runUntil("2026-12-10T19:00");
        assertThat(foreign()).isEqualTo(before);
        dev.runUntil("2026-12-11T10:00");
        assertThat(foreign()).isEqualTo(before);
    }

    @Test
    void a_tag_that_cannot_be_read_is_told_and_its_service_is_left_as_it_is() {
        dev.runUntil("2026-12-10T20:00");
        dev.ecs.get("app").tags.put(Asleep.TAG, "zwei");
        dev.runUntil("2026-12-11T09:10");
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.titles()).contains("Cannot be read: app, tag yakin:asleep");
        dev.ecs.get("app").tags.put(Asleep.TAG, "desired=2 min=2 max=10");
        dev.runUntil("2026-12-11T09:30");
        assertThat(dev.ecs.get("app").running).isEqualTo(2);
    }

    @Test
    void a_dry_run_answers_with_the_plan_and_changes_nothing() {
        dev.world.now = TestDev.tokyo("2026-12-10T18:00");
        var before = dev.state();
        var answer = dev.handler().look(true);
        assertThat(answer.actions())
                .hasSizeGreaterThan(5)
                .allMatch(done -> done.outcome().equals("planned"));
        assertThat(dev.state()).isEqualTo(before);
        assertThat(dev.said).isEmpty();
    }

    @Test
    void the_holidays_of_the_next_year_are_asked_for_from_November_on() {
        var late = new TestDev("2027-10-31T12:00").furnished();
        late.runUntil("2027-10-31T13:00");
        assertThat(late.titles()).noneMatch(title -> title.startsWith("The public holidays"));
        late.runUntil("2027-11-01T01:00");
        assertThat(late.titles().stream().filter(title -> title.startsWith("The public holidays of 2028 are missing")))
                .hasSize(1);
    }

    @Test
    void on_friday_people_hear_what_was_saved_and_when_dev_sleeps_next_week() {
        var friday = new TestDev("2026-12-18T17:50").furnished();
        friday.runUntil("2026-12-18T18:30");
        var week = friday.said.stream()
                .filter(notice -> notice.title().startsWith("dev slept"))
                .toList();
        assertThat(week).hasSize(1);
        assertThat(week.getFirst().title()).isEqualTo("dev slept 123 hours this week and saved 2346 yen");
        var facts = week.getFirst().facts().stream()
                .map(fact -> fact.name() + ": " + fact.value())
                .toList();
        assertThat(facts)
                .startsWith(
                        "This week: 123 hours asleep, 2346 yen saved (list prices of 2025-09)",
                        "This month: 400 hours asleep, 7000 yen saved (list prices of 2025-09)",
                        "2026-12-19 (Sat): asleep",
                        "2026-12-20 (Sun): asleep",
                        "2026-12-21 (Mon): up 09:00 to 18:00");
        assertThat(facts.size()).isLessThanOrEqualTo(10);
    }

    private List<String> foreign() {
        return dev.state().stream()
                .filter(line -> line.contains("theirs-") || line.contains("foreign") || line.contains("other-stack"))
                .toList();
    }
}
