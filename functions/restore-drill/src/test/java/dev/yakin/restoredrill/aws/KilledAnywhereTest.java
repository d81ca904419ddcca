package dev.yakin.restoredrill.aws;

import static dev.yakin.restoredrill.TestShop.WITH_COPIES;
import static dev.yakin.restoredrill.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Source;
import dev.yakin.restoredrill.TestShop;
import dev.yakin.restoredrill.aws.PlayedDrill.Mode;
import dev.yakin.shared.Notice;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A drill of each kind that is killed or refused at each of its calls: whatever happens, it is told, nothing is left
 * behind, and nothing foreign is touched.
 */
class KilledAnywhereTest {
    /** The Sundays of the three kinds, and how a call goes wrong: of an instance, and of a cluster. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-22, snapshot, DIES_BEFORE, false",
        "2026-11-22, snapshot, DIES_AFTER, false",
        "2026-11-22, snapshot, FAILS, false",
        "2026-11-29, dr-copy, DIES_BEFORE, false",
        "2026-11-29, dr-copy, DIES_AFTER, false",
        "2026-11-29, dr-copy, FAILS, false",
        "2026-12-06, point-in-time, DIES_BEFORE, false",
        "2026-12-06, point-in-time, DIES_AFTER, false",
        "2026-12-06, point-in-time, FAILS, false",
        "2026-11-29, dr-copy, DIES_BEFORE, true",
        "2026-11-29, dr-copy, DIES_AFTER, true",
        "2026-11-29, dr-copy, FAILS, true",
    })
    void killed_or_refused_at_any_call_nothing_is_left_behind(String sunday, String kind, Mode how, boolean isCluster) {
        var smooth = on(sunday, isCluster);
        smooth.play(25);
        assertThat(smooth.shop.evidence.values()).singleElement().asString().contains("\"kind\":\"" + kind);
        assertThat(smooth.calls).isGreaterThan(8);
        for (var at = 0; at < smooth.calls; at++) {
            var struck = on(sunday, isCluster);
            struck.mode = how;
            struck.strikes = at;
            struck.standsBesideTheLiveDatabase();
            struck.play(35);
            var told = "yakin-drill-shop-prod-%s/passed".formatted(sunday.replace("-", ""));
            assertThat(struck.shop.drills.keySet()).as("%s at call %d", how, at).containsExactly("shop");
            assertThat(struck.shop.members).as("%s at call %d", how, at).isEmpty();
            assertThat(struck.shop.copies).as("%s at call %d", how, at).isEmpty();
            assertThat(struck.shop.deleted).as("%s at call %d", how, at).doesNotContain("shop");
            assertThat(struck.shop.evidence.keySet())
                    .as("%s at call %d", how, at)
                    .isNotEmpty()
                    .allMatch(name -> name.contains("_passed_"));
            assertThat(struck.said.stream().map(Notice::id))
                    .as("%s at call %d", how, at)
                    .contains("restore-drill/shop-prod/" + told);
        }
    }

    private static PlayedDrill on(String sunday, boolean isCluster) {
        var drill = new PlayedDrill(tokyo(sunday + "T03:00"));
        drill.shop.isCluster = isCluster;
        drill.wanted = WITH_COPIES;
        drill.shop.source = new Source(
                "shop",
                Optional.of("rds:shop-2026-11-21"),
                Optional.of(tokyo(sunday + "T02:55")),
                Optional.of(TestShop.COPY));
        return drill;
    }
}
