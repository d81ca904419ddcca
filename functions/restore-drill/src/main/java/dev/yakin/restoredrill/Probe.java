package dev.yakin.restoredrill;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;

/**
 * What is asked beside the schema.
 *
 * @param freshness a query whose one value is the newest business timestamp, for example
 *     {@code select max(created_at) from orders}
 * @param checks the team's own queries
 */
public record Probe(Optional<String> freshness, List<Check> checks) {
    public Probe {
        checks = List.copyOf(checks);
    }

    /** @param expected the first value of the first row, as text */
    public record Check(String name, String sql, String expected) {}

    /**
     * Reads {@code {"checks": [{"name": "orders", "sql": "select count(*) > 0 from orders", "expect": "t"}]}}.
     *
     * @throws IllegalArgumentException naming the place, when it is anything else
     */
    public static List<Check> checks(String json) {
        try {
            var list = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("checks");
            return list.asList().stream()
                    .map(one -> one.getAsJsonObject())
                    .map(one -> new Check(text(one, "name"), text(one, "sql"), text(one, "expect")))
                    .toList();
        } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "the drill's checks are not {\"checks\": [{\"name\", \"sql\", \"expect\"}]}: " + e.getMessage(), e);
        }
    }

    private static String text(JsonObject check, String field) {
        if (!check.has(field)) {
            throw new IllegalArgumentException("a check of the drill has no \"%s\": %s".formatted(field, check));
        }
        return check.get(field).getAsString();
    }
}
