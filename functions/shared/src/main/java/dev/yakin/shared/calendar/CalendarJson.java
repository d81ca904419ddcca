package dev.yakin.shared.calendar;

import static dev.yakin.shared.calendar.Problem.CALENDAR_EXAMPLE;
import static dev.yakin.shared.calendar.Problem.Kind.BYTE_ORDER_MARK;
import static dev.yakin.shared.calendar.Problem.Kind.DUPLICATE_FIELD;
import static dev.yakin.shared.calendar.Problem.Kind.EMPTY_FILE;
import static dev.yakin.shared.calendar.Problem.Kind.JSON_COMMENT;
import static dev.yakin.shared.calendar.Problem.Kind.JSON_ENDS_EARLY;
import static dev.yakin.shared.calendar.Problem.Kind.JSON_NOT_EXPECTED;
import static dev.yakin.shared.calendar.Problem.Kind.JSON_QUOTES;
import static dev.yakin.shared.calendar.Problem.Kind.JSON_TRAILING_COMMA;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first half of reading a calendar: text to JSON tree, strictly by RFC 8259. Unlike Gson's own tree it names line
 * and column of what is no JSON, in words that help, and does not let the second of two equal fields win silently.
 */
final class CalendarJson {
    /** The end of Gson's messages, and of {@link JsonReader#toString()}: the next character to be read, from 1. */
    private static final Pattern POSITION = Pattern.compile("at line (\\d+) column (\\d+) path");

    /** What may stand before a value that Gson has not consumed yet. */
    private static final String BEFORE_A_VALUE = " \t\r\n:,[{";

    /** The beginnings of Gson's messages about a character that it has consumed. */
    private static final List<String> CONSUMED =
            List.of("Expected ':'", "Expected name", "Unterminated array", "Unterminated object");

    /** Quotes that word processors and Japanese keyboards make, and the single one of other languages. */
    private static final String OTHER_QUOTES = "'\u2018\u2019\u201C\u201D\uFF02\u300C";

    private final String text;
    private final JsonReader reader;
    private final List<Problem> problems = new ArrayList<>();
    private boolean isComplete;

    private CalendarJson(String text) {
        this.text = text;
        this.reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
    }

    /** The tree, absent when the text is no JSON; and what is wrong so far. */
    record Tree(Optional<JsonElement> root, List<Problem> problems) {}

    static Tree read(String text) {
        if (text.startsWith("\uFEFF")) {
            return broken(new Problem("line 1, column 1", BYTE_ORDER_MARK, List.of(), CALENDAR_EXAMPLE));
        }
        if (text.isBlank()) {
            return broken(new Problem("line 1, column 1", EMPTY_FILE, List.of(), CALENDAR_EXAMPLE));
        }
        return new CalendarJson(text).read();
    }

    private static Tree broken(Problem problem) {
        return new Tree(Optional.empty(), List.of(problem));
    }

    private Tree read() {
        try {
            var root = value();
            isComplete = true;
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("something stands after the end");
            }
            return new Tree(Optional.of(root), problems);
        } catch (IOException | JsonParseException e) {
            var message = String.valueOf(e.getMessage());
            var endsEarly = message.startsWith("End of input") || message.startsWith("Unterminated string");
            return broken(syntaxProblem(endsEarly ? text.length() : offendingOffset(message)));
        }
    }

    private JsonElement value() throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case STRING -> new JsonPrimitive(reader.nextString());
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NUMBER -> JsonParser.parseReader(reader); // keeps the number as it is written
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            case END_ARRAY, END_OBJECT, END_DOCUMENT, NAME -> throw new JsonParseException("no value here");
        };
    }

    private JsonObject object() throws IOException {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            var name = reader.nextName();
            if (object.has(name)) {
                problems.add(new Problem(place(reader.getPath()), DUPLICATE_FIELD, List.of(name), CALENDAR_EXAMPLE));
            }
            object.add(name, value());
        }
        reader.endObject();
        return object;
    }

    private JsonArray array() throws IOException {
        var array = new JsonArray();
        reader.beginArray();
        while (reader.peek() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        reader.endArray();
        return array;
    }

    private static String place(String path) {
        return path.startsWith("$.") ? path.substring(2) : path;
    }

    private Problem syntaxProblem(int offset) {
        var line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        var place = "line %d, column %d".formatted(line, offset - text.lastIndexOf('\n', offset - 1));
        var rest = text.substring(offset).stripLeading();
        if (rest.isEmpty()) {
            return new Problem(place, JSON_ENDS_EARLY, List.of(), CALENDAR_EXAMPLE);
        }
        var found = rest.substring(0, rest.offsetByCodePoints(0, 1));
        return new Problem(
                place, kind(text.substring(0, offset).stripTrailing(), found), List.of(found), CALENDAR_EXAMPLE);
    }

    /** What stands there says what is wrong. */
    private static Problem.Kind kind(String before, String found) {
        if ("/#".contains(found)) {
            return JSON_COMMENT;
        }
        if (OTHER_QUOTES.contains(found)) {
            return JSON_QUOTES;
        }
        return before.endsWith(",") && "]}".contains(found) ? JSON_TRAILING_COMMA : JSON_NOT_EXPECTED;
    }

    /** Gson stands at the offending character or, when it has consumed that one already, right behind it. */
    private int offendingOffset(String message) {
        var position = POSITION.matcher(reader.toString());
        if (!position.find()) {
            return text.length();
        }
        var offset = 0;
        for (var line = 1; line < Integer.parseInt(position.group(1)); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        offset = Math.min(text.length(), offset + Integer.parseInt(position.group(2)) - 1);
        var isConsumed = isComplete
                || CONSUMED.stream().anyMatch(message::startsWith)
                || !BEFORE_A_VALUE.contains(text.substring(Math.max(0, offset - 1), offset));
        return isConsumed ? Math.max(0, offset - 1) : offset;
    }
}
