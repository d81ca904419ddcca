package dev.yakin.secretbootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.secretbootstrap.Parameters.Found;
import dev.yakin.secretbootstrap.SecretBootstrap.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretBootstrapTest {
    private static final Map<String, String> JWT = Map.of("JwtSecret", "/app/prod/jwt-secret");

    @Test
    void makes_what_is_missing() {
        assertThat(SecretBootstrap.plan(JWT, Map.of()))
                .containsExactly(new Create("/app/prod/jwt-secret", "there is no parameter of this name"));
    }

    @Test
    void leaves_what_is_there() {
        var there = Map.of("/app/prod/jwt-secret", Optional.of(new Found("arn", true)));
        assertThat(SecretBootstrap.plan(JWT, there)).isEmpty();
    }

    @Test
    void refuses_a_parameter_that_everybody_can_read() {
        var plain = Map.of("/app/prod/jwt-secret", Optional.of(new Found("arn", false)));
        assertThatThrownBy(() -> SecretBootstrap.plan(JWT, plain))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("/app/prod/jwt-secret")
                .hasMessageContaining("no SecureString");
    }

    @ParameterizedTest
    @CsvSource({
        "JwtSecret, jwt-secret",
        "JwtSecret, /jwt-secret",
        "JwtSecret, ''",
        "JwtSecret, /app/prod/jwt secret",
        "JwtSecret, /aws/prod/jwt-secret",
        "JwtSecret, /app//jwt-secret",
        "Jwt-Secret, /app/prod/jwt-secret"
    })
    void refuses_names_that_Parameter_Store_would_not_take(String key, String name) {
        assertThatThrownBy(() -> SecretBootstrap.plan(Map.of(key, name), Map.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Parameters." + key);
    }

    @Test
    void refuses_a_request_for_nothing() {
        assertThatThrownBy(() -> SecretBootstrap.plan(Map.of(), Map.of())).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_secret_is_long_has_no_punctuation_and_is_never_the_same() {
        var secrets = RandomText.secure();
        assertThat(secrets.get()).matches("[A-Za-z0-9]{48}").isNotEqualTo(secrets.get());
        assertThat(new RandomText(RandomGenerator.of("Random")).get()).hasSize(48);
    }
}
