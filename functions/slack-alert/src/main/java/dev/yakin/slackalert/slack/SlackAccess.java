package dev.yakin.slackalert.slack;

import dev.yakin.slackalert.Fields;
import dev.yakin.slackalert.Mention;
import java.net.URI;
import java.util.Set;

/** What opens Slack to us, as it stands in the secret: a bot's token and its channel, or an incoming webhook. */
public sealed interface SlackAccess {
    Mention mention();

    record Bot(Secret token, String channel, Mention mention) implements SlackAccess {}

    record Webhook(Secret url, Mention mention) implements SlackAccess {}

    /**
     * Of {@code {"botToken", "channel", "oncallMention"}} or {@code {"webhookUrl", "oncallMention"}}.
     *
     * @throws IllegalArgumentException that says what is missing, and nothing of what is there
     */
    static SlackAccess parse(String secretJson) {
        var json = Fields.parse(secretJson)
                .orElseThrow(() -> new IllegalArgumentException("the Slack secret is not a JSON object"));
        var mention = Mention.of(json.text("oncallMention"));
        var webhook = json.text("webhookUrl").strip();
        if (!webhook.isEmpty()) {
            if (!isSafe(webhook)) {
                throw new IllegalArgumentException("webhookUrl in the Slack secret is not an https address");
            }
            return new Webhook(new Secret(webhook), mention);
        }
        var token = json.text("botToken").strip();
        var channel = json.text("channel").strip();
        if (token.isEmpty() || channel.isEmpty()) {
            throw new IllegalArgumentException("the Slack secret needs botToken and channel, or webhookUrl");
        }
        // A line break would end the header that carries the token.
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("botToken in the Slack secret has characters that no token has");
        }
        return new Bot(new Secret(token), channel, mention);
    }

    /** True for https, and for clear text that does not leave this machine. */
    static boolean isSafe(String url) {
        try {
            var uri = URI.create(url);
            var host = uri.getHost();
            var stays =
                    host != null && Set.of("127.0.0.1", "localhost", "[::1]").contains(host);
            return host != null && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && stays));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
