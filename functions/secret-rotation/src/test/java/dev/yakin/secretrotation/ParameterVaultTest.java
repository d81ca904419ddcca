package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret in Parameter Store in the words of Secrets Manager. */
class ParameterVaultTest {
    private static final String NAME = ParameterShop.NAME;

    private final ParameterShop stack = ParameterShop.running(17);
    private final ParameterVault vault = stack.vault(stack.parameters);

    @Test
    void the_newest_version_is_current_and_the_one_before_previous() {
        assertThat(vault.describe().stages())
                .containsOnly(Map.entry("3", Set.of(Vault.CURRENT)), Map.entry("2", Set.of(Vault.PREVIOUS)));
        assertThat(vault.value("3")).contains(stack.newest().text());
        assertThat(vault.value("4")).isEmpty();
    }

    @Test
    void what_is_pending_is_not_what_a_task_reads() {
        var before = stack.newest();
        var token = vault.begin(true).orElseThrow();
        assertThat(token).isEqualTo("4");
        assertThat(vault.describe().has("4", Vault.PENDING))
                .as("begun, without content")
                .isTrue();
        vault.putPending("4", "postgresql://u:p@h/d");
        assertThat(stack.newest()).isEqualTo(before);
        assertThat(stack.vault(stack.parameters).describe().has("4", Vault.PENDING))
                .as("another process sees it")
                .isTrue();
        assertThat(vault.value("4")).contains("postgresql://u:p@h/d");
    }

    @Test
    void of_two_that_begin_at_once_the_second_takes_the_password_of_the_first() {
        vault.putPending("4", "postgresql://u:first@h/d");
        vault.putPending("4", "postgresql://u:first@h/d");
        assertThatThrownBy(() -> vault.putPending("4", "postgresql://u:second@h/d"))
                .hasMessageContaining("STALE")
                .message()
                .doesNotContain("second");
        assertThat(vault.value("4")).contains("postgresql://u:first@h/d");
    }

    /** The password was made on 24 November at 9:00 in Japan. */
    @ParameterizedTest
    @CsvSource({"2026-12-23T23:59:59Z, false", "2026-12-24T00:00:00Z, true", "2027-02-01T00:00:00Z, true"})
    void it_is_due_after_a_month(Instant now, boolean isDue) {
        assertThat(at(now).begin(false).isPresent()).isEqualTo(isDue);
    }

    @Test
    void a_rotation_that_was_begun_goes_on_whatever_the_date() {
        vault.putPending("4", "postgresql://u:p@h/d");
        assertThat(at(ParameterShop.NOW.instant()).begin(false)).contains("4");
    }

    @Test
    void what_somebody_overtook_is_thrown_away() {
        vault.putPending("4", "postgresql://u:p@h/d");
        stack.parameters.overwrite(NAME, stack.newest().text());
        assertThat(at(ParameterShop.NOW.instant()).begin(false)).isEmpty();
        assertThat(stack.parameters.versions.keySet()).containsExactly(NAME);
    }

    @Test
    void the_next_rotation_waits_until_the_last_one_is_adopted() {
        var before = stack.newest();
        stack.parameters.tags.clear();
        var work = stack.work(stack.parameters, stack.shop.jdbc());
        assertThatThrownBy(() -> work.on(new RotationEvent.Look(true))).hasMessageContaining("NOT_ADOPTED");
        assertThat(stack.newest()).isEqualTo(before);
        stack.rotate();
        assertThat(stack.currentLogsIn()).isTrue();
    }

    private ParameterVault at(Instant now) {
        return new ParameterVault(
                stack.parameters, NAME, stack.current(), ParameterShop.MONTH, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void a_parameter_that_is_missing_is_named() {
        stack.parameters.delete(NAME);
        assertThatThrownBy(vault::describe).hasMessageContaining("SECRET: there is no parameter " + NAME);
    }
}
