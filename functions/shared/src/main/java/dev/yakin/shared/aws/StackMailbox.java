package dev.yakin.shared.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Where CloudFormation waits for an answer: one PUT to a presigned address. S3 signs for an empty content type, so the JDK's
 * own must not be sent. Source: CloudFormation User Guide, "cfn-response module".
 */
public final class StackMailbox {
    private static final int TRIES = 3;
    private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

    private StackMailbox() {}

    /**
     * @throws IllegalStateException when nobody took it; the message does not hold the address, which would let whoever
     *     reads the log answer in our place
     */
    public static void put(URI address, String json) {
        var body = json.getBytes(UTF_8);
        var trouble = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                var status = put(address, body);
                if (status < HttpURLConnection.HTTP_MULT_CHOICE) {
                    return;
                }
                trouble = "status " + status;
            } catch (IOException e) {
                trouble = e.getClass().getSimpleName();
            }
        }
        throw new IllegalStateException("CloudFormation did not take the answer: " + trouble);
    }

    private static int put(URI address, byte[] body) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod("PUT");
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "");
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection.getResponseCode();
    }
}
