package dev.yakin.restoredrill;

import static dev.yakin.restoredrill.TestShop.SUNDAY;
import static dev.yakin.restoredrill.TestShop.TOKYO;
import static dev.yakin.restoredrill.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillVoiceTest {
    @ParameterizedTest
    @CsvSource({"en, Not proven, the copies in ap-northeast-3", "ja, 未検証, ap-northeast-3 のコピー"})
    void with_a_second_region_every_result_says_what_no_drill_restores(String language, String name, String value) {
        assertThat(facts(language, Optional.of("ap-northeast-3")))
                .anyMatch(fact -> fact.name().equals(name) && fact.value().startsWith(value));
    }

    @Test
    void without_one_nothing_is_said_of_it() {
        assertThat(facts("en", Optional.empty())).extracting(Fact::name).doesNotContain("Not proven");
    }

    private static List<Fact> facts(String language, Optional<String> secondRegion) {
        var now = tokyo("2026-11-22T04:00");
        var drill = new Drill(
                "yakin-drill-shop-prod-20261122",
                SUNDAY,
                Kind.POINT_IN_TIME,
                tokyo("2026-11-22T03:00"),
                "available",
                Optional.of("secret"),
                true,
                Optional.empty());
        var voice = new DrillVoice(new Wanted("shop-prod", TOKYO, language, 10, secondRegion, false), now);
        return voice.result(
                        drill,
                        true,
                        Duration.ofHours(1),
                        Optional.of(Duration.ofMinutes(3)),
                        List.of(),
                        TestShop.inspection(100))
                .getFirst()
                .notice()
                .facts();
    }
}
