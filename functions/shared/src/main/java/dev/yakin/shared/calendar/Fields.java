package dev.yakin.shared.calendar;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.yakin.shared.calendar.Problem.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One JSON object and its place in the calendar. Each question gives the value, or writes down what is wrong with it and
 * gives nothing.
 */
record Fields(JsonObject object, String place, List<Problem> problems) {
    /** Also looks for fields that nobody knows. */
    static Optional<Fields> of(JsonElement element, String place, List<String> allowed, List<Problem> problems) {
        if (!element.isJsonObject()) {
            var where = place.isEmpty() ? "calendar" : place;
            var example = place.isEmpty() ? Problem.CALENDAR_EXAMPLE : Example.SALE;
            problems.add(new Problem(where, Kind.NOT_AN_OBJECT, List.of(shown(element)), example));
            return Optional.empty();
        }
        var fields = new Fields(element.getAsJsonObject(), place, problems);
        fields.object.keySet().stream()
                .filter(name -> !allowed.contains(name))
                .forEach(name -> fields.refuseUnknownField(name, allowed));
        return Optional.of(fields);
    }

    boolean has(String name) {
        return object.has(name);
    }

    String place(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    /** The value as it is written, short enough for a message. */
    String shown(String name) {
        return shown(object.get(name));
    }

    Optional<List<JsonElement>> list(String name) {
        return required(name)
                .filter(value -> value.isJsonArray() || refuse(name, Kind.NOT_A_LIST, shown(value)))
                .map(value -> value.getAsJsonArray().asList());
    }

    Optional<String> text(String name) {
        return required(name).flatMap(value -> text(name, value));
    }

    /** The texts of a list that has at least one, by place ({@code services[0]}). */
    Map<String, String> texts(String name, Kind whenEmpty) {
        var texts = new LinkedHashMap<String, String>();
        var elements = list(name).orElse(List.of());
        if (elements.isEmpty() && object.get(name) instanceof JsonArray) {
            refuse(name, whenEmpty);
        }
        for (var i = 0; i < elements.size(); i++) {
            var entry = "%s[%d]".formatted(name, i);
            text(entry, elements.get(i)).ifPresent(text -> texts.put(entry, text));
        }
        return texts;
    }

    /** An instant; a time without an offset is local in the zone. */
    Optional<Instant> time(String name, ZoneId zone) {
        return text(name).flatMap(text -> time(name, text, zone));
    }

    /** The same for a text that is a part of a field. */
    Optional<Instant> time(String name, String text, ZoneId zone) {
        return switch (CalendarTime.read(text, zone)) {
            case CalendarTime.At at -> Optional.of(at.instant());
            case CalendarTime.Wrong wrong -> {
                var isWhole = has(name);
                var example = isWhole ? Example.of(name, wrong.example()) : Example.of(name);
                problems.add(new Problem(place(name), wrong.kind(), wrong.details(), example));
                yield Optional.empty();
            }
        };
    }

    /** A number of tasks, at least one. */
    Optional<Integer> tasks(String name, int whenAbsent) {
        if (!has(name)) {
            return Optional.of(whenAbsent);
        }
        var text = shown(name);
        if (!text.matches("-?\\d+")) {
            refuse(name, Kind.NOT_WHOLE_NUMBER, text);
        } else if (text.startsWith("-") || text.equals("0")) {
            refuse(name, Kind.BELOW_ONE, text);
        } else if (text.length() > 9 || Integer.parseInt(text) > CalendarRules.MAX_TASKS) {
            refuse(name, Kind.ABOVE_LIMIT, text, String.valueOf(CalendarRules.MAX_TASKS));
        } else {
            return Optional.of(Integer.parseInt(text));
        }
        return Optional.empty();
    }

    /** An ISO 8601 duration, not negative, for example {@code PT60M}. */
    Optional<Duration> warmUp(String name, Duration whenAbsent) {
        if (!has(name)) {
            return Optional.of(whenAbsent);
        }
        return text(name).flatMap(text -> {
            try {
                var warmUp = Duration.parse(text);
                var fits = !warmUp.isNegative() && warmUp.compareTo(CalendarRules.LONGEST_WARM_UP) <= 0;
                return fits || refuse(name, Kind.WARM_UP_RANGE, text, CalendarRules.LONGEST_WARM_UP.toString())
                        ? Optional.of(warmUp)
                        : Optional.empty();
            } catch (DateTimeParseException e) {
                refuse(name, Kind.BAD_DURATION, text);
                return Optional.empty();
            }
        });
    }

    /** Writes a problem down; always false, so that it can end a condition. */
    boolean refuse(String name, Kind kind, String... details) {
        return refuseAt(place(name), kind, details);
    }

    /** The same for a whole place, {@code sales[0].name}. */
    boolean refuseAt(String place, Kind kind, String... details) {
        var shown = Stream.of(details).map(Problem::shorten).toList();
        problems.add(new Problem(place, kind, shown, Example.of(place.replaceFirst(".*\\.", ""))));
        return false;
    }

    void refuseUnknownService(String entry, String service, List<String> known) {
        var example = Example.of("services", "[\"%s\"]".formatted(known.getFirst()));
        var guess = Guess.near(service, known);
        var kind = guess.isPresent() ? Kind.UNKNOWN_SERVICE_GUESS : Kind.UNKNOWN_SERVICE;
        var details = List.of(Problem.shorten(service), guess.orElse(String.join(", ", known)));
        problems.add(new Problem(place(entry), kind, details, example));
    }

    private void refuseUnknownField(String name, List<String> allowed) {
        var guess = Guess.near(name, allowed);
        var kind = guess.isPresent() ? Kind.UNKNOWN_FIELD_GUESS : Kind.UNKNOWN_FIELD;
        var details = List.of(Problem.shorten(name), guess.orElse(String.join(", ", allowed)));
        problems.add(new Problem(place(Problem.shorten(name)), kind, details, Example.of(guess.orElse("sales"))));
    }

    private Optional<JsonElement> required(String name) {
        var value = Optional.ofNullable(object.get(name));
        if (value.isEmpty()) {
            refuse(name, Kind.MISSING, name);
        }
        return value;
    }

    private Optional<String> text(String name, JsonElement value) {
        var isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
        return isText || refuse(name, Kind.NOT_TEXT, shown(value))
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    private static String shown(JsonElement value) {
        return Problem.shorten(value.toString());
    }
}
