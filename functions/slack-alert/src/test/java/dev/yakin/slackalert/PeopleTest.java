package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who hears what, and when: staffed hours, holidays, the budget of calls, the digest, the repeat. Times are Tokyo's. */
class PeopleTest {
    private static final String CRITICAL = "CriticalAlertsTopic";
    private static final String WARNING = "WarningAlertsTopic";
    private static final String CALL = "<!subteam^S0123ABCD>";

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T08:59:59 | warning  | held | a second before work
            2026-11-24T09:00:00 | warning  | soon | work begins
            2026-11-24T20:59:59 | warning  | soon | the last second of work
            2026-11-24T21:00:00 | warning  | held | work is over
            2026-11-21T12:00:00 | warning  | held | Saturday
            2026-11-23T12:00:00 | warning  | held | a holiday on a Monday
            2026-11-24T08:59:59 | critical | call | a second before work
            2026-11-24T09:00:00 | critical | post | work begins: they are there
            2026-11-24T20:59:59 | critical | post | the last second of work
            2026-11-24T21:00:00 | critical | call | work is over
            2026-11-23T12:00:00 | critical | call | a holiday on a Monday
            """)
    void by_the_clock(String at, String severity, String what, String why) {
        var night = new TestingNight(at);
        night.alarm(severity.equals("critical") ? CRITICAL : WARNING, "cpu", "ALARM")
                .run(Duration.ofSeconds(1));
        var atOnce = night.about("cpu").size();
        // not past nine, when the digest comes
        night.run(Duration.ofSeconds(at.contains("08:59") ? 0 : 120));
        switch (what) {
            case "held" -> assertThat(night.about("cpu")).isEmpty();
            case "soon" -> {
                assertThat(atOnce).isZero();
                assertThat(night.about("cpu")).hasSize(1);
            }
            case "post" -> assertThat(night.about("cpu").getFirst().text()).doesNotContain(CALL);
            default -> assertThat(night.about("cpu").getFirst().text()).startsWith(CALL);
        }
        assertThat(night.waiting()).isZero();
    }

    @Test
    void the_third_call_of_a_month_is_posted_without_a_call_and_says_so() {
        var night = new TestingNight("2026-11-03T02:00:00");
        for (var day = 3; day < 6; day++) {
            night.at("2026-11-0%dT02:30:00".formatted(day))
                    .alarm(CRITICAL, "cpu-" + day, "ALARM")
                    .run(Duration.ofSeconds(5));
            night.alarm(CRITICAL, "cpu-" + day, "OK").run(Duration.ofMinutes(5));
        }
        var roots = night.slack.messages.stream()
                .filter(one -> one.thread().isEmpty() && one.text().contains("cpu"))
                .toList();
        assertThat(roots).hasSize(3);
        var calls = night.slack.messages.stream()
                .filter(one -> one.text().contains(CALL))
                .count();
        assertThat(calls).isLessThanOrEqualTo(2);
        assertThat(night.calledOnPosting()).containsExactly(true, true, false);
    }

    @Test
    void december_has_its_own_calls_and_an_outage_always_calls() {
        var night = new TestingNight("2026-11-28T22:00:00");
        night.alarm(CRITICAL, "a", "ALARM").run(Duration.ofMinutes(1));
        night.alarm(CRITICAL, "b", "ALARM").run(Duration.ofMinutes(1));
        night.alarm(CRITICAL, "c", "ALARM").run(Duration.ofMinutes(1));
        night.alarm(CRITICAL, "shop-alb-no-healthy-target", "ALARM").run(Duration.ofMinutes(1));
        night.at("2026-12-01T02:00:00").alarm(CRITICAL, "d", "ALARM").run(Duration.ofMinutes(1));
        var first = night.slack.messages.stream()
                .filter(one -> one.thread().isEmpty() && one.text().contains("🔴"))
                .map(one -> one.text().contains(CALL))
                .toList();
        assertThat(first).containsExactly(true, true, false, true, true);
        assertThat(night.slack.messages.get(2).text()).contains("Nobody was called");
    }

    @Test
    void the_digest_says_what_is_over_and_what_still_burns_since_when() {
        var night = new TestingNight("2026-11-21T03:00:00");
        night.alarm(WARNING, "burns", "ALARM").run(Duration.ofMinutes(1));
        night.alarm(WARNING, "over", "ALARM").run(Duration.ofMinutes(10));
        night.alarm(WARNING, "over", "OK").run(Duration.ofMinutes(1));
        night.alarm(WARNING, "unheard", "ALARM").run(Duration.ofMinutes(1));
        // Its OK was never told to us; CloudWatch knows.
        night.alarmsOver.put("unheard", Instant.parse("2026-11-20T20:00:00Z"));
        night.at("2026-11-24T08:59:30");
        assertThat(night.slack.messages).isEmpty();
        night.run(Duration.ofMinutes(2));
        var digest = night.slack.messages.getFirst().text();
        assertThat(digest)
                .contains("3 warnings of the night, 1 still burning")
                .contains("Still burning: 1\n🟠 Warning: burns (Sat 21 Nov 03:00)")
                .contains("Over: 2\n🟢 Resolved: over (Sat 21 Nov 03:01, for 10 min)")
                .contains("🟢 Resolved: unheard (Sat 21 Nov 03:12, for 1 h 48 min)");
        night.run(Duration.ofHours(3));
        assertThat(night.slack.messages.stream().filter(one -> one.text().contains("of the night")))
                .hasSize(1);
        night.alarm(WARNING, "burns", "OK").run(Duration.ofMinutes(2));
        assertThat(night.slack.messages.getLast().headline()).isEqualTo("🟢 Resolved: burns");
    }

    @Test
    void a_quiet_night_has_no_digest_and_a_week_has_its_sign_of_life() {
        var night = new TestingNight("2026-11-20T22:00:00");
        night.at("2026-11-25T10:00:00");
        assertThat(night.slack.messages).hasSize(1);
        assertThat(night.slack.messages.getFirst().at()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(night.slack.messages.getFirst().text()).contains("The night shift is on duty");
        night.at("2026-12-01T10:00:00");
        assertThat(night.slack.messages).hasSize(2);
    }

    @Test
    void the_sign_of_life_says_what_the_night_shift_did() {
        var night = new TestingNight("2026-11-24T12:00:00");
        for (var day = 1; day <= 3; day++) {
            night.notice("sleep-" + day, "dev-asleep/shop", "info", "open", "dev goes to sleep", "")
                    .run(Duration.ofMinutes(1));
            night.notice("wake-" + day, "dev-asleep/shop", "info", "resolved", "dev is up", "")
                    .run(Duration.ofMinutes(1));
        }
        night.notice("warm", "sale-warm-up/shop/winter", "info", "open", "warming up", "")
                .notice("max", "at-max/app/winter", "warning", "open", "at its max", "")
                .run(Duration.ofMinutes(10));
        night.skip(Duration.ofDays(6)).at("2026-11-30T21:30:00").at("2026-12-01T09:02:00");
        var duty = night.about("The night shift is on duty").getFirst().text();
        assertThat(duty)
                .contains("Nights of dev: 3")
                .contains("Sales warmed up: 1")
                .contains("Other notices: 1")
                .contains("Calls at night this month: 0");
    }

    @Test
    void what_still_burns_is_said_again_after_four_hours_and_calls_within_the_budget() {
        var night = new TestingNight("2026-11-24T22:00:00");
        night.alarm(CRITICAL, "db", "ALARM").run(Duration.ofHours(3).plusMinutes(59));
        assertThat(night.slack.messages).hasSize(1);
        night.run(Duration.ofMinutes(3));
        assertThat(night.slack.messages).hasSize(2);
        var repeat = night.slack.messages.getLast();
        assertThat(repeat.inChannel()).isTrue();
        assertThat(repeat.text()).startsWith(CALL).contains("Still burning after 4 h: db");
        night.run(Duration.ofHours(4));
        assertThat(night.slack.messages.getLast().text())
                .contains("Nobody was called")
                .doesNotContain(CALL);
        night.alarm(CRITICAL, "db", "OK").run(Duration.ofHours(6));
        assertThat(night.slack.messages)
                .filteredOn(one -> one.text().contains("Still burning"))
                .hasSize(2);
    }

    @Test
    void a_second_critical_in_a_thread_calls_only_whoever_was_not_called_yet() {
        var night = new TestingNight("2026-11-24T20:30:00");
        night.alarm(CRITICAL, "app-errors", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(1));
        assertThat(night.slack.messages)
                .extracting(one -> one.text().contains(CALL))
                .containsExactly(false);
        night.at("2026-11-24T21:30:00")
                .alarm(CRITICAL, "app-slow", "ALARM", "ServiceName", "app")
                .run(Duration.ofMinutes(1));
        assertThat(night.slack.messages.getLast().text())
                .as("they have gone home since")
                .startsWith(CALL)
                .contains("app-slow");
        night.at("2026-11-24T22:30:00")
                .alarm(CRITICAL, "app-memory", "ALARM", "ServiceName", "app")
                .run(Duration.ofMinutes(1));
        var third = night.slack.messages.getLast();
        assertThat(third.text()).contains("app-memory").doesNotContain(CALL);
        assertThat(third.inChannel()).as("seen, but they are awake already").isTrue();
    }

    @Test
    void a_long_digest_says_how_many_more_there_are_and_tells_them_in_its_thread() {
        var night = new TestingNight("2026-11-21T03:00:00");
        for (var number = 10; number < 55; number++) {
            night.alarm(WARNING, "burns-" + number, "ALARM");
        }
        night.run(Duration.ofMinutes(2)).skip(Duration.ofHours(76)).at("2026-11-24T09:05:00");
        var digest = night.slack.messages.getFirst();
        assertThat(digest.text())
                .contains("45 warnings of the night, 45 still burning")
                .contains("and 15 more like it (listed in the thread)");
        var under = night.slack.under(digest.ts());
        assertThat(under).hasSize(1);
        assertThat(under.getFirst().text()).contains("The list goes on: 15 more");
        for (var number = 10; number < 55; number++) {
            var name = "burns-" + number;
            assertThat(night.slack.messages.stream().filter(one -> one.text().contains(name)))
                    .as(name)
                    .hasSize(1);
        }
    }

    @Test
    void a_warning_joins_what_people_were_already_told_of_also_at_night() {
        var night = new TestingNight("2026-11-24T22:00:00");
        night.alarm(CRITICAL, "app-errors", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(1));
        night.alarm(WARNING, "app-cpu", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(10));
        assertThat(night.slack.inChannel()).hasSize(1);
        assertThat(night.slack.messages).hasSize(2);
        assertThat(night.slack.messages.getLast().thread())
                .isEqualTo(night.slack.messages.getFirst().ts());
    }
}
