package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final Settings settings = new Settings(Map.of(
            "TEXT", " shop ",
            "BLANK", "  ",
            "LIST", "app, worker,,",
            "NUMBER", "60",
            "ZONE", "Asia/Tokyo",
            "TOKEN", "xoxb-secret"));

    @Test
    void values_are_read_without_the_space_around_them() {
        assertThat(settings.text("TEXT")).isEqualTo("shop");
        assertThat(settings.text("BLANK", "else")).isEqualTo("else");
        assertThat(settings.list("LIST")).containsExactly("app", "worker");
        assertThat(settings.integer("NUMBER", 0, 60)).isEqualTo(60);
        assertThat(settings.minutes("NUMBER", 0, 60)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.zone("ZONE")).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(settings.oneOf("TEXT", "shop", "office")).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLANK", "ABSENT"})
    void what_is_missing_is_named(String name) {
        assertThatThrownBy(() -> settings.text(name))
                .hasMessageStartingWith("environment variable " + name + " is missing");
        assertThatThrownBy(() -> settings.list(name)).hasMessageContaining(name);
        assertThatThrownBy(() -> settings.integer(name, 0, 1)).hasMessageContaining(name);
        assertThatThrownBy(() -> settings.zone(name)).hasMessageContaining(name);
    }

    @Test
    void what_is_malformed_is_named_with_what_is_needed() {
        assertThatThrownBy(() -> settings.integer("NUMBER", 1, 59))
                .hasMessage("environment variable NUMBER is 60, need 1..59");
        assertThatThrownBy(() -> settings.integer("TEXT", 1, 59))
                .hasMessageContaining("TEXT is 'shop', need a whole number");
        assertThatThrownBy(() -> settings.zone("TEXT")).hasMessageContaining("IANA time zone");
        assertThatThrownBy(() -> settings.oneOf("TEXT", "ja", "en")).hasMessageContaining("need one of ja, en");
        assertThatThrownBy(() -> new Settings(Map.of("LIST", ",")).list("LIST")).hasMessageContaining("at least one");
    }

    @Test
    void printing_settings_shows_no_value() {
        assertThat(settings).asString().contains("TOKEN").doesNotContain("xoxb");
    }
}
