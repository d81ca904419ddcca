package dev.yakin.secretbootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.yakin.secretbootstrap.SecretBootstrap.RefusedException;
import dev.yakin.shared.Journal;
import dev.yakin.shared.PlanRunner;
import dev.yakin.shared.StackReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int LOOK_MAKE_LOOK = 6; // two parameters

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final TestStore store = new TestStore();
    private int made;

    private Bootstrap bootstrap(Parameters parameters) {
        var journal = new Journal("shop", "secret-bootstrap", NOW, new PrintStream(log, true, UTF_8));
        return new Bootstrap(parameters, () -> "secret-" + made++, new PlanRunner("secret-bootstrap", NOW, journal));
    }

    @Test
    void makes_each_once_and_tells_names_only() {
        var reply = bootstrap(store).answer(Requests.of("Create"));
        assertThat(reply.good()).isTrue();
        assertThat(reply.data())
                .containsEntry("JwtSecret", "arn:aws:ssm:::parameter/app/prod/jwt-secret")
                .containsEntry("JwtSecretName", "/app/prod/jwt-secret")
                .hasSize(4);
        assertThat(store.values).containsValues("secret-0", "secret-1");
        assertThat(Requests.of("Create").toJson(reply) + log.toString(UTF_8))
                .doesNotContain("secret-0")
                .doesNotContain("secret-1");
    }

    @Test
    void asked_again_it_changes_nothing() {
        bootstrap(store).answer(Requests.of("Create"));
        var before = Map.copyOf(store.values);
        assertThat(bootstrap(store).answer(Requests.of("Update")).good()).isTrue();
        assertThat(store.values).isEqualTo(before);
    }

    @Test
    void leaves_everything_when_the_stack_goes() {
        bootstrap(store).answer(Requests.of("Create"));
        var reply = bootstrap(store).answer(Requests.of("Delete"));
        assertThat(reply.good()).isTrue();
        assertThat(store.values).hasSize(2);
    }

    /** Every call fails once, or happens and its answer is lost. Lambda then asks again. */
    @ParameterizedTest
    @EnumSource(TestStore.Kind.class)
    void ends_well_wherever_it_was_interrupted(TestStore.Kind kind) {
        for (int call = 0; call < LOOK_MAKE_LOOK; call++) {
            store.values.clear();
            store.fail(call, kind);
            assertThatThrownBy(() -> bootstrap(store).answer(Requests.of("Create")))
                    .hasMessageContaining("timed out");
            var left = Map.copyOf(store.values);
            var reply = bootstrap(store).answer(Requests.of("Create"));
            assertThat(reply.good()).isTrue();
            assertThat(store.values).containsAllEntriesOf(left).hasSize(2);
        }
    }

    @Test
    void the_matrix_is_about_every_call() {
        store.fail(LOOK_MAKE_LOOK, TestStore.Kind.BEFORE);
        bootstrap(store).answer(Requests.of("Create"));
        assertThat(store.calls()).isEqualTo(LOOK_MAKE_LOOK);
    }

    @Test
    void a_refusal_is_told_at_once_because_trying_again_helps_nobody() {
        var denied = new Parameters() {
            @Override
            public Optional<Found> look(String name) {
                return Optional.empty();
            }

            @Override
            public void create(String name, String value) {
                throw new RefusedException("Parameter Store refuses: not authorized");
            }
        };
        var request = Requests.of("Create");
        var json = JsonParser.parseString(request.toJson(bootstrap(denied).answer(request)))
                .getAsJsonObject();
        assertThat(json.get("Status").getAsString()).isEqualTo("FAILED");
        assertThat(json.get("Reason").getAsString()).isEqualTo("Parameter Store refuses: not authorized");
        assertThat(json.get("PhysicalResourceId").getAsString()).isEqualTo("secret-parameters/SecretParameters");
        assertThat(json.get("RequestId").getAsString()).isEqualTo("r-1");
    }

    @Test
    void a_long_reason_still_fits_into_the_answer() {
        assertThat(Requests.of("Create")
                        .toJson(StackReply.failed("x".repeat(10_000)))
                        .getBytes(UTF_8))
                .hasSizeLessThan(4_096);
    }
}
