package dev.yakin.snapshotcheck;

import static dev.yakin.shared.Notice.Severity.CRITICAL;
import static dev.yakin.shared.Notice.Severity.WARNING;
import static dev.yakin.snapshotcheck.TestShop.snapshot;
import static dev.yakin.snapshotcheck.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.yakin.shared.Notice.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is judged how: one thing differs from a shop where all is well. */
class JudgeTest {
    @Test
    void a_shop_that_is_well_passes_every_check() {
        assertThat(new TestShop().judged())
                .allSatisfy(one -> assertThat(one.trouble()).isEmpty());
        assertThat(new TestShop().judged()).extracting(Judgement::check).containsExactlyInAnyOrder(Check.values());
    }

    /** What is wrong; the check; its figure; how bad it is (null: still good). */
    static Stream<Arguments> table() {
        return Stream.of(
                wrong("no backups at all", shop -> shop.retentionDays = 0, Check.RETENTION, "0 d", CRITICAL),
                wrong("six days of backups", shop -> shop.retentionDays = 6, Check.RETENTION, "6 d", WARNING),
                wrong("eight days of backups", shop -> shop.retentionDays = 8, Check.RETENTION, "8 d", null),
                wrong("no snapshot", shop -> shop.snapshots.removeFirst(), Check.SNAPSHOT_AGE, "–", CRITICAL),
                wrong("an aged snapshot", aged("2026-11-23T05:00"), Check.SNAPSHOT_AGE, "26 h", CRITICAL),
                wrong("a snapshot just in time", aged("2026-11-23T05:01"), Check.SNAPSHOT_AGE, "25 h", null),
                wrong("only a half-made one", state("creating"), Check.SNAPSHOT_AGE, "–", CRITICAL),
                wrong("only a failed one", state("failed"), Check.SNAPSHOT_AGE, "–", CRITICAL),
                wrong(
                        "a failed one",
                        state("failed"),
                        Check.SNAPSHOT_STATE,
                        "rds:shop-2026-11-23-18-05: failed",
                        CRITICAL),
                wrong(
                        "one half-made since yesterday",
                        shop -> shop.abroad.add(snapshot("shop-dr-x", "copying", tokyo("2026-11-24T00:00"))),
                        Check.SNAPSHOT_STATE,
                        "shop-dr-x: copying",
                        WARNING),
                wrong("a new database", TestShopChanges::brandNew, Check.SNAPSHOT_AGE, "–", null),
                wrong("a new database", TestShopChanges::brandNew, Check.PITR_LAG, "10 min", null),
                wrong("a dev database after a long weekend", TestShopChanges::wokenUp, Check.SNAPSHOT_AGE, "3 d", null),
                wrong("a dev database after a long weekend", TestShopChanges::wokenUp, Check.PITR_LAG, "10 min", null),
                wrong("a lag of 15 minutes", lag(15), Check.PITR_LAG, "15 min", null),
                wrong("a lag of 16 minutes", lag(16), Check.PITR_LAG, "16 min", WARNING),
                wrong("a lag of an hour", lag(60), Check.PITR_LAG, "60 min", WARNING),
                wrong("a lag above an hour", lag(61), Check.PITR_LAG, "61 min", CRITICAL),
                wrong("nothing restorable", TestShopChanges::neverBackedUp, Check.PITR_LAG, "–", CRITICAL),
                wrong("clear storage", shop -> shop.encrypted = false, Check.ENCRYPTION, "shop: –", CRITICAL),
                wrong(
                        "a clear snapshot",
                        shop -> shop.snapshots.add(
                                snapshot("by-hand", "available", tokyo("2026-01-01T00:00"), false, Set.of())),
                        Check.ENCRYPTION,
                        "by-hand: –",
                        CRITICAL),
                wrong("a public snapshot", shared("all"), Check.SHARING, "by-hand → all", CRITICAL),
                wrong("an unknown account", shared("999999999999"), Check.SHARING, "by-hand → 999999999999", CRITICAL),
                wrong(
                        "a trusted account",
                        shared("999999999999").andThen(shop -> shop.trusted = Set.of("999999999999")),
                        Check.SHARING,
                        "0",
                        null),
                wrong("the key aws/rds", key(true, true, "Enabled"), Check.KEY, "aws/rds", WARNING),
                wrong(
                        "the key aws/rds, no second region",
                        key(true, true, "Enabled").andThen(shop -> shop.secondRegion = Optional.empty()),
                        Check.KEY,
                        "aws/rds",
                        null),
                wrong(
                        "a key about to be deleted",
                        key(false, false, "PendingDeletion"),
                        Check.KEY,
                        "PendingDeletion",
                        CRITICAL),
                wrong("one zone", shop -> shop.multiAz = false, Check.MULTI_AZ, "false", WARNING),
                wrong(
                        "no deletion protection",
                        shop -> shop.deletionProtection = false,
                        Check.DELETION_PROTECTION,
                        "false",
                        WARNING),
                wrong("a full disk", shop -> shop.status = "storage-full", Check.STATUS, "storage-full", CRITICAL),
                wrong("a stopped shop", shop -> shop.status = "stopped", Check.STATUS, "stopped", CRITICAL),
                wrong("maintenance", shop -> shop.status = "maintenance", Check.STATUS, "maintenance", null),
                wrong("a certificate of 80 days", certificate(80), Check.CERTIFICATE, "80 d", WARNING),
                wrong("a certificate of 29 days", certificate(29), Check.CERTIFICATE, "29 d", CRITICAL),
                wrong(
                        "an old engine",
                        shop -> shop.engineVersion = "14.20",
                        Check.ENGINE,
                        "14.20: 2027-02-28",
                        WARNING),
                wrong("an unknown engine", shop -> shop.engineVersion = "21.1", Check.ENGINE, "21.1: ?", WARNING),
                wrong(
                        "backups at lunch",
                        shop -> shop.backupWindow = "03:00-04:00",
                        Check.WINDOW,
                        "12:00–13:00",
                        WARNING),
                wrong(
                        "backups into maintenance",
                        shop -> shop.backupWindow = "19:00-20:00",
                        Check.WINDOW,
                        "04:00–05:00",
                        WARNING),
                wrong("no copy abroad yet", shop -> shop.abroad.clear(), Check.DR_COPY, "–", null),
                wrong(
                        "no copy abroad",
                        aged("2026-11-23T23:00").andThen(shop -> shop.abroad.clear()),
                        Check.DR_COPY,
                        "–",
                        WARNING),
                wrong("a copy under way", copy("copying", "2026-11-24T06:00"), Check.DR_COPY, "copying", null),
                wrong("an aged copy", copy("available", "2026-11-23T01:01"), Check.DR_COPY, "29 h", null),
                wrong("a day missed abroad", copy("available", "2026-11-22T23:00"), Check.DR_COPY, "32 h", WARNING),
                wrong("two days missed abroad", copy("available", "2026-11-21T00:00"), Check.DR_COPY, "3 d", CRITICAL),
                wrong(
                        "the second region does not answer",
                        shop -> shop.blind = Optional.of("AccessDenied"),
                        Check.DR_COPY,
                        "AccessDenied",
                        WARNING),
                wrong("no monthly one", shop -> shop.snapshots.removeLast(), Check.MONTHLY, "2026-11: –", WARNING));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("table")
    void judgement(String name, Consumer<TestShop> change, Check check, String figure, Optional<Severity> trouble) {
        var shop = new TestShop();
        change.accept(shop);
        assertThat(shop.judged())
                .as(name)
                .filteredOn(one -> one.check() == check)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.figure()).isEqualTo(figure);
                    assertThat(one.trouble()).isEqualTo(trouble);
                });
    }

    private static Arguments wrong(
            String name, Consumer<TestShop> change, Check check, String figure, @Nullable Severity trouble) {
        return arguments(name, change, check, figure, Optional.ofNullable(trouble));
    }

    private static Consumer<TestShop> aged(String taken) {
        return shop -> shop.snapshots.set(0, snapshot("rds:shop-2026-11-23-18-05", "available", tokyo(taken)));
    }

    private static Consumer<TestShop> state(String status) {
        return shop -> shop.snapshots.set(0, snapshot("rds:shop-2026-11-23-18-05", status, tokyo("2026-11-24T03:05")));
    }

    private static Consumer<TestShop> lag(int minutes) {
        return shop -> shop.restorableTo = Optional.of(shop.now.minus(Duration.ofMinutes(minutes)));
    }

    private static Consumer<TestShop> shared(String account) {
        return shop ->
                shop.snapshots.add(snapshot("by-hand", "available", tokyo("2026-01-01T00:00"), true, Set.of(account)));
    }

    private static Consumer<TestShop> key(boolean managedByAws, boolean usable, String state) {
        return shop -> shop.key = Optional.of(new Key(managedByAws, usable, state));
    }

    private static Consumer<TestShop> certificate(int days) {
        return shop -> shop.certificateEnds = Optional.of(shop.now.plus(Duration.ofDays(days)));
    }

    private static Consumer<TestShop> copy(String status, String taken) {
        return shop -> shop.abroad.set(0, snapshot("shop-dr-x", status, tokyo(taken)));
    }

    /** Changes that need several lines. */
    private static final class TestShopChanges {
        private static void brandNew(TestShop shop) {
            shop.created = Optional.of(shop.now.minus(Duration.ofMinutes(10)));
            shop.snapshots.clear();
            shop.restorableTo = Optional.empty();
        }

        private static void wokenUp(TestShop shop) {
            shop.stage = "dev";
            shop.awakeSince = Optional.of(shop.now.minus(Duration.ofMinutes(10)));
            shop.snapshots.set(0, snapshot("rds:shop-old", "available", tokyo("2026-11-20T12:00")));
            shop.restorableTo = Optional.of(tokyo("2026-11-20T18:00"));
        }

        private static void neverBackedUp(TestShop shop) {
            shop.restorableTo = Optional.empty();
        }
    }
}
