package dev.yakin.shared.calendar;

import dev.yakin.shared.Phrases;
import java.util.List;
import java.util.Locale;

/**
 * One thing that is wrong in a calendar.
 *
 * @param place where: {@code sales[1].closes}, or line and column where the text is no JSON
 * @param details what the phrase of the kind names: the value as found, the limit
 * @param example how it is written correctly
 */
public record Problem(String place, Kind kind, List<String> details, String example) {
    /** Each kind has a sentence {@code problem.<kind>} in the phrases of both languages. */
    public enum Kind {
        ABOVE_LIMIT,
        BAD_DURATION,
        BAD_INTERVAL,
        BAD_TIME,
        BELOW_ONE,
        BYTE_ORDER_MARK,
        CLOSES_TOO_EARLY,
        DUPLICATE_FIELD,
        DUPLICATE_NAME,
        DUPLICATE_SERVICE,
        EMPTY_FILE,
        EMPTY_NAME,
        JSON_COMMENT,
        JSON_ENDS_EARLY,
        JSON_NOT_EXPECTED,
        JSON_QUOTES,
        JSON_TRAILING_COMMA,
        LASTS_TOO_LONG,
        LONG_NAME,
        MIN_ABOVE_MAX,
        MISSING,
        NOT_A_LIST,
        NOT_AN_OBJECT,
        NOT_TEXT,
        NOT_UTF8,
        NOT_WHOLE_NUMBER,
        NO_SERVICE,
        NO_TIME,
        TIME_DOES_NOT_EXIST,
        TIME_EXISTS_TWICE,
        TIMES_AND_OPENS,
        TOO_LARGE,
        UNKNOWN_FIELD,
        UNKNOWN_FIELD_GUESS,
        UNKNOWN_SERVICE,
        UNKNOWN_SERVICE_GUESS,
        WARM_UP_RANGE;

        public String phrase() {
            return "problem." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static final String CALENDAR_EXAMPLE = """
            {"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-29T23:59", "min": 6, "max": 20}]}""";

    public Problem {
        details = List.copyOf(details);
    }

    /** What people wrote, short enough for a message. */
    static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    /** The reason, in the language of the phrases. */
    public String reason(Phrases phrases) {
        return phrases.say(kind.phrase(), details.toArray());
    }
}
