package dev.yakin.slackalert;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes text from outside harmless and short. Slack's control characters are {@code &}, {@code <} and {@code >};
 * escaped, no mention, channel or link can be smuggled in. Source: Slack developer documentation, "Formatting message
 * text", Escaping text.
 */
public final class SafeText {
    // Control characters, and those that turn the reading direction or hide text.
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF&&[^\\n\\t]]|[\\p{Cs}]");

    private static final Pattern FORMATTING = Pattern.compile("[*_~`|\\n]");

    private SafeText() {}

    /** Cleaned, secrets masked, cut to {@code limit} characters, then escaped; the escaped text fits the limit too. */
    public static String of(String text, int limit) {
        var clean = Redaction.mask(INVISIBLE.matcher(text).replaceAll("")).strip();
        var room = limit;
        var escaped = escape(cut(clean, room));
        while (escaped.length() > limit) {
            // An escaped character is at most five long.
            room -= Math.max(1, (escaped.length() - limit) / 5);
            escaped = escape(cut(clean, room));
        }
        return escaped;
    }

    /** As {@link #of}, on one line. */
    public static String line(String text, int limit) {
        return of(text.replaceAll("\\s{1,1000}", " "), limit);
    }

    /** As {@link #line}, and without the characters that Slack's mrkdwn would format. */
    public static String unformatted(String text, int limit) {
        return line(FORMATTING.matcher(text).replaceAll(" "), limit);
    }

    /** A web address that may be linked: https, with a host, without a password or a secret in it; escaped. */
    public static Optional<String> link(String url) {
        try {
            var uri = new URI(url);
            var plain = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            var fits = url.length() <= SlackLimits.LINK_SHOWN && url.indexOf('|') < 0;
            return plain && fits && Redaction.mask(url).equals(url) ? Optional.of(escape(url)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Cuts where a person would: after a line, a sentence or a word in the last third, and never inside a character. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        var room = Math.max(0, limit - 2);
        var hard = room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
        var head = text.substring(0, hard);
        for (var end : new String[] {"\n", "。", ". ", "、", " "}) {
            var place = head.lastIndexOf(end);
            if (place >= room * 2 / 3) {
                return head.substring(0, place + (end.isBlank() ? 0 : 1)).stripTrailing() + " …";
            }
        }
        return head + "…";
    }
}
