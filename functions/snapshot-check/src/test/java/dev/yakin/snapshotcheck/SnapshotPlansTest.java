package dev.yakin.snapshotcheck;

import static dev.yakin.snapshotcheck.TestShop.snapshot;
import static dev.yakin.snapshotcheck.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.snapshotcheck.CheckAction.CopyAbroad;
import dev.yakin.snapshotcheck.CheckAction.CreateSnapshot;
import dev.yakin.snapshotcheck.CheckAction.DeleteCopy;
import dev.yakin.snapshotcheck.CheckAction.DeleteSnapshot;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The monthly snapshots and the copies abroad: what is made, and above all what is never deleted. */
class SnapshotPlansTest {
    private final TestShop shop = new TestShop();

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T05:59, 2026-11", // 20:59 UTC on 30 November
        "2026-12-01T06:00, 2026-12",
        "2026-12-15T12:00, 2026-12", // the 1st was missed
        "2027-01-01T06:00, 2027-01"
    })
    void the_month_begins_at_six_in_tokyo(String now, String month) {
        shop.now = tokyo(now);
        shop.snapshots.removeLast();
        assertThat(shop.plan())
                .filteredOn(CreateSnapshot.class::isInstance)
                .extracting(CheckAction::target)
                .containsExactly("shop-monthly-" + month);
    }

    @Test
    void a_month_has_one_snapshot_whoever_made_it() {
        assertThat(shop.plan()).noneMatch(CreateSnapshot.class::isInstance);
        var byHand = new Snapshot(
                "shop-monthly-2026-11", "arn", false, "available", shop.now, shop.now, true, false, Set.of());
        shop.snapshots.set(1, byHand);
        assertThat(shop.plan()).noneMatch(CreateSnapshot.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backing-up", "modifying", "stopped", "failed"})
    void a_database_that_is_busy_is_asked_again_an_hour_later(String status) {
        shop.status = status;
        shop.snapshots.removeLast();
        assertThat(shop.plan()).noneMatch(CreateSnapshot.class::isInstance);
    }

    @Test
    void a_failed_one_is_deleted_so_that_the_next_look_makes_it_again() {
        shop.snapshots.set(1, snapshot("shop-monthly-2026-11", "failed", tokyo("2026-11-01T06:00")));
        assertThat(shop.plan())
                .contains(new DeleteSnapshot("shop-monthly-2026-11", "it is failed, so no backup"))
                .noneMatch(CreateSnapshot.class::isInstance);
        shop.snapshots.removeLast();
        assertThat(shop.plan()).anyMatch(CreateSnapshot.class::isInstance);
    }

    @Test
    void the_thirteenth_goes_when_this_months_is_good() {
        months(14);
        assertThat(deleted()).containsExactlyInAnyOrder("shop-monthly-2025-10", "shop-monthly-2025-11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"creating", "failed"})
    void nothing_old_goes_before_this_months_is_good(String status) {
        months(14);
        shop.snapshots.removeIf(one -> one.name().endsWith("2026-11"));
        shop.snapshots.add(snapshot("shop-monthly-2026-11", status, tokyo("2026-11-01T06:00")));
        assertThat(deleted()).doesNotContain("shop-monthly-2025-10", "shop-monthly-2025-11");
    }

    @Test
    void broken_ones_do_not_count_among_the_twelve_so_the_last_good_one_stays() {
        months(14);
        shop.snapshots.replaceAll(one -> one.name().contains("monthly")
                        && !one.name().endsWith("2026-11")
                        && !one.name().endsWith("2025-10")
                ? snapshot(one.name(), "failed", one.taken())
                : one);
        assertThat(deleted()).hasSize(12).doesNotContain("shop-monthly-2025-10", "shop-monthly-2026-11");
    }

    @Test
    void foreign_names_and_foreign_makers_are_left_alone() {
        months(14);
        shop.snapshots.add(snapshot("before-migration", "available", tokyo("2020-01-01T00:00")));
        shop.snapshots.add(new Snapshot(
                "shop-monthly-2019-01",
                "arn",
                false,
                "available",
                shop.now,
                shop.now,
                true,
                false, // by hand, under our name
                Set.of()));
        assertThat(deleted()).doesNotContain("before-migration", "shop-monthly-2019-01");
    }

    @Test
    void each_newest_automated_snapshot_is_copied_once() {
        assertThat(shop.plan()).noneMatch(CopyAbroad.class::isInstance);
        shop.abroad.clear();
        assertThat(shop.plan())
                .contains(new CopyAbroad(
                        "arn:rds:shop-2026-11-23-18-05",
                        "shop-dr-2026-11-23-18-05",
                        "the newest automated snapshot is not in the second region yet"));
    }

    @Test
    void a_copy_that_hangs_keeps_others_from_piling_up() {
        shop.abroad.set(0, snapshot("shop-dr-2026-11-22-18-05", "copying", tokyo("2026-11-23T04:00")));
        assertThat(shop.plan()).noneMatch(CopyAbroad.class::isInstance);
    }

    @Test
    void a_broken_copy_goes_and_the_eighth_good_one_goes() {
        for (var day = 1; day <= 9; day++) {
            var name = "shop-dr-%s-18-05".formatted(LocalDate.of(2026, 11, 23).minusDays(day));
            shop.abroad.add(snapshot(name, day == 2 ? "failed" : "available", shop.now.minusSeconds(day * 86_400L)));
        }
        assertThat(shop.plan())
                .filteredOn(DeleteCopy.class::isInstance)
                .extracting(CheckAction::target)
                .containsExactlyInAnyOrder(
                        "shop-dr-2026-11-21-18-05", "shop-dr-2026-11-15-18-05", "shop-dr-2026-11-14-18-05");
    }

    @Test
    void without_a_second_region_nothing_is_copied() {
        shop.secondRegion = java.util.Optional.empty();
        shop.abroad.clear();
        assertThat(shop.plan()).noneMatch(CopyAbroad.class::isInstance);
    }

    /** This month's and those before it. */
    private void months(int count) {
        shop.snapshots.removeLast();
        var month = YearMonth.of(2026, 11);
        for (var ago = 0; ago < count; ago++) {
            var name = "shop-monthly-" + month.minusMonths(ago);
            shop.snapshots.add(snapshot(name, "available", tokyo(month.minusMonths(ago) + "-01T06:00")));
        }
    }

    private java.util.List<String> deleted() {
        return shop.plan().stream()
                .filter(DeleteSnapshot.class::isInstance)
                .map(CheckAction::target)
                .toList();
    }
}
