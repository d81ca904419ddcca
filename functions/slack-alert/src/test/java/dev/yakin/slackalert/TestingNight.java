package dev.yakin.slackalert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yakin.shared.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A night in virtual time: the queue with its visibility, workers that die, the look of every minute, and a Slack that
 * limits. The desk is the real one.
 */
public final class TestingNight {
    /** 2026-12-29 to 2027-01-03 are no work days here, and 23 November is a public holiday. */
    static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.parse("2026-11-23"), LocalDate.parse("2027-01-01"));

    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    static final Duration VISIBILITY = Duration.ofMinutes(6);
    private static final int BATCH = 10;

    private static final class Queued {
        final Letter letter;
        Instant visible;
        int tries;

        Queued(Letter letter, Instant visible) {
            this.letter = letter;
            this.visible = visible;
        }
    }

    public final Calls calls = new Calls();
    public final FakeWorkspace slack;
    public final FakeLedger ledger = new FakeLedger(calls);
    public final List<String> mails = new ArrayList<>();
    public final List<String> deadLetters = new ArrayList<>();
    public final Map<String, Instant> alarmsOver = new HashMap<>();
    public final ByteArrayOutputStream log = new ByteArrayOutputStream();
    public List<Double> lastValues = List.of();
    public int kills;
    public int looksFailed;
    private final List<Queued> queue = new ArrayList<>();
    private Instant now;
    private int letters;
    private int invocations;
    private Desk desk;

    public TestingNight(String localTime) {
        this(localTime, true, "en");
    }

    public TestingNight(String localTime, boolean threads, String language) {
        now = java.time.LocalDateTime.parse(localTime).atZone(TOKYO).toInstant();
        slack = new FakeWorkspace(this::now, calls, threads);
        desk = newDesk(language);
    }

    private Desk newDesk(String language) {
        return new Desk(
                new Reading(Optional.empty()),
                Incomings.rendering(language),
                slack,
                ledger,
                hours(),
                2,
                new Trouble() {
                    @Override
                    public void noAccess(String error) {
                        mails.add(error);
                    }

                    @Override
                    public void undeliverable(String cause, String text, String error) {
                        deadLetters.add(error + ": " + text.lines().findFirst().orElse(""));
                    }
                },
                new AlarmsNow() {
                    @Override
                    public Map<String, Instant> over(List<String> names) {
                        return alarmsOver;
                    }

                    @Override
                    public List<Double> lastValues(String name, Instant at) {
                        return lastValues;
                    }
                },
                new Journal("s", "slack-alert", Clock.fixed(now, ZoneOffset.UTC), new PrintStream(log, true, UTF_8)));
    }

    static Hours hours() {
        return new Hours(
                TOKYO,
                LocalTime.of(9, 0),
                LocalTime.of(21, 0),
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
                HOLIDAYS::contains);
    }

    public Instant now() {
        return now;
    }

    /** Of each message at the top level about an alarm: was anybody called when it was posted? */
    public List<Boolean> calledOnPosting() {
        return slack.firstTexts.values().stream()
                .filter(text -> text.contains("🔴"))
                .map(text -> text.contains("<!subteam"))
                .toList();
    }

    public List<FakeWorkspace.Shown> about(String word) {
        return slack.messages.stream().filter(one -> one.text().contains(word)).toList();
    }

    public int waiting() {
        return queue.size();
    }

    public TestingNight at(String localTime) {
        var until = java.time.LocalDateTime.parse(localTime).atZone(TOKYO).toInstant();
        run(Duration.between(now, until));
        return this;
    }

    /** Lets time pass in which nothing runs at all. */
    public TestingNight skip(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** Puts a message into the queue. */
    public TestingNight send(String body) {
        letters++;
        queue.add(new Queued(new Letter("letter-" + letters, "r", body, now, 1), now));
        return this;
    }

    /** A CloudWatch alarm as SNS tells it, now. */
    public TestingNight alarm(String topic, String name, String state, String... dimension) {
        return alarmAt(now, topic, name, state, dimension);
    }

    public TestingNight alarmAt(Instant at, String topic, String name, String state, String... dimension) {
        return send(Incomings.sns(topic, state, "m-" + letters, body(at, name, state, dimension)));
    }

    /** @return what was put into the queue */
    public String send(String topic, String name, Instant at, boolean isOver) {
        var cause = name.substring(0, name.indexOf('-'));
        var body = Incomings.sns(topic, "", "m-" + letters, plain(at, name, isOver ? "OK" : "ALARM", cause));
        send(body);
        return body;
    }

    // Without a metric that has words of its own the title is the alarm's name.
    private static String plain(Instant at, String name, String state, String cause) {
        return """
                {"AlarmName": "%s", "NewStateValue": "%s", "OldStateValue": "OK", "StateChangeTime": "%s",
                 "NewStateReason": "1 datapoint [91.0 (25/11/26 03:00:00)]", "Trigger": {"MetricName": "%s", "Namespace": "Shop",
                 "Dimensions": [{"name": "ServiceName", "value": "%s"}]},
                 "AlarmArn": "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:%s"}""".formatted(name, state, at, name, cause, name);
    }

    static String body(Instant at, String name, String state, String... dimension) {
        var trigger = dimension.length < 2 ? "" : """
                , "Trigger": {"MetricName": "CPUUtilization", "Namespace": "AWS/ECS", "Threshold": 80.0,
                 "Dimensions": [{"name": "%s", "value": "%s"}]}""".formatted(dimension[0], dimension[1]);
        return """
                {"AlarmName": "%s", "NewStateValue": "%s", "OldStateValue": "OK", "StateChangeTime": "%s",
                 "NewStateReason": "a test",
                 "AlarmArn": "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:%s"%s}""".formatted(name, state, at, name, trigger);
    }

    public TestingNight notice(String id, String key, String severity, String state, String title, String until) {
        return send(Incomings.sns("NoticesTopic", "", "n-" + letters, """
                {"id": "%s", "source": "test", "severity": "%s", "key": "%s", "state": "%s", "title": "%s",
                 "facts": [], "links": [], "at": "%s"%s}""".formatted(
                id, severity, key, state, title, now, until.isEmpty() ? "" : ", \"until\": \"" + until + "\"")));
    }

    /** Lets time pass: a second at a time, the look at each full minute. */
    public TestingNight run(Duration time) {
        for (var second = 0; second < time.toSeconds(); second++) {
            if (queue.isEmpty() && now.getEpochSecond() % 60 != 0) {
                now = now.plusSeconds(1);
                continue;
            }
            if (now.getEpochSecond() % 60 == 0) {
                look();
            }
            work();
            work();
            now = now.plusSeconds(1);
        }
        return this;
    }

    public void look() {
        try {
            desk.look(owner(), this::now, () -> true);
        } catch (Calls.KilledError e) {
            kills++;
            calls.spare();
        } catch (Ledger.UnavailableException e) {
            looksFailed++;
        }
    }

    private String owner() {
        invocations++;
        return "invocation-" + invocations;
    }

    /** One batch of what is visible; one that dies leaves its letters invisible for a while. */
    private void work() {
        var batch = queue.stream()
                .filter(one -> !one.visible.isAfter(now))
                .sorted(Comparator.comparingInt(one -> one.letter.id().hashCode()))
                .limit(BATCH)
                .toList();
        if (batch.isEmpty()) {
            return;
        }
        batch.forEach(one -> {
            one.visible = now.plus(VISIBILITY);
            one.tries++;
        });
        try {
            var letters = batch.stream()
                    .map(one -> new Letter(one.letter.id(), "r", one.letter.body(), one.letter.sent(), one.tries))
                    .toList();
            for (var outcome :
                    desk.take(letters, owner(), this::now, () -> true).outcomes()) {
                settle(outcome);
            }
        } catch (Calls.KilledError e) {
            kills++;
            calls.spare();
        }
    }

    private void settle(Outcome outcome) {
        if (outcome.isDone()) {
            queue.removeIf(one -> one.letter.id().equals(outcome.letter().id()));
        } else {
            outcome.delay()
                    .ifPresent(delay -> queue.stream()
                            .filter(one ->
                                    one.letter.id().equals(outcome.letter().id()))
                            .forEach(one -> one.visible = now.plus(delay)));
        }
    }
}
