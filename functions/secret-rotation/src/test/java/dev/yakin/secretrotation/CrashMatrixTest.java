package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.secretrotation.Killer.Killed;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The function is killed before and after every AWS call and every SQL statement; then the rotation is retried,
 * cancelled and begun anew, or replaced while the old one still calls. At every instant an independent client logs in
 * with AWSCURRENT.
 */
class CrashMatrixTest {
    private enum Afterwards {
        RETRIED,
        CANCELLED,
        REPLACED
    }

    @ParameterizedTest
    @CsvSource({"17, true", "17, false"})
    void AWSCURRENT_logs_in_at_every_instant(int major, boolean first) {
        play(major, first);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"14, true", "14, false", "15, true", "15, false", "16, true", "16, false"})
    void AWSCURRENT_logs_in_at_every_instant_of_older_versions(int major, boolean first) {
        play(major, first);
    }

    private static void play(int major, boolean first) {
        IntFunction<Shop> shops = first ? Shop::fresh : Shop::running;
        var clean = new Run(shops.apply(major), Killer.NEVER, !first);
        clean.rotate();
        clean.isWell();
        var calls = clean.killer.calls();
        var ends = Afterwards.values();
        var tried = 0;
        for (int position = 0; position <= calls.size(); position++) {
            // A new stack for each position is slow, so there the ends take turns.
            for (var afterwards : first ? List.of(ends[position % ends.length]) : List.of(ends)) {
                // What has recovered is a shop that was rotated before: the next kill may have it.
                var run = new Run(first ? shops.apply(major) : clean.shop, position, !first);
                run.killedThen(afterwards);
                run.isWell();
                tried++;
            }
        }
        System.out.printf(
                "PostgreSQL %d, %s rotation: %d calls, killed before and after each: %d positions, %d runs, 0 violations%n",
                major, first ? "first" : "next", calls.size(), 2 * calls.size(), tried);
    }

    /** One rotation that may be killed. */
    private static final class Run {
        private final Shop shop;
        private final Killer killer;
        private boolean hasLoggedIn;

        Run(Shop shop, int killBefore, boolean logsInAlready) {
            this.shop = shop;
            this.hasLoggedIn = logsInAlready;
            killer = new Killer(killBefore, this::sample);
            shop.vault.adopt();
        }

        void rotate() {
            Shop.drive(rotation(), shop.vault.rotate());
        }

        void killedThen(Afterwards afterwards) {
            var token = shop.vault.rotate();
            try {
                Shop.drive(rotation(), token);
            } catch (Killed _) {
                sampleNow();
            }
            killer.stopKilling();
            switch (afterwards) {
                case RETRIED -> {}
                case CANCELLED -> {
                    shop.vault.cancel();
                    shop.vault.removeAnyPending();
                }
                case REPLACED -> {
                    shop.vault.removeAnyPending();
                    shop.vault.rotate();
                    lateStepsOf(token);
                }
            }
            shop.vault.adopt();
            rotate();
            lateStepsOf(token);
        }

        /** Steps of a rotation that is over: they change nothing. */
        private void lateStepsOf(String token) {
            for (var step : List.of(RotationStep.SET, RotationStep.FINISH)) {
                if (shop.vault.describe().has(token, Vault.CURRENT)) {
                    rotation().step(step, token);
                } else if (!shop.vault.describe().has(token, Vault.PENDING)) {
                    assertThatThrownBy(() -> rotation().step(step, token)).hasMessageContaining("STALE");
                }
            }
        }

        private Rotation rotation() {
            return shop.rotation(killer.vault(shop.vault), killer.database(shop.jdbc()));
        }

        /** Only these change which password logs in or which is current; between them is one instant. */
        private void sample() {
            var last = killer.calls().getLast();
            if (last.endsWith("AWSCURRENT") || last.equals("COMMIT")) {
                sampleNow();
            }
        }

        /** A new stack's user does not exist before its first rotation; from then on it always logs in. */
        private void sampleNow() {
            var logsIn = shop.currentLogsIn();
            assertThat(logsIn || !hasLoggedIn)
                    .as("AWSCURRENT logs in after %s", killer.calls())
                    .isTrue();
            hasLoggedIn = logsIn;
        }

        void isWell() {
            assertThat(shop.currentLogsIn()).isTrue();
            assertThat(shop.vault.allStages()).containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
        }
    }
}
