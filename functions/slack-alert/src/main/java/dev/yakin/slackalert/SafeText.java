package dev.yakin.slackalert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
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

    private static final int LOOKED_AT = 20_000;
    private static final int LONGEST_SECRET = 2_600;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern FORMATTING = Pattern.compile("[*_~`|\\n]");

    // What mrkdwn might take for bold, italic, struck, code, an emoji, a quotation or a list.
    private static final Pattern FORMATTED =
            Pattern.compile("[*_~`]|:[a-z0-9_+-]+:|(?m)^\\s*(?:&gt;|[-•◦]|\\d+[.)])\\s");

    private SafeText() {}

    /** Cleaned, secrets masked, cut to {@code limit} characters, then escaped; the escaped text fits the limit too. */
    public static String of(String text, int limit) {
        return fit(clean(text), limit);
    }

    /** As {@link #of}, on one line. */
    public static String line(String text, int limit) {
        return fit(SPACE.matcher(clean(text)).replaceAll(" "), limit);
    }

    /** As {@link #line}, and without the characters that Slack's mrkdwn would format. */
    public static String unformatted(String text, int limit) {
        return fit(
                SPACE.matcher(FORMATTING.matcher(clean(text)).replaceAll(" ")).replaceAll(" "), limit);
    }

    // Nobody reads a megabyte: only its beginning is looked at. What the cut may have left of a secret goes with the
    // end.
    private static String clean(String text) {
        var isLong = text.length() > LOOKED_AT;
        var visible =
                INVISIBLE.matcher(isLong ? text.substring(0, LOOKED_AT) : text).replaceAll("");
        var masked = Redaction.mask(visible);
        return isLong ? masked.substring(0, Math.max(0, masked.length() - LONGEST_SECRET)) + "…" : masked.strip();
    }

    private static String fit(String clean, int limit) {
        var room = limit;
        var escaped = escape(cut(clean, room));
        while (escaped.length() > limit) {
            // An escaped character is at most five long.
            room -= Math.max(1, (escaped.length() - limit) / 5);
            escaped = escape(cut(clean, room));
        }
        return escaped;
    }

    /** True for escaped text in which mrkdwn finds nothing to format. */
    public static boolean hasNoFormatting(String escaped) {
        return !FORMATTED.matcher(escaped).find();
    }

    /** A web address that may be linked: https, with a host, without a password or a secret in it; escaped. */
    public static Optional<String> link(String url) {
        try {
            var uri = new URI(url);
            var plain = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            var fits = url.length() <= SlackLimits.LINK_SHOWN && url.indexOf('|') < 0;
            return plain && fits && hidesNoSecret(url) ? Optional.of(escape(url)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    // Encoded, a secret looks like none; the console wants log groups encoded twice, with $ for %.
    private static boolean hidesNoSecret(String url) {
        var text = url;
        for (var round = 0; round < 4; round++) {
            if (!Redaction.mask(text).equals(text)) {
                return false;
            }
            try {
                text = URLDecoder.decode(text.replace('$', '%'), UTF_8);
            } catch (IllegalArgumentException _) {
                return true;
            }
        }
        return true;
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
