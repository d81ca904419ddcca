package dev.yakin.slackalert.slack;

import com.google.gson.JsonObject;
import dev.yakin.slackalert.Channel;
import dev.yakin.slackalert.Fields;
import dev.yakin.slackalert.Mention;
import dev.yakin.slackalert.Reply;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Posts through {@code chat.postMessage} or an incoming webhook. The access is read once; when Slack says that it no
 * longer works, it is read anew, because somebody may have replaced it.
 */
public final class SlackChannel implements Channel {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private final String apiUrl;
    private final Vault vault;
    private final Http http;
    private SlackAccess access;

    /** @throws IllegalArgumentException when the API is not https (or on this machine) or the secret is incomplete */
    public SlackChannel(String apiUrl, Vault vault) {
        this(apiUrl, vault, new Http(CONNECT_TIMEOUT, READ_TIMEOUT));
    }

    SlackChannel(String apiUrl, Vault vault, Http http) {
        if (!SlackAccess.isSafe(apiUrl)) {
            throw new IllegalArgumentException("environment variable SLACK_API_URL needs an https address");
        }
        this.apiUrl = apiUrl.replaceFirst("/$", "");
        this.vault = vault;
        this.http = http;
        this.access = vault.read();
    }

    @Override
    public Reply post(SlackMessage message) {
        return send(message.payload());
    }

    @Override
    public Reply postText(SlackMessage message) {
        return send(message.textOnly());
    }

    @Override
    public Mention mention() {
        return access.mention();
    }

    private Reply send(JsonObject payload) {
        var reply = send(payload, access);
        if (reply instanceof Reply.Refused refused && refused.refusal() == Refusal.ACCESS) {
            var current = currentAccess();
            if (!current.equals(access)) {
                access = current;
                return send(payload, current);
            }
        }
        return reply;
    }

    // Whatever keeps the vault from being read, Slack's refusal is the news; the rest of the batch is not to be lost.
    private SlackAccess currentAccess() {
        try {
            return vault.read();
        } catch (RuntimeException _) {
            return access;
        }
    }

    private Reply send(JsonObject payload, SlackAccess through) {
        try {
            return switch (through) {
                case SlackAccess.Bot bot -> toBot(payload.deepCopy(), bot);
                case SlackAccess.Webhook webhook -> toWebhook(payload, webhook);
            };
        } catch (IOException e) {
            return new Reply.Unavailable("no answer from Slack: " + e.getClass().getSimpleName());
        }
    }

    private Reply toBot(JsonObject payload, SlackAccess.Bot bot) throws IOException {
        payload.addProperty("channel", bot.channel());
        var authorization = Map.of("Authorization", "Bearer " + bot.token().value());
        var answer = http.post(apiUrl + "/chat.postMessage", authorization, payload.toString());
        return trouble(answer).orElseGet(() -> judge(answer));
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

    private Reply toWebhook(JsonObject payload, SlackAccess.Webhook webhook) throws IOException {
        var answer = http.post(webhook.url().value(), Map.of(), payload.toString());
        var isPosted = answer.status() == 200 && answer.body().strip().equals("ok");
        return trouble(answer)
                .orElseGet(() -> isPosted ? new Reply.Posted("") : SlackErrors.reply(SlackErrors.word(answer.body())));
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
