package dev.yakin.devshutdown.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Asleep;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.EcsException;

/**
 * The process ends before or after each single call to AWS on the way to sleep and on the way back; the looks after it
 * bring everything to the same end.
 */
class KilledAnywhereTest {
    private static final String EVENING = "2026-12-10T18:00";
    private static final String NIGHT = "2026-12-10T19:00";
    private static final String MORNING = "2026-12-11T08:30";
    private static final String AT_WORK = "2026-12-11T09:00";

    @ParameterizedTest(name = "{0} to {1}, killed {2}")
    @CsvSource({
        EVENING + "," + NIGHT + ",BEFORE",
        EVENING + "," + NIGHT + ",AFTER",
        MORNING + "," + AT_WORK + ",BEFORE",
        MORNING + "," + AT_WORK + ",AFTER"
    })
    void every_position_ends_as_if_nothing_had_happened(String from, String to, FakeWorld.Kind kind) {
        var undisturbed = at(from);
        var before = undisturbed.world.calls.size();
        undisturbed.runUntil(to);
        var calls = undisturbed.world.calls.size() - before;
        for (var number = 1; number <= calls; number++) {
            var dev = at(from);
            dev.world.killAt(number, kind);
            var wasKilled = runKilled(dev, to);
            assertThat(wasKilled).as("position %d was reached", number).isTrue();
            assertThat(withoutTimes(dev)).as("position %d", number).isEqualTo(withoutTimes(undisturbed));
            assertThat(dev.titles().stream().distinct().toList())
                    .as("position %d", number)
                    .containsExactlyInAnyOrderElementsOf(undisturbed.titles());
            dev.runUntil("2026-12-11T10:00");
            assertThat(dev.state())
                    .as("position %d, the next day", number)
                    .isEqualTo(furnished().state());
        }
        System.out.printf("%s to %s: %d positions, killed %s each%n", from, to, calls, kind);
    }

    /** A whole look long; the SDK's retries, which would hide it, are not played. */
    @ParameterizedTest(name = "{0} throttled")
    @ValueSource(
            strings = {
                "ssm:GetParameters",
                "tag:GetResources",
                "ecs:DescribeServices",
                "application-autoscaling:DescribeScalableTargets",
                "rds:DescribeDBInstances",
                "rds:DescribeDBClusters",
                "sns:Publish",
                "ssm:PutParameter",
                "ecs:TagResource",
                "application-autoscaling:RegisterScalableTarget",
                "ecs:UpdateService",
                "ecs:UntagResource",
                "rds:AddTagsToResource",
                "rds:StopDBInstance",
                "rds:StopDBCluster",
                "rds:StartDBInstance",
                "rds:StartDBCluster",
                "rds:RemoveTagsFromResource"
            })
    void a_call_that_is_refused_for_ten_minutes_is_made_good(String call) {
        for (var start : List.of(EVENING, MORNING)) {
            var dev = at(start);
            dev.world.refuse(
                    call::equals,
                    () -> EcsException.builder().message("Rate exceeded").build());
            for (var look = 0; look < 3; look++) {
                failing(dev);
                dev.world.now = dev.world.now.plusSeconds(300);
            }
            dev.world.heal();
            dev.runUntil(start.equals(EVENING) ? NIGHT : AT_WORK);
            assertThat(dev.ecs.get("app").running).as(start).isEqualTo(start.equals(EVENING) ? 0 : 3);
            theNextMorning(dev);
            assertThat(dev.state()).as(start).isEqualTo(furnished().state());
        }
    }

    @Test
    void one_service_that_cannot_be_changed_does_not_keep_the_others_up() {
        var dev = at(EVENING);
        dev.world.refuse(
                "rds:StopDBCluster"::equals,
                () -> EcsException.builder().message("no").build());
        for (var look = 0; look < 3; look++) {
            failing(dev);
            dev.world.now = dev.world.now.plusSeconds(300);
            dev.ecs.tick();
            dev.rds.tick();
        }
        assertThat(dev.ecs.get("app").running).isZero();
        assertThat(dev.rds.get("db:orders").status()).isEqualTo("stopped");
        assertThat(dev.rds.get("cluster:users").status()).isEqualTo("available");
    }

    private static void failing(TestDev dev) {
        try {
            dev.look();
        } catch (PlanFailedException | EcsException e) {
            // Lambda's error alarm; the next look goes on.
        }
        dev.ecs.tick();
        dev.rds.tick();
    }

    /** The night itself is quiet; it need not be waited for. */
    private static void theNextMorning(TestDev dev) {
        if (dev.world.now.isBefore(TestDev.tokyo(MORNING))) {
            dev.world.now = TestDev.tokyo(MORNING);
        }
        dev.runUntil("2026-12-11T09:20");
    }

    private static TestDev furnished() {
        return new TestDev("2026-12-10T17:50").furnished();
    }

    private static TestDev at(String from) {
        var dev = furnished();
        dev.runUntil(from.equals(MORNING) ? NIGHT : from);
        dev.world.now = TestDev.tokyo(from);
        return dev;
    }

    /** Lambda tries again after a minute, and the schedule goes on. */
    private static boolean runKilled(TestDev dev, String to) {
        try {
            dev.runUntil(to);
            return false;
        } catch (FakeWorld.Killed e) {
            dev.world.heal();
            dev.world.now = dev.world.now.plusSeconds(60);
            dev.runUntil(to);
            return true;
        }
    }

    /** When something was put to bed may differ by the minute that was lost; what it goes back to may not. */
    private static List<String> withoutTimes(TestDev dev) {
        return dev.state().stream()
                .map(line -> line.replaceAll("since=[^,}]*", "since"))
                .toList();
    }

    @Test
    void the_tag_is_written_before_anything_is_changed_and_never_with_sleeping_values() {
        var dev = at(EVENING);
        dev.look();
        var tag = dev.world.calls.indexOf("ecs:TagResource");
        assertThat(tag).isLessThan(dev.world.calls.indexOf("application-autoscaling:RegisterScalableTarget"));
        assertThat(tag).isLessThan(dev.world.calls.indexOf("ecs:UpdateService"));
        Map<String, String> tags = dev.ecs.get("app").tags;
        assertThat(tags.get(Asleep.TAG)).startsWith("desired=3 min=2 max=10 since=2026-12-10T09:00:00Z");
        assertThat(dev.ecs.get("worker").tags.get(Asleep.TAG)).startsWith("desired=1 since=");
        assertThat(dev.ecs.get("paused").tags.get(Asleep.TAG)).startsWith("desired=0 min=2 max=4 suspended=scheduled");
    }
}
