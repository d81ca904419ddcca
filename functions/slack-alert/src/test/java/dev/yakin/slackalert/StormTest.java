package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand alarms within a minute, a fifth of Slack's answers a fault, workers killed at random calls; beside it the
 * algorithm that is commonly used (post once, take any answer for success), against the same Slack. Virtual time.
 */
class StormTest {
    private static final int ALARMS = 1_000;
    private static final int CAUSES = 40;

    private record Rings(String name, Instant at, boolean critical, boolean over) {}

    @ParameterizedTest
    @ValueSource(longs = {2026})
    void nothing_is_lost_and_nothing_overtakes(long seed) {
        var random = new SplittableRandom(seed);
        var night = new TestingNight("2026-11-25T12:00:00");
        night.slack.faults(() -> fault(random));
        var alarms = storm(night.now(), random);
        var peer = new Peer(random);
        for (var second = 0; second < 60; second++) {
            var now = night.now();
            for (var alarm : alarms) {
                if (alarm.at().getEpochSecond() == now.getEpochSecond()) {
                    var body = night.send(
                            alarm.critical() ? "CriticalAlertsTopic" : "WarningAlertsTopic",
                            alarm.name(),
                            alarm.at(),
                            alarm.over());
                    peer.take(body, now);
                }
            }
            // Every few seconds a worker dies somewhere among its next calls.
            if (random.nextInt(4) == 0) {
                night.calls.killAt(1 + random.nextInt(60), random.nextBoolean());
            }
            night.run(Duration.ofSeconds(1));
        }
        var storms = night.calls.count();
        night.run(Duration.ofMinutes(45));
        var verdict = judge(night, alarms);
        System.out.printf(
                "storm %d: %d alarms, %d faults, %d workers killed: lost %d, out of order %d, said twice %d, in the channel %d, in threads %d, too fast %d, first critical after %d s | the common way: lost %d of %d%n",
                seed,
                alarms.size(),
                faults,
                night.kills,
                verdict.lost().size(),
                verdict.outOfOrder(),
                verdict.twice(),
                night.slack.inChannel().size(),
                night.slack.messages.size() - night.slack.inChannel().size(),
                night.slack.refusedForPace(),
                verdict.firstCritical().toSeconds(),
                peer.lost,
                alarms.size());
        assertThat(storms).isPositive();
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.outOfOrder()).isZero();
        assertThat(night.kills).isPositive();
        assertThat(verdict.twice()).isLessThanOrEqualTo(night.kills * SlackLimits.LINES_SHOWN);
        assertThat(verdict.firstCritical()).isLessThan(Duration.ofSeconds(60));
        assertThat(night.slack.inChannel().size()).isLessThanOrEqualTo(30);
        assertThat(night.waiting()).isZero();
        assertThat(night.deadLetters).isEmpty();
        assertThat(peer.lost).isGreaterThan(ALARMS / 2);
    }

    private int faults;

    private Optional<Reply> fault(SplittableRandom random) {
        if (random.nextInt(5) != 0) {
            return Optional.empty();
        }
        faults++;
        return Optional.of(
                switch (random.nextInt(3)) {
                    case 0 -> new Reply.RateLimited(Duration.ofSeconds(1 + random.nextInt(10)));
                    case 1 -> new Reply.Unavailable("Slack answered 500");
                    default -> new Reply.Unavailable("no answer from Slack: SocketTimeoutException");
                });
    }

    // Nine in ten ring and go on; one in ten is over some seconds later.
    private static List<Rings> storm(Instant begin, SplittableRandom random) {
        var alarms = new ArrayList<Rings>();
        for (var i = 0; i < ALARMS; i++) {
            var at = begin.plusSeconds(random.nextInt(50));
            var name = "c%02d-alarm-%04d".formatted(i % CAUSES, i);
            var critical = i % 7 == 0;
            alarms.add(new Rings(name, at, critical, false));
            if (i % 10 == 0) {
                alarms.add(new Rings(name, at.plusSeconds(1 + random.nextInt(9)), critical, true));
            }
        }
        return alarms;
    }

    private record Verdict(List<String> lost, int outOfOrder, int twice, Duration firstCritical) {}

    private static Verdict judge(TestingNight night, List<Rings> alarms) {
        var open = new HashMap<String, Integer>();
        var over = new HashMap<String, Integer>();
        var outOfOrder = new HashSet<String>();
        for (var said : night.slack.said) {
            for (var alarm : alarms) {
                if (!said.contains(alarm.name())) {
                    continue;
                }
                var line = said.lines()
                        .filter(one -> one.contains(alarm.name()))
                        .findFirst()
                        .orElse("");
                var isOver = line.startsWith("🟢") || said.startsWith("🟢");
                if (isOver && alarm.over()) {
                    over.merge(alarm.name(), 1, Integer::sum);
                } else if (!isOver && !alarm.over()) {
                    open.merge(alarm.name(), 1, Integer::sum);
                    if (over.containsKey(alarm.name())) {
                        outOfOrder.add(alarm.name());
                    }
                }
            }
        }
        var lost = new ArrayList<String>();
        for (var alarm : alarms) {
            var wasSaid = (alarm.over() ? over : open).containsKey(alarm.name());
            // Over before anybody could be told: one line says both.
            var saidByItsEnd = !alarm.over() && over.containsKey(alarm.name());
            if (!wasSaid && !saidByItsEnd) {
                lost.add(alarm.name() + (alarm.over() ? " OK" : ""));
            }
        }
        var twice = open.values().stream().mapToInt(n -> n - 1).sum()
                + over.values().stream().mapToInt(n -> n - 1).sum();
        var firstRings = alarms.stream()
                .filter(Rings::critical)
                .map(Rings::at)
                .min(Instant::compareTo)
                .orElseThrow();
        var firstSaid = night.slack.messages.stream()
                .filter(one -> one.text().contains("🔴"))
                .map(FakeWorkspace.Shown::at)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Verdict(lost, outOfOrder.size(), twice, Duration.between(firstRings, firstSaid));
    }

    /** Posts each message once; whatever Slack answers, the message counts as delivered. */
    private static final class Peer {
        private final SplittableRandom random;
        private final Map<Long, Integer> bySecond = new LinkedHashMap<>();
        private double tokens = 5;
        private Instant filled = Instant.EPOCH;
        int lost;

        Peer(SplittableRandom random) {
            this.random = random.split();
        }

        void take(String body, Instant now) {
            bySecond.merge(now.getEpochSecond(), body.length(), Integer::sum);
            tokens = Math.min(
                    5, tokens + Math.min(60, Duration.between(filled, now).toSeconds()));
            filled = now;
            var isFault = random.nextInt(5) == 0;
            if (isFault || tokens < 1) {
                lost++;
            } else {
                tokens--;
            }
        }
    }
}
