package dev.yakin.salescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both languages say the same things. */
class PhrasesTest {
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d+}");

    @Test
    void both_languages_have_the_same_keys() throws IOException {
        assertThat(phrases("ja").stringPropertyNames()).isEqualTo(phrases("en").stringPropertyNames());
    }

    @Test
    void each_phrase_has_the_same_arguments_in_both_languages() throws IOException {
        var japanese = phrases("ja");
        phrases("en")
                .forEach((key, english) -> assertThat(arguments((String) english))
                        .as(key.toString())
                        .isEqualTo(arguments(japanese.getProperty(key.toString()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void each_phrase_is_a_pattern_that_keeps_its_arguments(String language) throws IOException {
        phrases(language).forEach((key, phrase) -> {
            var pattern = (String) phrase;
            assertThat(pattern.strip()).as(key.toString()).isNotEmpty();
            // a lone apostrophe would swallow what follows it
            var formats = new MessageFormat(pattern).getFormatsByArgumentIndex().length;
            assertThat(formats).as(key.toString()).isEqualTo(arguments(pattern).size());
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_of_problem_has_its_sentence(Problem.Kind kind) throws IOException {
        assertThat(phrases("en")).containsKey(kind.phrase());
    }

    private static Set<String> arguments(String phrase) {
        var found = new TreeSet<String>();
        ARGUMENT.matcher(phrase).results().forEach(argument -> found.add(argument.group()));
        return found;
    }

    private static Properties phrases(String language) throws IOException {
        var name = "phrases_" + language + ".properties";
        try (var file = Objects.requireNonNull(Voice.class.getResourceAsStream(name), name)) {
            var phrases = new Properties();
            phrases.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return phrases;
        }
    }
}
