package dev.yakin.slackalert;

import java.util.List;
import java.util.regex.Pattern;

/** Masks what looks like a secret in text from outside. No pattern goes back far over the same text. */
public final class Redaction {
    public static final String MASK = "***";

    // Three of our functions are called after secrets; what they say begins with their name and a colon.
    private static final String NAMES =
            "(?:pass(?:word|wd|phrase)?|pwd|secret(?!-(?:adoption|rotation|bootstrap): )|token|credentials?|authorization"
                    + "|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|signature|webhook)";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?:^|.*[a-z0-9_.-])?" + NAMES + "(?:$|[_.-]?(?:id|value|string|url|key)$)", Pattern.CASE_INSENSITIVE);

    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), replacement);
        }
    }

    // In this order: whole addresses and keys first, then values that a name gives away.
    private static final List<Rule> RULES = List.of(
            new Rule("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\\z)", MASK),
            new Rule("https?://hooks\\.slack(?:-gov)?\\.com/[^\\s\"'<>|]*+", MASK),
            new Rule("\\bxox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{6,}+", MASK),
            new Rule("\\bxapp-[A-Za-z0-9-]{6,}+", MASK),
            new Rule("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MASK),
            new Rule("\\b(?:gh[pousr]_|github_pat_|sk_live_|rk_live_|whsec_)[A-Za-z0-9_]{8,}+", MASK),
            new Rule("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{2,}+(?:\\.[A-Za-z0-9_-]*+)?", MASK),
            new Rule("(Bearer)\\s++[A-Za-z0-9._~+/=-]{6,}+", "$1 " + MASK),
            new Rule("(Basic)\\s++(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/=]{6,}+", "$1 " + MASK),
            new Rule("://[^\\s/@:\"']{0,200}+:[^\\s/@\"']{1,500}+@", "://" + MASK + "@"),
            new Rule(
                    "(" + NAMES
                            + "[A-Za-z0-9_-]{0,20}\\\\?[\"']?\\s{0,3}[=:]\\s{0,3})(\\\\?\"[^\"]{1,2000}+\"|'[^']{1,2000}+'|[^\\s\"',;&<>{}\\[\\]]++)",
                    "$1" + MASK));

    private Redaction() {}

    /** The text, with {@code ***} where a secret seems to be. */
    public static String mask(String text) {
        var masked = text;
        for (var rule : RULES) {
            masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
        }
        return masked;
    }

    /** True where a field's name says that its value is nobody's business. */
    public static boolean namesSecret(String field) {
        return field.length() <= 200 && SECRET_NAME.matcher(field).matches();
    }
}
