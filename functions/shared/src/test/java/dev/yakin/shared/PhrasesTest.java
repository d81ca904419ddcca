package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    @Test
    void each_language_has_its_own_sentence() {
        assertThat(Phrases.of(PhrasesTest.class, "en").say("greeting", "Yuki", "9:00"))
                .isEqualTo("Hello Yuki, it is 9:00");
        assertThat(Phrases.of(PhrasesTest.class, "ja").say("greeting", "雪", "9:00"))
                .isEqualTo("こんにちは 雪、9:00 です");
    }

    @Test
    void braces_can_be_quoted_and_arguments_are_never_read_as_patterns() {
        var english = Phrases.of(PhrasesTest.class, "en");
        assertThat(english.say("quoted")).isEqualTo("Empty is {\"sales\": []}");
        assertThat(english.say("greeting", "{1}", "it's {9")).isEqualTo("Hello {1}, it is it's {9");
    }

    @Test
    void a_language_that_nobody_wrote_is_an_error_and_no_other_language() {
        assertThatThrownBy(() -> Phrases.of(PhrasesTest.class, "de")).isInstanceOf(MissingResourceException.class);
    }
}
