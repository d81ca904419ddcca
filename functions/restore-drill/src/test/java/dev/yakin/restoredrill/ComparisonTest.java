package dev.yakin.restoredrill;

import static dev.yakin.restoredrill.TestShop.inspection;
import static dev.yakin.restoredrill.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Inspection.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What makes a restored database worthless, and what is only worth a look. */
class ComparisonTest {
    private static final Instant BEGUN = tokyo("2026-11-22T03:00");
    private final Inspection live = inspection(100);

    @Test
    void the_same_content_has_no_finding() {
        assertThat(findings(inspection(100))).isEmpty();
        assertThat(comparison(Kind.POINT_IN_TIME, inspection(100)).loss()).contains(Duration.ZERO);
    }

    @Test
    void a_missing_table_and_a_tenth_of_the_rows_missing_fail() {
        var restored =
                of(Map.of("public.orders", new Table("a", 89)), live.extensions(), live.roles(), live.freshest());
        assertThat(findings(restored))
                .containsExactly("missing-table public.items: 0, need 1 !", "fewer-rows public.orders: 89, need 100 !");
        assertThat(findings(inspection(90))).isEmpty();
    }

    @Test
    void other_columns_fail_a_point_in_time_and_are_shown_of_last_nights_snapshot() {
        var restored = of(
                Map.of("public.orders", new Table("x", 100), "public.items", new Table("b", 7)),
                live.extensions(),
                live.roles(),
                live.freshest());
        assertThat(findings(restored)).containsExactly("columns public.orders: x, need a !");
        assertThat(comparison(Kind.SNAPSHOT, restored).findings())
                .noneMatch(Finding::fails)
                .hasSize(1);
    }

    @Test
    void stale_data_fails_by_the_promise_of_its_kind() {
        var restored = of(live.tables(), live.extensions(), live.roles(), Optional.of(tokyo("2026-11-22T02:53")));
        assertThat(findings(restored)).containsExactly("stale point-in-time: 6 min, need 5 min !");
        assertThat(comparison(Kind.SNAPSHOT, restored).findings()).isEmpty();
        var old = of(live.tables(), live.extensions(), live.roles(), Optional.of(tokyo("2026-11-21T00:00")));
        assertThat(comparison(Kind.SNAPSHOT, old).findings()).hasSize(1);
    }

    @Test
    void without_a_manifest_freshness_is_measured_from_the_begin_and_it_is_said() {
        var comparison = new Comparison(Kind.POINT_IN_TIME, BEGUN, Optional.empty(), inspection(1));
        assertThat(comparison.loss()).contains(Duration.ofMinutes(1));
        assertThat(comparison.findings()).extracting(Finding::phrase).containsExactly("no-manifest");
    }

    @Test
    void roles_extensions_collations_and_the_teams_checks() {
        var restored = new Inspection(
                live.tables(),
                Map.of("plpgsql", "0.9"),
                Set.of(),
                List.of("ja_JP"),
                live.freshest(),
                List.of(new Checked("has orders", "t", "ERROR: relation \"orders\" does not exist")));
        assertThat(findings(restored))
                .containsExactly(
                        "extension plpgsql: 0.9, need 1.0 -",
                        "missing-role app_user: 0, need 1 !",
                        "collation ja_JP: -, need - !",
                        "check has orders: ERROR: relation \"orders\" does not exist, need t !");
    }

    @Test
    void an_empty_database_fails_even_when_nothing_is_known_of_the_live_one() {
        var empty = of(Map.of(), Map.of(), Set.of(), Optional.empty());
        assertThat(new Comparison(Kind.SNAPSHOT, BEGUN, Optional.empty(), empty).findings())
                .anyMatch(finding -> finding.fails() && finding.phrase().equals("empty"));
    }

    private List<String> findings(Inspection restored) {
        return comparison(Kind.POINT_IN_TIME, restored).findings().stream()
                .map(finding -> finding + (finding.fails() ? " !" : " -"))
                .toList();
    }

    private Comparison comparison(Kind kind, Inspection restored) {
        return new Comparison(kind, BEGUN, Optional.of(live), restored);
    }

    private static Inspection of(
            Map<String, Table> tables, Map<String, String> extensions, Set<String> roles, Optional<Instant> freshest) {
        return new Inspection(tables, extensions, roles, List.of(), freshest, List.of());
    }
}
