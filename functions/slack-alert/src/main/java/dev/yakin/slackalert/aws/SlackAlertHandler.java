package dev.yakin.slackalert.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.slackalert.Desk;
import dev.yakin.slackalert.Incoming;
import dev.yakin.slackalert.Letter;
import dev.yakin.slackalert.Mention;
import dev.yakin.slackalert.Outcome;
import dev.yakin.slackalert.slack.SlackChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch from the queue, or an empty one from the schedule, which is a look at what is due by the clock. Leaves in
 * the queue what Slack did not take.
 *
 * <p>Nothing is thrown once posting has begun: a thrown batch comes back whole. What a person must repair is counted as
 * {@code SlackRefused}, and an alarm on it goes to e-mail.
 */
public final class SlackAlertHandler implements RequestStreamHandler {
    /** The longest that one post may take: twice, because the access may have to be read anew; and the answer. */
    private static final Duration ONE_POST = SlackChannel.CONNECT_TIMEOUT
            .plus(SlackChannel.READ_TIMEOUT)
            .multipliedBy(2)
            .plusSeconds(1);

    private final Clock clock;
    private final Desk desk;
    private final Queue queue;
    private final Report report;

    public SlackAlertHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private SlackAlertHandler(Settings settings, Clock clock) {
        this(new Wiring(settings, new Journal(settings.text("STACK_NAME"), "slack-alert", clock, System.out)), clock);
    }

    private SlackAlertHandler(Wiring wiring, Clock clock) {
        this(wiring, wiring.desk(), wiring.queue(), clock);
    }

    SlackAlertHandler(Wiring wiring, Desk desk, Queue queue, Clock clock) {
        this.clock = clock;
        this.desk = desk;
        this.queue = queue;
        this.report = new Report(wiring.journal());
        // Said once at start, to nobody: the classes and the phrases are loaded when the first alarm comes.
        wiring.rendering()
                .render(
                        wiring.reading().read(Incoming.of(new Letter("start", "", "start", Instant.EPOCH, 1))),
                        Mention.NOBODY);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var batch = SqsBatch.parse(new String(input.readAllBytes(), UTF_8));
        var owner = UUID.randomUUID().toString();
        var result = batch.isEmpty()
                ? desk.look(owner, clock::instant, timeIsLeft(context))
                : desk.take(batch, owner, clock::instant, timeIsLeft(context));
        queue.redeliver(result.outcomes());
        report.tell(result);
        output.write(SqsBatch.answer(stillQueued(result.outcomes())).toString().getBytes(UTF_8));
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
}
