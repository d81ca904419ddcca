package dev.yakin.shared.aws;

import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * How every AWS client of Yakin is made: region and credentials from the environment without a search, one shared
 * URL-connection HTTP client, the SDK's standard retries. An emulator is found through the SDK's own
 * {@code AWS_ENDPOINT_URL}.
 */
public final class Clients {
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofSeconds(10))
            .build();

    private Clients() {}

    /** Builds a client, for example {@code Clients.create(SnsClient.builder())}. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(B builder) {
        return create(builder, Settings.fromEnvironment().text("AWS_REGION"));
    }

    /** Builds a client of another region than the function's own. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(
            B builder, String region) {
        return builder.region(Region.of(region))
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .httpClient(HTTP)
                .overrideConfiguration(
                        override -> override.retryStrategy(RetryMode.STANDARD).apiCallTimeout(Duration.ofSeconds(25)))
                .build();
    }

    /** The one HTTP client, for a question that is asked without the SDK's module of its service. */
    public static SdkHttpClient http() {
        return HTTP;
    }

    /**
     * Makes a cheap first call while Lambda still gives the start a full processor, so that the first event finds the
     * client's classes loaded (measured in benchmarks/: the largest lever on the cold start). A failure is only logged:
     * the call proper will meet it again and report it.
     */
    public static void prime(Journal journal, Runnable cheapRead) {
        try {
            cheapRead.run();
        } catch (SdkException e) {
            journal.line("WARN", "priming failed", Map.of("cause", String.valueOf(e.getMessage())));
        }
    }
}
