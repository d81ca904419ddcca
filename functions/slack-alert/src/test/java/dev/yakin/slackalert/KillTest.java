package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies before or after each of its calls to the ledger and to Slack; the next look repairs it. */
class KillTest {
    record Story(
            String name,
            String begins,
            Consumer<TestingNight> before,
            Consumer<TestingNight> act,
            Duration after,
            String said) {}

    private static final Story ALARM = new Story(
            "an alarm rings",
            "2026-11-25T12:00:01",
            night -> {},
            night -> night.alarm("CriticalAlertsTopic", "errors", "ALARM"),
            Duration.ofMinutes(12),
            "🔴 Critical: errors");

    private static final Story OVER = new Story(
            "an alarm is over",
            "2026-11-25T12:00:01",
            night -> night.alarm("CriticalAlertsTopic", "errors", "ALARM").run(Duration.ofMinutes(1)),
            night -> night.alarm("CriticalAlertsTopic", "errors", "OK"),
            Duration.ofMinutes(12),
            "🟢 Resolved: errors");

    private static final Story DIGEST = new Story(
            "the morning's digest",
            "2026-11-25T05:00:01",
            night -> night.alarm("WarningAlertsTopic", "cpu", "ALARM").at("2026-11-25T08:59:58"),
            night -> {},
            Duration.ofMinutes(12),
            "1 warnings of the night, 1 still burning");

    private static final Story HIDDEN = new Story(
            "planned work ends",
            "2026-11-25T12:00:01",
            night -> night.notice("n", "secret-adoption/db", "info", "open", "Adopting", "2026-11-25T03:30:00Z")
                    .alarm("WarningAlertsTopic", "alb-unhealthy", "ALARM")
                    .at("2026-11-25T12:29:58"),
            night -> {},
            Duration.ofMinutes(12),
            "🟠 Warning: alb-unhealthy");

    private static final Story AT_REST = new Story(
            "a case is put away, and is needed again",
            "2026-11-24T12:00:01",
            night -> night.alarm("CriticalAlertsTopic", "errors", "ALARM")
                    .run(Duration.ofMinutes(1))
                    .alarm("CriticalAlertsTopic", "errors", "OK")
                    .run(Duration.ofMinutes(10))
                    .skip(Duration.ofHours(25)),
            night -> night.run(Duration.ofMinutes(2)).alarm("CriticalAlertsTopic", "errors", "ALARM"),
            Duration.ofMinutes(12),
            "🔴 Critical: errors");

    static Stream<Arguments> each_call() {
        return Stream.of(ALARM, OVER, DIGEST, HIDDEN, AT_REST).flatMap(story -> {
            var night = prepared(story);
            var before = night.calls.count();
            play(night, story);
            var calls = Math.min(40, night.calls.count() - before);
            return Stream.iterate(1, n -> n <= calls, n -> n + 1)
                    .flatMap(n -> Stream.of(
                            Arguments.of(story.name(), story, n, false), Arguments.of(story.name(), story, n, true)));
        });
    }

    @ParameterizedTest(name = "{0}: call {2}, after it: {3}")
    @MethodSource
    void each_call(String name, Story story, int call, boolean after) {
        var night = prepared(story);
        night.calls.killAt(call, after);
        play(night, story);
        assertThat(night.waiting()).isZero();
        assertThat(night.slack.said.stream()
                        .filter(text -> text.contains(story.said()))
                        .count())
                .as("said once, or twice where the worker died after Slack had it")
                .isBetween(1L, 3L);
        var roots = night.slack.messages.stream()
                .filter(one -> one.thread().isEmpty())
                .count();
        assertThat(roots).isBetween(1L, 3L);
        assertThat(night.deadLetters).isEmpty();
    }

    private static TestingNight prepared(Story story) {
        var night = new TestingNight(story.begins());
        story.before().accept(night);
        return night;
    }

    private static void play(TestingNight night, Story story) {
        story.act().accept(night);
        night.run(story.after());
    }
}
