package dev.yakin.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

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
        output.write(("{\"served\": " + served
                        + ", \"time\": \"" + Clock.systemUTC().instant()
                        + "\", \"left\": " + context.getRemainingTimeInMillis()
                        + ", \"arn\": \"" + context.getInvokedFunctionArn()
                        + "\", \"event\": " + event + "}")
                .getBytes(UTF_8));
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
