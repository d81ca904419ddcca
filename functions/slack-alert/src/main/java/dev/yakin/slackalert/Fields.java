package dev.yakin.slackalert;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A JSON object from outside, read without trust: what is absent, null or of another type is simply not there. */
public record Fields(JsonObject json) {
    private static final Fields NONE = new Fields(new JsonObject());

    /** The object that the text holds, if it holds one. */
    public static Optional<Fields> parse(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            var element = JsonParser.parseString(text);
            return element.isJsonObject() ? Optional.of(new Fields(element.getAsJsonObject())) : Optional.empty();
        } catch (JsonParseException _) {
            return Optional.empty();
        }
    }

    public boolean has(String name) {
        return json.has(name);
    }

    /** A string, number or boolean as text; empty where there is none. */
    public String text(String name) {
        return primitive(name).map(JsonPrimitive::getAsString).orElse("");
    }

    /** A finite number, also one written as a string. */
    public OptionalDouble number(String name) {
        try {
            var value = primitive(name).map(JsonPrimitive::getAsDouble).orElse(Double.NaN);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /** A time as AWS writes it: ISO 8601 with {@code Z}, {@code +09:00} or {@code +0900}; without an offset it is UTC. */
    public Optional<Instant> time(String name) {
        var iso = text(name).strip().replace(' ', 'T').replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
        var zoned = iso.matches(".*(Z|[+-]\\d{2}:\\d{2})") ? iso : iso + "Z";
        try {
            return Optional.of(OffsetDateTime.parse(zoned))
                    .filter(Fields::isOfOurAge)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    public Fields child(String name) {
        return element(name)
                .filter(JsonElement::isJsonObject)
                .map(element -> new Fields(element.getAsJsonObject()))
                .orElse(NONE);
    }

    /** The objects of an array; what is not an object is left out. */
    public List<Fields> children(String name) {
        return elements(name)
                .filter(JsonElement::isJsonObject)
                .map(element -> new Fields(element.getAsJsonObject()))
                .toList();
    }

    /** The strings, numbers and booleans of an array. */
    public List<String> texts(String name) {
        return elements(name)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** The numbers of an array, in order; what is not a finite number is left out. */
    public List<Double> numbers(String name) {
        return elements(name)
                .filter(element -> element.isJsonPrimitive()
                        && element.getAsJsonPrimitive().isNumber())
                .map(JsonElement::getAsDouble)
                .filter(Double::isFinite)
                .toList();
    }

    /** The array that the field holds; empty where it holds something else. */
    public List<JsonElement> array(String name) {
        return elements(name).toList();
    }

    private Stream<JsonElement> elements(String name) {
        var array = element(name)
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray)
                .orElseGet(JsonArray::new);
        return StreamSupport.stream(array.spliterator(), false);
    }

    private Optional<JsonPrimitive> primitive(String name) {
        return element(name).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsJsonPrimitive);
    }

    private Optional<JsonElement> element(String name) {
        return Optional.ofNullable(json.get(name));
    }

    // A year far off is a mistake or an attack; arithmetic on it would overflow.
    private static boolean isOfOurAge(OffsetDateTime time) {
        var year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
        return year >= 2000 && year < 2200;
    }
}
