package dev.yakin.snapshotcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Phrases;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {
    @ParameterizedTest
    @EnumSource(Check.class)
    void every_check_has_a_name_and_a_remedy_in_both_languages(Check check) {
        for (var language : new String[] {"ja", "en"}) {
            var phrases = Phrases.of(Telling.class, language);
            assertThat(phrases.say("check." + check.label())).isNotBlank();
            assertThat(phrases.say("remedy." + check.label())).isNotBlank().doesNotContain("''");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void both_languages_have_the_same_phrases(String language) {
        var here = ResourceBundle.getBundle("dev.yakin.snapshotcheck.phrases_" + language);
        var there = ResourceBundle.getBundle("dev.yakin.snapshotcheck.phrases_en");
        assertThat(here.keySet()).isEqualTo(there.keySet());
    }
}
