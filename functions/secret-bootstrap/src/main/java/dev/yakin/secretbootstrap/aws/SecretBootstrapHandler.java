package dev.yakin.secretbootstrap.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.yakin.secretbootstrap.Bootstrap;
import dev.yakin.secretbootstrap.Parameters;
import dev.yakin.secretbootstrap.RandomText;
import dev.yakin.secretbootstrap.Request;
import dev.yakin.shared.Journal;
import dev.yakin.shared.PlanRunner;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.StackMailbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Answers CloudFormation. A deploy waits for it, so nothing is primed: it runs a few times a year. */
public final class SecretBootstrapHandler implements RequestStreamHandler {
    private static final String FUNCTION = "secret-bootstrap";

    private final Bootstrap bootstrap;
    private final BiConsumer<URI, String> mailbox;
    private final Journal journal;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SecretBootstrapHandler() {
        this(Settings.fromEnvironment().text("STACK_NAME"), Clock.systemUTC());
    }

    private SecretBootstrapHandler(String stack, Clock clock) {
        this(
                new ParameterStore(Clients.create(SsmClient.builder()), stack),
                RandomText.secure(),
                StackMailbox::put,
                clock,
                new Journal(stack, FUNCTION, clock, System.out));
    }

    /** With everything from outside given. */
    SecretBootstrapHandler(
            Parameters parameters,
            Supplier<String> secrets,
            BiConsumer<URI, String> mailbox,
            Clock clock,
            Journal journal) {
        this.bootstrap = new Bootstrap(parameters, secrets, new PlanRunner(FUNCTION, clock, journal));
        this.mailbox = mailbox;
        this.journal = journal;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var answer = answer(new String(input.readAllBytes(), UTF_8));
        output.write(answer.getBytes(UTF_8));
    }

    /** What CloudFormation was told. */
    String answer(String event) {
        var request = Request.parse(event);
        var reply = bootstrap.answer(request);
        if (!reply.good()) {
            journal.line("ERROR", "refused", Map.of("reason", reply.reason()));
        }
        var json = request.toJson(reply);
        mailbox.accept(request.stack().answerTo(), json);
        return json;
    }
}
