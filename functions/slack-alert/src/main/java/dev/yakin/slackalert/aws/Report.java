package dev.yakin.slackalert.aws;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Alert;
import dev.yakin.slackalert.Desk;
import dev.yakin.slackalert.Outcome;
import dev.yakin.slackalert.Round;
import dev.yakin.slackalert.SafeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch, in logs and metrics; never what the messages say. {@code SlackRefused} is what the e-mail
 * alarm listens to: a partial batch answer is a success to Lambda, so its own Errors metric stays at zero.
 */
record Report(Journal journal) {
    private static final int KEY_LENGTH = 200;

    void tell(Desk.Result result) {
        var outcomes = result.outcomes();
        result.said().forEach(this::line);
        outcomes.forEach(this::line);
        if (!result.said().isEmpty()) {
            journal.count("SlackPosted", result.said().size());
        }
        if (outcomes.isEmpty()) {
            journal.seconds("SlackWaiting", result.oldest());
        }
        count("SlackHandedBack", outcomes, Outcome.HandedBack.class);
        count("SlackRefused", outcomes, Outcome.Refused.class);
        if (outcomes.stream().noneMatch(Outcome.Refused.class::isInstance)) {
            journal.heartbeat();
        }
    }

    private void count(String metric, List<Outcome> outcomes, Class<? extends Outcome> kind) {
        var number = outcomes.stream().filter(kind::isInstance).count();
        if (number > 0) {
            journal.count(metric, (double) number);
        }
    }

    private void line(Round.Said said) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("incident", SafeText.line(said.cause(), KEY_LENGTH));
        fields.put("what", said.what());
        fields.put("ts", said.ts());
        fields.put("news", Integer.toString(said.news()));
        fields.put("asText", Boolean.toString(said.asText()));
        fields.put("maybeTwice", Boolean.toString(said.maybeTwice()));
        journal.line("INFO", "posted", fields);
    }

    private void line(Outcome outcome) {
        switch (outcome) {
            case Outcome.Posted posted ->
                line("INFO", "told", outcome, Map.of("ts", posted.ts(), "asText", Boolean.toString(posted.asText())));
            case Outcome.AlreadyPosted again -> line("INFO", "posted before", outcome, Map.of());
            case Outcome.Folded folded -> line("INFO", "folded", outcome, Map.of("why", folded.why()));
            case Outcome.HandedBack back -> line("WARN", "handed back", outcome, handedBack(back.why(), back.after()));
            case Outcome.Refused refused ->
                line(
                        "ERROR",
                        "refused by Slack",
                        outcome,
                        Map.of(
                                "error",
                                refused.error(),
                                "fault",
                                refused.refusal().name()));
        }
    }

    private static Map<String, String> handedBack(String why, Duration delay) {
        return Map.of("why", why, "delay", delay.toString());
    }

    private void line(String level, String message, Outcome outcome, Map<String, String> more) {
        Alert alert = outcome.alert();
        var fields = new LinkedHashMap<String, String>();
        fields.put("messageId", outcome.letter().id());
        fields.put("incident", SafeText.line(alert.incident().key(), KEY_LENGTH));
        fields.put("severity", alert.heading().severity().name());
        fields.put("state", alert.heading().state().name());
        fields.put("tries", Integer.toString(outcome.letter().tries()));
        fields.putAll(more);
        journal.line(level, message, fields);
    }
}
