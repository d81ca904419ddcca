package dev.yakin.slackalert.slack;

import com.google.gson.JsonObject;
import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Channel;
import dev.yakin.slackalert.Mention;
import dev.yakin.slackalert.Place;
import dev.yakin.slackalert.Redaction;
import dev.yakin.slackalert.Reply;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.SlackMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Posts and edits through {@code chat.postMessage} and {@code chat.update}, or posts to an incoming webhook. The access is read once; when Slack says that it no
 * longer works, it is read anew, because somebody may have replaced it.
 */
public final class SlackChannel implements Channel {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

    private final String apiUrl;
    private final Vault vault;
    private final Http http;
    private final Journal journal;
    private SlackAccess access;

    /** @throws IllegalArgumentException when the API is not https (or on this machine) or the secret is incomplete */
    public SlackChannel(String apiUrl, Vault vault, Journal journal) {
        this(apiUrl, vault, journal, new Http(CONNECT_TIMEOUT, READ_TIMEOUT));
    }

    SlackChannel(String apiUrl, Vault vault, Journal journal, Http http) {
        if (!SlackAccess.isSafe(apiUrl)) {
            throw new IllegalArgumentException("environment variable SLACK_API_URL needs an https address");
        }
        this.apiUrl = apiUrl.replaceFirst("/$", "");
        this.vault = vault;
        this.http = http;
        this.journal = journal;
        this.access = vault.read();
    }

    @Override
    public Reply post(SlackMessage message, Place place) {
        return send(message.payload(), place);
    }

    @Override
    public Reply postText(SlackMessage message, Place place) {
        return send(message.textOnly(), place);
    }

    @Override
    public boolean hasThreads() {
        return access instanceof SlackAccess.Bot;
    }

    @Override
    public Mention mention() {
        return access.mention();
    }

    private Reply send(JsonObject payload, Place place) {
        var reply = send(payload, place, access);
        if (reply instanceof Reply.Refused refused && refused.refusal() == Refusal.ACCESS) {
            var current = currentAccess();
            if (!current.equals(access)) {
                access = current;
                return send(payload, place, current);
            }
        }
        return reply;
    }

    // Whatever keeps the vault from being read, Slack's refusal is the news; the rest of the batch is not to be lost.
    private SlackAccess currentAccess() {
        try {
            return vault.read();
        } catch (RuntimeException e) {
            var cause = e.getClass().getSimpleName() + ": " + Redaction.mask(String.valueOf(e.getMessage()));
            journal.line("ERROR", "the Slack secret could not be read again", Map.of("cause", cause));
            return access;
        }
    }

    private Reply send(JsonObject payload, Place place, SlackAccess through) {
        try {
            return switch (through) {
                case SlackAccess.Bot bot -> toBot(payload.deepCopy(), place, bot);
                // Nothing to change there: the message stands as it was.
                case SlackAccess.Webhook webhook ->
                    place instanceof Place.InsteadOf ? new Reply.Posted("") : toWebhook(payload, webhook);
            };
        } catch (IOException e) {
            return new Reply.Unavailable("no answer from Slack: " + e.getClass().getSimpleName());
        }
    }

    private Reply toBot(JsonObject payload, Place place, SlackAccess.Bot bot) throws IOException {
        payload.addProperty("channel", bot.channel());
        var authorization = Map.of("Authorization", "Bearer " + bot.token().value());
        var answer = http.post(apiUrl + method(payload, place), authorization, payload.toString());
        return SlackAnswers.ofMethod(answer);
    }

    private static String method(JsonObject payload, Place place) {
        return switch (place) {
            case Place.NewMessage here -> "/chat.postMessage";
            case Place.InThread thread -> {
                payload.addProperty("thread_ts", thread.ts());
                payload.addProperty("reply_broadcast", thread.alsoInChannel());
                yield "/chat.postMessage";
            }
            case Place.InsteadOf old -> {
                payload.addProperty("ts", old.ts());
                yield "/chat.update";
            }
        };
    }

    private Reply toWebhook(JsonObject payload, SlackAccess.Webhook webhook) throws IOException {
        return SlackAnswers.ofWebhook(http.post(webhook.url().value(), Map.of(), payload.toString()));
    }
}
