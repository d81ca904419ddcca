package dev.yakin.secretrotation.aws;

import dev.yakin.secretrotation.RotationException;
import dev.yakin.secretrotation.Trouble;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What AWS's refusals mean. They come after the SDK's own retries: throttled calls and lost answers were tried three
 * times. Neither message nor cause is kept, but for a denial: a validation error quotes what it was given.
 */
final class AwsTroubles {
    private static final String DENIED = "AccessDeniedException";

    private AwsTroubles() {}

    static <T> T asking(String call, Supplier<T> what) {
        try {
            return what.get();
        } catch (AwsServiceException e) {
            var code = e.awsErrorDetails() == null
                    ? "status " + e.statusCode()
                    : e.awsErrorDetails().errorCode();
            if (DENIED.equals(code)) {
                throw new RotationException(
                        Trouble.PERMISSION, call + ": " + e.awsErrorDetails().errorMessage());
            }
            throw new RotationException(Trouble.AWS, call + ": " + code);
        } catch (SdkClientException e) {
            throw new RotationException(
                    Trouble.AWS, call + " has no answer: " + e.getClass().getSimpleName());
        }
    }
}
