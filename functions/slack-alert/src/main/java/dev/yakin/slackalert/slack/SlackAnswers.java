package dev.yakin.slackalert.slack;

import dev.yakin.slackalert.Fields;
import dev.yakin.slackalert.Reply;
import java.time.Duration;
import java.util.Optional;

/** What Slack's HTTP answers mean. Sources: Slack developer documentation, "Rate limits" and "chat.postMessage". */
final class SlackAnswers {
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private SlackAnswers() {}

    /** Of a method of the Web API: a refusal comes with status 200 and {@code ok:false}. */
    static Reply ofMethod(Http.Answer answer) {
        return trouble(answer).orElseGet(() -> judge(answer));
    }

    /** Of an incoming webhook: a refusal is a status and a word. */
    static Reply ofWebhook(Http.Answer answer) {
        var isPosted = answer.status() == 200 && answer.body().strip().equals("ok");
        return trouble(answer)
                .orElseGet(() -> isPosted ? new Reply.Posted("") : SlackErrors.reply(SlackErrors.word(answer.body())));
    }

    private static Reply judge(Http.Answer answer) {
        var json = Fields.parse(answer.body());
        if (json.isEmpty() || json.get().text("ok").isEmpty()) {
            return new Reply.Unavailable("Slack answered %d without a result".formatted(answer.status()));
        }
        return json.get().text("ok").equals("true")
                ? new Reply.Posted(json.get().text("ts"))
                : SlackErrors.reply(SlackErrors.word(json.get().text("error")));
    }

    /** What the status says, before anybody looks into the body. */
    private static Optional<Reply> trouble(Http.Answer answer) {
        if (answer.status() == 429) {
            return Optional.of(new Reply.RateLimited(silence(answer.retryAfter())));
        }
        var isTheirs = answer.status() >= 500 || (answer.status() >= 300 && answer.status() < 400);
        return isTheirs ? Optional.of(new Reply.Unavailable("Slack answered " + answer.status())) : Optional.empty();
    }

    private static Duration silence(String retryAfter) {
        if (!retryAfter.strip().matches("\\d{1,9}")) {
            return SlackErrors.USUAL_SILENCE;
        }
        var seconds = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.strip())));
        return seconds.compareTo(LONGEST_SILENCE) < 0 ? seconds : LONGEST_SILENCE;
    }
}
