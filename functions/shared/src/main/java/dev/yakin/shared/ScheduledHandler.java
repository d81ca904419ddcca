package dev.yakin.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/**
 * Look, decide, act, say: the one loop of every scheduled function. The event only wakes it; of the event's content only
 * {@code {"dryRun": true}} counts, so a lost, late, doubled or foreign event does no harm.
 */
public abstract class ScheduledHandler<A extends Action> implements RequestStreamHandler {
    private final Journal journal;
    private final PlanRunner runner;

    protected ScheduledHandler(String function, Clock clock, Journal journal) {
        this.journal = journal;
        this.runner = new PlanRunner(function, clock, journal);
    }

    protected final Journal journal() {
        return journal;
    }

    /** Looks at the real state and decides. Changes nothing. An empty plan is the normal answer. */
    protected abstract List<A> plan();

    /** Carries out one action; idempotent. */
    protected abstract void apply(A action);

    /** Tells an invocation's context to those who must know how much time is left. */
    protected void invoked(Context context) {}

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        invoked(context);
        var dryRun = isDryRun(new String(input.readAllBytes(), UTF_8));
        var answer = look(dryRun);
        output.write(answer.toJson().toString().getBytes(UTF_8));
    }

    /** One look. */
    public final Answer look(boolean dryRun) {
        var answer = runner.run(plan(), dryRun, this::apply);
        if (!dryRun) {
            journal.heartbeat();
        }
        return answer;
    }

    /** Anything but an explicit {@code "dryRun": true} is an ordinary wake-up, however odd the event. */
    static boolean isDryRun(String event) {
        try {
            JsonElement json = JsonParser.parseString(event);
            if (!json.isJsonObject()) {
                return false;
            }
            var flag = json.getAsJsonObject().get("dryRun");
            return flag != null
                    && flag.isJsonPrimitive()
                    && flag.getAsJsonPrimitive().isBoolean()
                    && flag.getAsBoolean();
        } catch (JsonParseException e) {
            return false;
        }
    }
}
