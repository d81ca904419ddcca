package dev.yakin.snapshotcheck;

import static dev.yakin.snapshotcheck.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.snapshotcheck.CheckAction.RememberSaid;
import dev.yakin.snapshotcheck.CheckAction.Say;
import dev.yakin.snapshotcheck.CheckAction.Skip;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When people hear of it: at once, daily, on Mondays, or never. */
class TellingTest {
    private final TestShop shop = new TestShop();

    @Test
    void a_good_day_is_silent() {
        assertThat(lookAt("2026-11-24T07:00")).isEmpty();
        assertThat(lookAt("2026-11-24T23:00")).isEmpty();
    }

    @Test
    void monday_has_one_calm_line() {
        assertThat(lookAt("2026-11-30T06:00")).isEmpty();
        assertThat(lookAt("2026-11-30T07:00")).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.INFO);
            assertThat(notice.title())
                    .isEqualTo("Backups of shop are well: newest snapshot 3 h old, "
                            + "restorable up to 4 min ago, 15 checks good");
            assertThat(notice.facts()).isEmpty();
        });
        assertThat(lookAt("2026-11-30T08:00")).isEmpty();
        assertThat(lookAt("2026-12-07T09:00")).as("the look of 07:00 was lost").hasSize(1);
    }

    @Test
    void something_critical_is_told_at_once_and_once_and_then_daily_until_it_is_over() {
        lag("2026-11-24T14:00", 61);
        assertThat(look()).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(notice.state()).isEqualTo(State.OPEN);
            assertThat(notice.facts()).singleElement().satisfies(fact -> {
                assertThat(fact.name()).isEqualTo("Newest restorable second");
                assertThat(fact.value()).startsWith("61 min (need: ≤ 15 min). The transaction logs are not uploaded");
            });
        });
        lag("2026-11-24T15:00", 121);
        assertThat(look()).isEmpty();
        lag("2026-11-25T07:00", 1081);
        assertThat(look()).hasSize(1);
        lag("2026-11-25T08:00", 3);
        assertThat(look()).singleElement().satisfies(notice -> {
            assertThat(notice.state()).isEqualTo(State.RESOLVED);
            assertThat(notice.title()).isEqualTo("Backups of shop are well again");
        });
        assertThat(look()).isEmpty();
    }

    @Test
    void a_warning_waits_for_the_morning() {
        shop.multiAz = false;
        assertThat(lookAt("2026-11-24T20:00")).isEmpty();
        assertThat(lookAt("2026-11-25T06:00")).isEmpty();
        assertThat(lookAt("2026-11-25T07:00"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.severity()).isEqualTo(Severity.WARNING));
        assertThat(lookAt("2026-11-25T08:00")).isEmpty();
    }

    @Test
    void a_second_critical_thing_is_news() {
        lag("2026-11-24T14:00", 61);
        assertThat(look()).hasSize(1);
        shop.retentionDays = 0;
        lag("2026-11-24T15:00", 121);
        assertThat(look())
                .singleElement()
                .satisfies(notice -> assertThat(notice.facts()).hasSize(2));
    }

    @Test
    void all_is_one_incident_and_the_same_news_has_the_same_id() {
        shop.retentionDays = 0;
        shop.said = Optional.empty();
        var first = says(shop.plan());
        shop.now = shop.now.plus(Duration.ofMinutes(1));
        var again = says(shop.plan());
        assertThat(again.getFirst().id()).isEqualTo(first.getFirst().id());
        assertThat(again.getFirst().key()).isEqualTo("snapshot-check/shop-prod/backups");
    }

    @Test
    void a_sleeping_dev_database_is_skipped_with_its_reason() {
        shop.stage = "dev";
        shop.status = "stopped";
        shop.snapshots.clear();
        assertThat(shop.plan())
                .containsExactly(new Skip("shop", "the database is stopped: a sleeping dev database makes no backups"));
    }

    @Test
    void a_database_that_is_gone_is_critical() {
        shop.gone = true;
        assertThat(says(shop.plan())).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(notice.id()).isEqualTo("snapshot-check/shop-prod/missing/2026-11-24");
        });
    }

    @Test
    void what_was_said_fits_into_a_tag_and_comes_back() {
        var all = new java.util.EnumMap<Check, Severity>(Check.class);
        List.of(Check.values()).forEach(check -> all.put(check, Severity.CRITICAL));
        var said = new Said(LocalDate.of(2026, 11, 24), all);
        assertThat(said.toString()).hasSizeLessThanOrEqualTo(256).matches("[\\p{L}\\p{N} _.:/=+@-]*");
        assertThat(Said.parse(said.toString())).contains(said);
        assertThat(Said.parse("")).isEmpty();
        assertThat(Said.parse("by hand")).isEmpty();
        assertThat(Said.parse("2026-11-24 nonsense=c")).contains(new Said(LocalDate.of(2026, 11, 24), Map.of()));
    }

    private void lag(String now, int minutes) {
        at(now);
        shop.restorableTo = Optional.of(shop.now.minus(Duration.ofMinutes(minutes)));
    }

    private void at(String now) {
        shop.now = tokyo(now);
        shop.restorableTo = Optional.of(shop.now.minus(Duration.ofMinutes(4)));
        var night = shop.now.atZone(TestShop.TOKYO).toLocalDate().atTime(3, 5).atZone(TestShop.TOKYO);
        shop.snapshots.set(0, TestShop.snapshot("rds:shop-night", "available", night.toInstant()));
        shop.abroad.set(0, TestShop.snapshot("shop-dr-night", "available", night.toInstant()));
        shop.snapshots.set(1, TestShop.snapshot("shop-monthly-" + now.substring(0, 7), "available", shop.now));
    }

    private List<Notice> lookAt(String now) {
        at(now);
        return look();
    }

    /** One look whose plan is carried out. */
    private List<Notice> look() {
        var plan = shop.plan();
        plan.stream()
                .filter(RememberSaid.class::isInstance)
                .map(RememberSaid.class::cast)
                .forEach(remember -> shop.said = Optional.of(remember.said()));
        return says(plan);
    }

    private static List<Notice> says(List<CheckAction> plan) {
        return plan.stream()
                .filter(Say.class::isInstance)
                .map(Say.class::cast)
                .map(Say::notice)
                .toList();
    }
}
