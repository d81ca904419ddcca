package dev.yakin.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionJsonTest {
    @Test
    void a_manifest_comes_back_as_it_was() {
        var live = TestShop.inspection(5);
        var read = InspectionJson.read(InspectionJson.write(live));
        assertThat(read.tables()).isEqualTo(live.tables());
        assertThat(read.extensions()).isEqualTo(live.extensions());
        assertThat(read.roles()).isEqualTo(live.roles());
        assertThat(read.freshest()).isEqualTo(live.freshest());
    }

    @Test
    void the_name_of_evidence_tells_how_it_ended() {
        var past = new Past(TestShop.SUNDAY, Past.End.PASSED, 53);
        assertThat(past.name()).isEqualTo("2026-11-22_passed_53min.json");
        assertThat(Past.parse(past.name())).contains(past);
        assertThat(Past.parse("notes.txt")).isEmpty();
    }

    @Test
    void the_teams_checks_are_read() {
        assertThat(Probe.checks("{\"checks\": []}")).isEmpty();
        assertThat(Probe.checks("{\"checks\": [{\"name\": \"n\", \"sql\": \"select 1\", \"expect\": \"1\"}]}"))
                .isEqualTo(List.of(new Probe.Check("n", "select 1", "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"checks\": 1}", "{\"checks\": [1]}", "{\"checks\": [{\"name\": \"n\"}]}"})
    void checks_that_are_wrong_are_named(String json) {
        assertThatThrownBy(() -> Probe.checks(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check");
    }

    @Test
    void both_languages_have_the_same_phrases() {
        var ja = ResourceBundle.getBundle("dev.yakin.restoredrill.phrases_ja");
        var en = ResourceBundle.getBundle("dev.yakin.restoredrill.phrases_en");
        assertThat(ja.keySet()).isEqualTo(en.keySet());
    }
}
