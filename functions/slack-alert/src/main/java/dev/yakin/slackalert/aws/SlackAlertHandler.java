package dev.yakin.slackalert.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.slackalert.Channel;
import dev.yakin.slackalert.Delivery;
import dev.yakin.slackalert.Incoming;
import dev.yakin.slackalert.Letter;
import dev.yakin.slackalert.Memory;
import dev.yakin.slackalert.Outcome;
import dev.yakin.slackalert.Reading;
import dev.yakin.slackalert.RecentMemory;
import dev.yakin.slackalert.Rendering;
import dev.yakin.slackalert.slack.SlackChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Takes a batch from the queue, posts each message to Slack, and leaves in the queue what Slack did not take.
 *
 * <p>Nothing is thrown once posting has begun: a thrown batch comes back whole, and what was posted would be posted
 * again. What a person must repair is counted as {@code SlackRefused}, and an alarm on it goes to e-mail.
 */
public final class SlackAlertHandler implements RequestStreamHandler {
    private static final int REMEMBERED = 2_000;

    /** The longest that one post may take: twice, because the access may have to be read anew; and the answer. */
    private static final Duration ONE_POST = SlackChannel.CONNECT_TIMEOUT
            .plus(SlackChannel.READ_TIMEOUT)
            .multipliedBy(2)
            .plusSeconds(1);

    private final Delivery delivery;
    private final Queue queue;
    private final Report report;

    public SlackAlertHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private SlackAlertHandler(Settings settings, Clock clock) {
        this(settings, new Journal(settings.text("STACK_NAME"), "slack-alert", clock, System.out));
    }

    private SlackAlertHandler(Settings settings, Journal journal) {
        this(settings, channel(settings), new RecentMemory(REMEMBERED), queue(settings, journal), journal);
    }

    SlackAlertHandler(Settings settings, Channel channel, Memory memory, Queue queue, Journal journal) {
        var rendering = new Rendering(
                settings.text("ALERT_LANGUAGE", "ja"),
                settings.zone("TIME_ZONE"),
                settings.text("STAGE"),
                settings.text("STACK_NAME"));
        var reading =
                new Reading(Optional.of(settings.text("SERVICE_LOG_GROUP", "")).filter(group -> !group.isEmpty()));
        // Said once at start, to nobody: the classes and the phrases are loaded when the first alarm comes.
        rendering.render(
                reading.read(Incoming.of(new Letter("start", "", "start", Instant.EPOCH, 1))), channel.mention());
        this.delivery = new Delivery(reading, rendering, channel, memory);
        this.queue = queue;
        this.report = new Report(journal);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var batch = SqsBatch.parse(new String(input.readAllBytes(), UTF_8));
        var outcomes = delivery.deliver(batch, timeIsLeft(context));
        queue.redeliver(outcomes);
        report.tell(outcomes);
        output.write(SqsBatch.answer(stillQueued(outcomes)).toString().getBytes(UTF_8));
    }

    private static List<Letter> stillQueued(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.isDone())
                .map(Outcome::letter)
                .toList();
    }

    private static BooleanSupplier timeIsLeft(@Nullable Context context) {
        return () -> context == null || context.getRemainingTimeInMillis() > ONE_POST.toMillis();
    }

    // Reading the secret loads the classes of HTTP and TLS, too: the first post finds them there.
    private static Channel channel(Settings settings) {
        var vault = new SecretsManagerVault(
                Clients.create(SecretsManagerClient.builder()), settings.text("SLACK_SECRET_ARN"));
        return new SlackChannel(settings.text("SLACK_API_URL", "https://slack.com/api"), vault);
    }

    // Its client is made only when first needed: most environments never hand anything back.
    private static Queue queue(Settings settings, Journal journal) {
        var url = settings.text("SLACK_QUEUE_URL", "");
        return url.isEmpty() ? outcomes -> {} : new SqsQueue(() -> Clients.create(SqsClient.builder()), url, journal);
    }
}
