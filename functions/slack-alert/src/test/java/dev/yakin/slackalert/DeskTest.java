package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.slackalert.Reply.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One incident, one thread; grouping, storms, what planned states hide, and what Slack may answer. */
class DeskTest {
    @Test
    void an_alarm_names_the_deployment_that_is_going_on_or_has_just_ended() {
        var night = new TestingNight("2026-11-25T12:00:00");
        night.send(deployment("IN_PROGRESS", "2026-11-25T03:00:00Z")).run(Duration.ofMinutes(5));
        night.alarm("CriticalAlertsTopic", "during", "ALARM").run(Duration.ofSeconds(1));
        assertThat(night.about("during").getFirst().text())
                .contains("Possible cause: a deployment is going on, since Wed 25 Nov 12:00");
        night.send(deployment("COMPLETED", "2026-11-25T03:06:00Z")).run(Duration.ofMinutes(10));
        night.alarm("CriticalAlertsTopic", "after", "ALARM").run(Duration.ofSeconds(1));
        assertThat(night.about("after").getFirst().text())
                .contains("Possible cause: a deployment ended at Wed 25 Nov 12:06");
        night.run(Duration.ofMinutes(40))
                .alarm("CriticalAlertsTopic", "later", "ALARM")
                .run(Duration.ofSeconds(1));
        assertThat(night.about("later").getFirst().text()).doesNotContain("Possible cause");
    }

    @Test
    void an_alarm_that_was_set_by_hand_is_called_by_its_name() {
        var night = new TestingNight("2026-11-25T12:00:00");
        night.alarm("CriticalAlertsTopic", "shop-cpu", "ALARM", "ServiceName", "app")
                .run(Duration.ofSeconds(1));
        assertThat(night.slack.messages.getFirst().text())
                .startsWith("🔴 Critical: app: shop-cpu\na test")
                .doesNotContain("no data");
    }

    private static String deployment(String state, String at) {
        return """
                {"detail-type": "ECS Deployment State Change", "source": "aws.ecs", "id": "%s", "time": "%s",
                 "resources": ["arn:aws:ecs:ap-northeast-1:123456789012:service/shop/app"],
                 "detail": {"eventName": "SERVICE_DEPLOYMENT_%s", "updatedAt": "%s", "deploymentId": "ecs-svc/1"}}""".formatted(state, at, state, at);
    }

    private static final String CRITICAL = "CriticalAlertsTopic";
    private static final String WARNING = "WarningAlertsTopic";
    private static final String NOON = "2026-11-25T12:00:00";

    private final TestingNight day = new TestingNight(NOON);

    @Test
    void an_incident_is_one_thread_and_its_first_message_shows_how_it_stands() {
        day.alarm(CRITICAL, "errors", "ALARM").run(Duration.ofMinutes(12));
        day.alarm(CRITICAL, "errors", "OK").run(Duration.ofMinutes(2));
        assertThat(day.slack.inChannel()).hasSize(1);
        var first = day.slack.messages.getFirst();
        assertThat(first.edits()).isEqualTo(1);
        assertThat(first.headline()).isEqualTo("🟢 Resolved: errors");
        assertThat(first.text()).contains("Lasted: 12 min");
        assertThat(day.slack.under(first.ts())).hasSize(1);
        assertThat(day.waiting()).isZero();
    }

    @Test
    void the_course_of_the_metric_comes_with_the_next_look_and_calls_nobody() {
        day.lastValues = List.of(10.0, 40.0, 91.0);
        day.alarm(CRITICAL, "errors", "ALARM").run(Duration.ofSeconds(1));
        assertThat(day.about("▁")).isEmpty();
        day.run(Duration.ofMinutes(2));
        assertThat(day.slack.messages).hasSize(1);
        assertThat(day.slack.messages.getFirst().text()).contains("Last hour: ▁▄█");
    }

    @Test
    void replays_and_the_same_change_told_in_two_ways_post_nothing_new() {
        var at = day.now();
        var body = Incomings.sns(CRITICAL, "ALARM", "same-id", TestingNight.body(at, "errors", "ALARM"));
        day.send(body).send(body).run(Duration.ofSeconds(5));
        day.send(body).alarmAt(at, CRITICAL, "errors", "ALARM").run(Duration.ofMinutes(10));
        assertThat(day.slack.messages).hasSize(1);
    }

    @Test
    void an_ok_that_comes_first_waits_for_its_alarm_and_is_never_overtaken() {
        var rang = day.now();
        day.alarmAt(rang.plusSeconds(20), WARNING, "errors", "OK").run(Duration.ofSeconds(10));
        day.alarmAt(rang, WARNING, "errors", "ALARM").run(Duration.ofMinutes(10));
        assertThat(day.slack.messages).hasSize(1);
        assertThat(day.slack.messages.getFirst().headline()).isEqualTo("🟢 Resolved: errors");
    }

    @Test
    void what_fills_a_message_does_not_wait_for_more() {
        day.alarm(WARNING, "app-first", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(2));
        for (var i = 0; i < 70; i++) {
            day.alarm(WARNING, "app-%02d".formatted(i), "ALARM", "ServiceName", "app");
        }
        day.run(Duration.ofMinutes(2));
        var thread = day.slack.messages.getFirst().ts();
        assertThat(day.slack.under(thread)).as("two full lists at once").hasSize(2);
        day.run(Duration.ofMinutes(6));
        assertThat(day.slack.under(thread)).as("the rest after five minutes").hasSize(3);
        assertThat(day.waiting()).isZero();
    }

    @Test
    void warnings_of_one_cause_wait_for_each_other_and_more_come_into_the_thread() {
        for (var i = 0; i < 38; i++) {
            day.alarm(WARNING, "app-%02d".formatted(i), "ALARM", "ServiceName", "app");
        }
        day.run(Duration.ofMinutes(2));
        assertThat(day.slack.inChannel()).hasSize(1);
        var first = day.slack.messages.getFirst();
        assertThat(first.text()).contains("and 37 more like it");
        var listed = String.join(
                "\n",
                day.slack.under(first.ts()).stream()
                        .map(FakeWorkspace.Shown::text)
                        .toList());
        assertThat(listed.lines().filter(line -> line.startsWith("🟠 Warning: app")))
                .hasSize(37);
        day.alarm(WARNING, "app-99", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(3));
        var soon = day.slack.messages.size();
        day.run(Duration.ofMinutes(4));
        assertThat(day.slack.messages).hasSize(soon + 1);
        assertThat(day.slack.inChannel()).hasSize(1);
    }

    @Test
    void something_critical_in_a_thread_is_seen_in_the_channel_and_leads() {
        day.alarm(WARNING, "app-cpu", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(2));
        day.alarm(CRITICAL, "app-errors", "ALARM", "ServiceName", "app").run(Duration.ofSeconds(5));
        assertThat(day.slack.inChannel()).hasSize(2);
        assertThat(day.slack.messages.getFirst().headline()).startsWith("🔴 Critical");
    }

    @Test
    void many_causes_at_once_end_in_a_handful_of_messages() {
        for (var i = 0; i < 200; i++) {
            day.alarm(WARNING, "alarm-%03d".formatted(i), "ALARM");
        }
        day.run(Duration.ofMinutes(10));
        assertThat(day.slack.inChannel().size()).isLessThanOrEqualTo(Shift.STORM_CASES + 1);
        var all = String.join(
                "\n", day.slack.messages.stream().map(FakeWorkspace.Shown::text).toList());
        for (var i = 0; i < 200; i++) {
            assertThat(all).contains("alarm-%03d".formatted(i));
        }
        for (var i = 0; i < 200; i++) {
            day.alarm(WARNING, "alarm-%03d".formatted(i), "OK");
        }
        day.run(Duration.ofMinutes(15));
        assertThat(day.slack.inChannel().size()).isLessThanOrEqualTo(Shift.STORM_CASES + 1);
        assertThat(day.slack.inChannel()).allMatch(one -> one.headline().startsWith("🟢"));
    }

    @Test
    void a_failover_hides_what_follows_from_it_and_lists_it_when_it_ends() {
        day.send(Incomings.file("database-failover.json")
                .replace("2026-12-26T17:02:41.318Z", day.now().toString()));
        day.run(Duration.ofMinutes(2));
        var before = day.slack.inChannel().size();
        day.alarm(CRITICAL, "app-5xx", "ALARM", "LoadBalancer", "app/shop/1").run(Duration.ofMinutes(2));
        day.alarm(CRITICAL, "stays", "ALARM", "ServiceName", "app").run(Duration.ofMinutes(2));
        day.alarm(CRITICAL, "app-5xx", "OK", "LoadBalancer", "app/shop/1").run(Duration.ofMinutes(1));
        assertThat(day.about("app-5xx")).isEmpty();
        assertThat(day.slack.inChannel()).hasSize(before);
        day.run(Duration.ofMinutes(10));
        assertThat(day.about("alerts were hidden during the planned work")).hasSize(1);
        assertThat(day.about("alerts were hidden").getFirst().text())
                .contains("shop: CPU is back to normal")
                .contains("for 4 min");
        assertThat(day.slack.inChannel().getLast().headline()).startsWith("🔴 Critical: app");
    }

    @Test
    void sleeping_dev_hides_its_alarms_until_it_wakes() {
        day.notice("n1", "dev-asleep/shop", "info", "open", "Dev sleeps", "2026-11-26T00:00:00Z")
                .run(Duration.ofMinutes(1));
        day.alarm(CRITICAL, "shop-alb-no-healthy-target", "ALARM").run(Duration.ofHours(1));
        assertThat(day.about("no-healthy")).isEmpty();
        day.notice("n2", "dev-asleep/shop", "info", "resolved", "Dev is awake", "")
                .run(Duration.ofMinutes(2));
        assertThat(day.slack.inChannel().getLast().headline())
                .isEqualTo("<!subteam^S0123ABCD> 🔴 Critical: shop-alb-no-healthy-target");
    }

    @Test
    void a_planned_state_that_nobody_ends_ends_by_itself() {
        day.notice("n1", "secret-adoption/db", "info", "open", "Tasks adopt the secret", "2026-11-25T03:30:00Z")
                .run(Duration.ofMinutes(1));
        day.alarm(WARNING, "alb-unhealthy-targets", "ALARM").run(Duration.ofMinutes(25));
        assertThat(day.about("unhealthy")).isEmpty();
        day.run(Duration.ofMinutes(10));
        assertThat(day.about("unhealthy")).hasSize(1);
    }

    @Test
    void without_access_a_mail_goes_out_at_once_and_once_an_hour_and_nothing_is_lost() {
        var closed = new Reply.Refused("token_revoked", Refusal.ACCESS);
        day.slack.faults(() -> java.util.Optional.of(closed));
        day.alarm(CRITICAL, "errors", "ALARM").run(Duration.ofSeconds(1));
        assertThat(day.mails).containsExactly("token_revoked");
        day.run(Duration.ofMinutes(50));
        assertThat(day.mails).hasSize(1);
        day.run(Duration.ofMinutes(15));
        assertThat(day.mails).hasSize(2);
        day.slack.faults(java.util.Optional::empty);
        day.run(Duration.ofMinutes(7));
        assertThat(day.about("errors")).hasSize(1);
        assertThat(day.waiting()).isZero();
    }

    @Test
    void a_message_that_slack_refuses_goes_to_the_dead_letters_with_its_reason_and_the_others_through() {
        var bad = new Reply.Refused("invalid_blocks", Refusal.MESSAGE);
        day.slack.says(bad, bad);
        day.alarm(CRITICAL, "poison", "ALARM").alarm(CRITICAL, "good", "ALARM").run(Duration.ofMinutes(1));
        assertThat(day.deadLetters).hasSize(1);
        assertThat(day.deadLetters.getFirst()).startsWith("invalid_blocks: 🔴 Critical:");
        assertThat(day.slack.messages).hasSize(1);
        assertThat(day.waiting()).isZero();
    }

    @Test
    void a_webhook_gets_plain_messages() {
        var webhook = new TestingNight(NOON, false, "en");
        webhook.alarm(CRITICAL, "errors", "ALARM").run(Duration.ofMinutes(2));
        webhook.alarm(CRITICAL, "errors", "OK").run(Duration.ofMinutes(2));
        assertThat(webhook.slack.inChannel()).hasSize(2);
        assertThat(webhook.slack.messages.getLast().headline()).isEqualTo("🟢 Resolved: errors");
    }

    @Test
    void without_the_ledger_what_is_urgent_is_said_and_the_rest_waits() {
        var broken = new TestingNight(NOON, true, "en");
        broken.ledger.isGone(true);
        broken.alarm(CRITICAL, "errors", "ALARM").alarm(WARNING, "cpu", "ALARM").run(Duration.ofSeconds(20));
        assertThat(broken.slack.messages).hasSize(1);
        assertThat(broken.waiting()).isEqualTo(1);
        assertThat(broken.log.toString(java.nio.charset.StandardCharsets.UTF_8)).contains("the ledger is out of reach");
        broken.ledger.isGone(false);
        broken.run(Duration.ofMinutes(3));
        assertThat(broken.slack.messages).hasSize(2);
        assertThat(broken.waiting()).isZero();
    }
}
