package dev.yakin.slackalert;

import java.util.regex.Pattern;

/**
 * Who is called when something is critical: a user, a user group or everybody in the channel. Source: Slack developer
 * documentation, "Formatting message text", Mentioning users, groups and the channel.
 *
 * @param markup as Slack understands it, or escaped words; empty for nobody
 */
public record Mention(String markup) {
    public static final Mention NOBODY = new Mention("");

    private static final Pattern MARKUP =
            Pattern.compile("<@[UW][A-Z0-9]{2,20}>|<!subteam\\^S[A-Z0-9]{2,20}>|<!(?:here|channel|everyone)>");

    /** What stands in the secret: markup, or a bare user or group id. Anything else is shown as words that call nobody. */
    public static Mention of(String configured) {
        var text = configured.strip();
        if (MARKUP.matcher(text).matches()) {
            return new Mention(text);
        }
        if (text.matches("[UW][A-Z0-9]{6,20}")) {
            return new Mention("<@" + text + ">");
        }
        if (text.matches("S[A-Z0-9]{6,20}")) {
            return new Mention("<!subteam^" + text + ">");
        }
        return new Mention(SafeText.unformatted(text, SlackLimits.LINK_TEXT_SHOWN));
    }
}
