package dev.yakin.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.util.StringJoiner;

/** A function that does what its event says, so that the tests see each way in which an invocation can end. */
public final class Probe implements RequestStreamHandler {
    private static int served;

    static {
        if (System.getenv("FAIL_AT_START") != null) {
            throw new IllegalStateException("environment variable CLUSTER is missing");
        }
        System.out.println("{\"message\": \"started\"}");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var event = new String(input.readAllBytes(), UTF_8);
        served++;
        if (event.contains("print")) {
            for (int line = 0; line < 5000; line++) {
                System.out.println("{\"line\": " + line + ", \"text\": \"在庫\"}");
            }
        } else if (event.contains("fail")) {
            throw new IllegalArgumentException("asked to fail");
        } else if (event.contains("exit")) {
            System.exit(3);
        } else if (event.contains("sleep")) {
            await();
        }
        if (event.contains("call")) {
            listQueues();
        }
        var answer = new StringJoiner(", ", "{", "}")
                .add("\"served\": " + served)
                .add("\"time\": " + quoted(Clock.systemUTC().instant().toString()))
                .add("\"left\": " + context.getRemainingTimeInMillis())
                .add("\"arn\": " + quoted(context.getInvokedFunctionArn()))
                .add("\"event\": " + event);
        if (event.contains("environment")) {
            var variables = new StringJoiner(", ", "{", "}");
            System.getenv().forEach((name, value) -> variables.add(quoted(name) + ": " + quoted(value)));
            answer.add("\"environment\": " + variables);
        }
        if (event.contains("report-me")) {
            answer.add("\"batchItemFailures\": [{\"itemIdentifier\": " + quoted(idOf(event, "report-me")) + "}]");
        }
        output.write(answer.toString().getBytes(UTF_8));
    }

    /** The id of the SQS message with this body. */
    private static String idOf(String event, String body) {
        var key = "\"messageId\": \"";
        var start = event.lastIndexOf(key, event.indexOf(body)) + key.length();
        return event.substring(start, event.indexOf('"', start));
    }

    /** One call of AWS, as the SDK makes it but for the signature. */
    private static void listQueues() throws IOException {
        var url = URI.create(System.getenv("AWS_ENDPOINT_URL")).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        connection.setRequestProperty("X-Amz-Target", "AmazonSQS.ListQueues");
        connection.setRequestProperty("X-Amz-Security-Token", System.getenv("AWS_SESSION_TOKEN"));
        var scope = System.getenv("AWS_ACCESS_KEY_ID") + "/20261226/" + System.getenv("AWS_REGION") + "/sqs/aws4_request";
        connection.setRequestProperty("Authorization", "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host");
        connection.getOutputStream().write("{}".getBytes(UTF_8));
        if (connection.getResponseCode() != 200) {
            throw new IOException("HTTP " + connection.getResponseCode());
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
