package dev.yakin.secretbootstrap.aws;

import dev.yakin.secretbootstrap.Parameters;
import dev.yakin.secretbootstrap.SecretBootstrap.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Systems Manager Parameter Store, standard tier, with the AWS managed key. */
record ParameterStore(SsmClient ssm, String stack) implements Parameters {
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    /** Asked for without decryption, so what comes back is a cipher, and not even that is looked at. */
    @Override
    public Optional<Found> look(String name) {
        return asking(() -> {
            try {
                var found = ssm.getParameter(request -> request.name(name).withDecryption(false))
                        .parameter();
                return Optional.of(new Found(found.arn(), found.type() == ParameterType.SECURE_STRING));
            } catch (ParameterNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** The second of two calls, or one whose first answer got lost, finds the parameter there: that is what was wanted. */
    @Override
    public void create(String name, String value) {
        asking(() -> {
            try {
                ssm.putParameter(request -> request.name(name)
                        .description("Made once by " + stack + " (secret-bootstrap); the stack never changes it")
                        .type(ParameterType.SECURE_STRING)
                        .value(value)
                        .overwrite(false));
                return true;
            } catch (ParameterAlreadyExistsException e) {
                return false;
            }
        });
    }

    /** What AWS refuses for good is told to CloudFormation at once; the rest is worth another try. */
    private static <T> T asking(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            var refused = e.statusCode() >= CLIENT_ERRORS && e.statusCode() < SERVER_ERRORS;
            if (refused && !e.isThrottlingException()) {
                throw new RefusedException(
                        "Parameter Store refuses: " + e.awsErrorDetails().errorMessage());
            }
            throw e;
        }
    }
}
