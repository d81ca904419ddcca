package dev.yakin.restoredrill.aws;

import static dev.yakin.restoredrill.TestShop.COPY;
import static dev.yakin.restoredrill.TestShop.SUNDAY;
import static dev.yakin.restoredrill.TestShop.TOKYO;
import static dev.yakin.restoredrill.TestShop.WANTED;
import static dev.yakin.restoredrill.TestShop.WITH_COPIES;
import static dev.yakin.restoredrill.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.HomeCopy;
import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Observed.Looked;
import dev.yakin.restoredrill.Source;
import dev.yakin.restoredrill.TestShop;
import dev.yakin.restoredrill.Wanted;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.SaleFreeze;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole drills with the real handler: a healthy one of each kind, bad ones, and those that do not begin. */
class WholeDrillsTest {
    private static final Wanted AT_REST = new Wanted("shop-prod", TOKYO, "en", 0, Optional.empty(), false);
    private static final SaleFreeze SALE = new SaleFreeze(
            List.of(new SaleFreeze.Window("winter", tokyo("2026-11-22T06:59"), tokyo("2026-11-22T20:00"))));

    private final PlayedDrill drill = new PlayedDrill(tokyo("2026-11-22T03:00"));
    private final TestShop shop = drill.shop;

    @Test
    void a_healthy_drill_is_told_kept_and_deleted() {
        drill.play(20);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence).containsOnlyKeys("2026-11-22_passed_15min.json");
        assertThat(shop.evidence.values())
                .first()
                .asString()
                .contains("\"kind\":\"point-in-time\"", "\"rtoSeconds\":900", "\"rpoSeconds\":0", "\"findings\":[]");
        assertThat(titles())
                .containsExactly(
                        "Restore drill begins: point-in-time recovery is restored to an instance of its own",
                        "Restore drill passed: point-in-time recovery was usable after 15 min, 0 min of data lost");
        assertThat(drill.said.getFirst().key())
                .isEqualTo("restore-drill/shop-prod")
                .isEqualTo(drill.said.get(1).key());
        assertThat(drill.said.getFirst().until()).contains(tokyo("2026-11-22T09:00"));
    }

    @Test
    void a_copy_of_the_second_region_comes_home_is_restored_and_goes_with_its_drill() {
        copiesTurn();
        drill.look();
        assertThat(shop.copies).containsOnlyKeys("yakin-drill-shop-prod-20261129");
        assertThat(shop.drills).isEmpty();
        drill.play(20);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.copies).isEmpty();
        assertThat(shop.deleted)
                .containsExactly("yakin-drill-shop-prod-20261129", "copy yakin-drill-shop-prod-20261129");
        assertThat(titles().getLast())
                .isEqualTo("Restore drill passed: the copy in ap-northeast-3 was usable after 20 min, 0 min of data"
                        + " lost");
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-29_passed_20min.json");
    }

    @Test
    void a_cluster_gets_its_instance_when_it_is_available_and_goes_with_it() {
        shop.isCluster = true;
        drill.play(2);
        assertThat(shop.members).containsExactly("yakin-drill-shop-prod-20261122");
        drill.play(20);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.members).isEmpty();
        assertThat(warnings()).isEmpty();
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_passed_20min.json");
    }

    @Test
    void a_cluster_that_gets_no_instance_fails_with_the_words_of_rds_and_is_deleted() {
        shop.isCluster = true;
        shop.refusesMembers = Optional.of("InsufficientDBInstanceCapacity: no db.serverless in these zones");
        drill.play(60);
        assertThat(shop.drills).isEmpty();
        assertThat(causes()).containsExactly("InsufficientDBInstanceCapacity: no db.serverless in these zones");
        assertThat(warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "copying"})
    void a_copy_that_does_not_come_home_fails_the_drill_and_is_deleted(String status) {
        copiesTurn();
        shop.stuck = Optional.of(status);
        drill.play(60);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.copies).isEmpty();
        assertThat(shop.evidence.keySet()).singleElement().asString().startsWith("2026-11-29_failed_");
        assertThat(titles().get(1)).isEqualTo("Restore drill failed: the copy in ap-northeast-3 could not be restored");
        assertThat(causes()).anyMatch(cause -> cause.contains(status));
    }

    @Test
    void a_restore_that_hangs_has_failed_after_four_hours() {
        shop.stuck = Optional.of("creating");
        drill.play(60);
        assertThat(shop.deleted).containsOnly("yakin-drill-shop-prod-20261122");
        assertThat(causes()).containsExactly("not usable after 4 hours; RDS says creating");
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_failed_245min.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "incompatible-restore", "storage-full"})
    void a_restore_that_fails_is_told_in_the_words_of_rds(String status) {
        shop.stuck = Optional.of(status);
        drill.play(10);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence.keySet()).singleElement().asString().contains("failed");
        assertThat(drill.said.get(1).severity()).isEqualTo(Severity.WARNING);
        assertThat(causes()).containsExactly(status);
    }

    @Test
    void a_restore_that_rds_refuses_each_time_is_told_once_in_its_words_when_it_is_too_late() {
        shop.refuses = Optional.of("InstanceQuotaExceeded: the quota of 40 DB instances is reached");
        drill.play(30);
        assertThat(shop.drills).isEmpty();
        assertThat(causes()).containsExactly("InstanceQuotaExceeded: the quota of 40 DB instances is reached");
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_failed_0min.json");
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void a_restore_that_was_refused_and_then_begins_is_an_ordinary_drill() {
        shop.refuses = Optional.of("ThrottlingException: Rate exceeded");
        drill.play(3);
        shop.refuses = Optional.empty();
        drill.play(30);
        assertThat(warnings()).isEmpty();
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_passed_15min.json");
    }

    @Test
    void a_restored_instance_that_somebody_deletes_is_restored_again_and_too_late_for_that_it_is_told() {
        drill.look();
        shop.drills.clear();
        drill.look();
        assertThat(shop.drills).hasSize(1);
        drill.now = tokyo("2026-11-22T05:00");
        shop.drills.clear();
        drill.play(3);
        assertThat(causes()).containsExactly("somebody deleted what was restored before anybody could look into it");
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_failed_0min.json");
    }

    @Test
    void a_database_that_nobody_can_look_into_counts_as_not_restored_after_four_hours() {
        shop.restored = new Looked.Refused("FATAL: password authentication failed");
        drill.play(60);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_failed_245min.json");
        assertThat(causes()).containsExactly("FATAL: password authentication failed");
    }

    @Test
    void fewer_rows_fail_the_drill_and_are_named() {
        shop.restored = new Looked.Found(TestShop.inspection(3));
        drill.play(20);
        assertThat(titles().get(1))
                .isEqualTo("Restore drill failed: point-in-time recovery was restored, but is not whole (findings: 1)");
        assertThat(drill.said.get(1).facts())
                .anyMatch(fact ->
                        fact.name().equals("Fewer rows") && fact.value().equals("public.orders: 3 (need: 100)"));
    }

    @Test
    void where_only_checks_fail_people_are_asked_whether_the_question_is_wrong() {
        shop.restored = new Looked.Found(TestShop.inspection(100)
                .and(new Checked("drill-checks", "JSON", "a check of the drill has no \"sql\"")));
        drill.play(20);
        assertThat(titles().get(1))
                .isEqualTo("Restore drill failed: point-in-time recovery was restored, but answers the checks otherwise"
                        + " (findings: 1)");
        assertThat(drill.said.get(1).facts())
                .contains(
                        new Notice.Fact(
                                "Check of the team", "drill-checks: a check of the drill has no \"sql\" (need: JSON)"),
                        new Notice.Fact(
                                "What to do",
                                "If it is the question that is wrong, correct /yakin/shop-prod/drill-checks or"
                                        + " DrillFreshnessQuery; otherwise restore an older backup by hand and ask it"
                                        + " there."));
    }

    @Test
    void without_any_backup_people_hear_it_once() {
        shop.source = new Source("shop", Optional.empty(), Optional.empty(), Optional.empty());
        drill.play(30);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.deleted).isEmpty();
        assertThat(warnings()).hasSize(1);
        assertThat(causes().getFirst()).startsWith("there is no backup");
    }

    @Test
    void another_kind_is_restored_when_there_is_none_of_the_weeks() {
        shop.source = new Source("shop", shop.source.snapshot(), Optional.empty(), Optional.empty());
        drill.look();
        assertThat(shop.drills.values()).extracting(Drill::kind).containsExactly(Kind.SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T02:59", "2026-11-22T05:00", "2026-11-23T03:00", "2026-11-21T03:00"})
    void outside_its_hours_no_drill_begins(String time) {
        drill.now = tokyo(time);
        drill.look();
        assertThat(shop.drills).isEmpty();
        assertThat(drill.said).isEmpty();
    }

    @Test
    void a_sale_within_four_hours_a_rest_and_the_monthly_hours_keep_it_from_beginning() {
        drill.freeze = SALE;
        drill.look();
        assertThat(shop.drills).isEmpty();
        drill.freeze = SaleFreeze.NONE;
        drill.wanted = AT_REST;
        drill.look();
        assertThat(shop.drills).isEmpty();
        drill.wanted = new Wanted("shop-prod", TOKYO, "en", 3, Optional.empty(), false);
        shop.evidence.put("2026-11-15_passed_180min.json", "{}");
        drill.look();
        assertThat(shop.drills).isEmpty();
        drill.wanted = WANTED;
        drill.look();
        assertThat(shop.drills).hasSize(1);
    }

    @Test
    void a_sunday_without_a_drill_is_told_calmly_and_once_with_its_reason() {
        drill.freeze = SALE;
        drill.play(40);
        assertThat(titles()).containsExactly("No restore drill this Sunday");
        assertThat(causes()).containsExactly("sale winter freezes changes");
        assertThat(drill.said.getFirst().severity()).isEqualTo(Severity.INFO);
        assertThat(shop.evidence.keySet()).containsExactly("2026-11-22_skipped_0min.json");
    }

    @Test
    void at_rest_nothing_is_said_every_week() {
        drill.wanted = AT_REST;
        drill.play(40);
        assertThat(drill.said).isEmpty();
    }

    @Test
    void at_rest_it_still_deletes_what_was_left_behind() {
        drill.wanted = AT_REST;
        var longAgo = drill.now.minus(Duration.ofHours(7));
        shop.restore("by-hand", SUNDAY, Kind.SNAPSHOT, "rds:shop-2026-11-21", longAgo);
        shop.copies.put("yakin-drill-old", new HomeCopy("yakin-drill-old", SUNDAY, longAgo, "available"));
        drill.look();
        assertThat(shop.deleted).containsExactly("by-hand", "copy yakin-drill-old");
        assertThat(titles())
                .containsExactly(
                        "Something of a restore drill was left behind and is deleted: by-hand",
                        "Something of a restore drill was left behind and is deleted: yakin-drill-old");
    }

    private void copiesTurn() {
        drill.now = tokyo("2026-11-29T03:00");
        drill.wanted = WITH_COPIES;
        shop.source = new Source("shop", Optional.of("rds:shop-2026-11-28"), Optional.of(drill.now), Optional.of(COPY));
    }

    private List<String> titles() {
        return drill.said.stream().map(Notice::title).toList();
    }

    private List<Notice> warnings() {
        return drill.said.stream()
                .filter(notice -> notice.severity() == Severity.WARNING)
                .toList();
    }

    private List<String> causes() {
        return drill.said.stream()
                .flatMap(notice -> notice.facts().stream())
                .filter(fact -> fact.name().equals("Cause"))
                .map(Notice.Fact::value)
                .toList();
    }
}
