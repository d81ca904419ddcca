package dev.yakin.secretbootstrap.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.secretbootstrap.SecretBootstrap.RefusedException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

class ParameterStoreTest {
    private static final String NAME = "/app/prod/jwt-secret";

    private final FakeSsm ssm = new FakeSsm();
    private final ParameterStore store = new ParameterStore(ssm, "shop");

    @Test
    void makes_a_secret_parameter_and_finds_it() {
        assertThat(store.look(NAME)).isEmpty();
        store.create(NAME, "s3cret");
        assertThat(store.look(NAME)).hasValueSatisfying(found -> {
            assertThat(found.secret()).isTrue();
            assertThat(found.arn()).endsWith(NAME);
        });
    }

    @Test
    void never_writes_over_one() {
        store.create(NAME, "first");
        store.create(NAME, "second");
        assertThat(ssm.kept).containsEntry(NAME, "first");
    }

    @Test
    void sees_that_one_is_no_secret() {
        ssm.type = ParameterType.STRING;
        store.create(NAME, "plain");
        assertThat(store.look(NAME))
                .hasValueSatisfying(found -> assertThat(found.secret()).isFalse());
    }

    @Test
    void a_denial_is_final_and_a_breakdown_is_not() {
        ssm.trouble = error(400, "AccessDeniedException", "not authorized");
        assertThatThrownBy(() -> store.create(NAME, "s3cret"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Parameter Store refuses: not authorized");
        ssm.trouble = error(500, "InternalServerError", "try again");
        assertThatThrownBy(() -> store.look(NAME)).isInstanceOf(SsmException.class);
        ssm.trouble = error(400, "ThrottlingException", "slow down");
        assertThatThrownBy(() -> store.look(NAME)).isInstanceOf(SsmException.class);
    }

    private static SsmException error(int status, String code, String message) {
        var details =
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
        return (SsmException) SsmException.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }

    /** Keeps parameters as Parameter Store does. */
    private static final class FakeSsm implements SsmClient {
        final Map<String, String> kept = new HashMap<>();
        ParameterType type = ParameterType.SECURE_STRING;

        @org.jspecify.annotations.Nullable
        SsmException trouble;

        @Override
        public GetParameterResponse getParameter(GetParameterRequest request) {
            fail();
            if (!kept.containsKey(request.name())) {
                throw ParameterNotFoundException.builder().statusCode(400).build();
            }
            assertThat(request.withDecryption()).isFalse();
            return GetParameterResponse.builder()
                    .parameter(Parameter.builder()
                            .arn("arn:aws:ssm:::parameter" + request.name())
                            .type(type)
                            .build())
                    .build();
        }

        @Override
        public PutParameterResponse putParameter(PutParameterRequest request) {
            fail();
            if (kept.containsKey(request.name()) && !request.overwrite()) {
                throw ParameterAlreadyExistsException.builder().statusCode(400).build();
            }
            assertThat(request.type()).isEqualTo(ParameterType.SECURE_STRING);
            kept.put(request.name(), request.value());
            return PutParameterResponse.builder().build();
        }

        private void fail() {
            if (trouble != null) {
                throw trouble;
            }
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {}
    }
}
