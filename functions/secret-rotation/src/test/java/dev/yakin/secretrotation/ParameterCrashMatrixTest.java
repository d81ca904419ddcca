package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.secretrotation.Killer.Killed;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same with the secret in Parameter Store: the function is killed before and after every AWS call and every SQL
 * statement; then the next look goes on, or the doctor was called first, or somebody wrote a version of his own meanwhile.
 * At every instant an independent client logs in with what a task that starts then gets.
 */
class ParameterCrashMatrixTest {
    private enum Afterwards {
        RETRIED,
        DOCTOR,
        OVERTAKEN
    }

    @Test
    void the_newest_version_logs_in_at_every_instant() {
        play(17, false);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void the_newest_version_logs_in_at_every_instant_of_each_version(int major) {
        play(major, true);
    }

    /** @param allEnds false lets the three ends take turns, to save time */
    private static void play(int major, boolean allEnds) {
        var shop = ParameterShop.running(major);
        var clean = new Run(shop, Killer.NEVER);
        clean.look();
        clean.isWell();
        var calls = clean.killer.calls();
        var tried = 0;
        for (int position = 0; position <= calls.size(); position++) {
            var ends = Afterwards.values();
            for (var afterwards : allEnds ? List.of(ends) : List.of(ends[position % ends.length])) {
                var run = new Run(shop, position);
                run.killedThen(afterwards);
                run.isWell();
                tried++;
            }
        }
        System.out.printf(
                "PostgreSQL %d, Parameter Store: %d calls, killed before and after each: %d positions, %d runs, 0 violations%n",
                major, calls.size(), 2 * calls.size(), tried);
    }

    /** One rotation that may be killed. */
    private static final class Run {
        private final ParameterShop shop;
        private final Killer killer;

        Run(ParameterShop shop, int killBefore) {
            this.shop = shop;
            killer = new Killer(killBefore, this::sample);
            shop.adopt();
        }

        void look() {
            shop.work(killer.parameters(shop.parameters), killer.database(shop.shop.jdbc()))
                    .on(new RotationEvent.Look(true));
        }

        void killedThen(Afterwards afterwards) {
            try {
                look();
            } catch (Killed _) {
                sampleNow();
            }
            killer.stopKilling();
            switch (afterwards) {
                case RETRIED -> {}
                case DOCTOR ->
                    shop.work(killer.parameters(shop.parameters), killer.database(shop.shop.jdbc()))
                            .on(new RotationEvent.CallTheDoctor(false));
                case OVERTAKEN ->
                    shop.parameters.overwrite(ParameterShop.NAME, shop.newest().text());
            }
            shop.adopt();
            look();
        }

        private void sample() {
            var last = killer.calls().getLast();
            if (last.startsWith("PutParameter") || last.equals("COMMIT")) {
                sampleNow();
            }
        }

        private void sampleNow() {
            assertThat(shop.currentLogsIn())
                    .as("the newest version logs in after %s", killer.calls())
                    .isTrue();
        }

        void isWell() {
            assertThat(shop.currentLogsIn()).isTrue();
            assertThat(shop.parameters.versions.keySet())
                    .as("nothing is pending")
                    .containsExactly(ParameterShop.NAME);
            assertThat(shop.parameters.tags).containsOnlyKeys(SecretState.ADOPTED_TAG);
        }
    }
}
