package dev.yakin.restoredrill;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yakin.restoredrill.Inspection.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A manifest as it is kept beside the evidence. Collations and the team's checks are of the restored database only. */
public final class InspectionJson {
    private InspectionJson() {}

    public static String write(Inspection inspection) {
        var tables = new JsonObject();
        new TreeMap<>(inspection.tables()).forEach((name, table) -> {
            var one = new JsonObject();
            one.addProperty("columns", table.columns());
            one.addProperty("rows", table.rows());
            tables.add(name, one);
        });
        var extensions = new JsonObject();
        new TreeMap<>(inspection.extensions()).forEach(extensions::addProperty);
        var roles = new JsonArray();
        new TreeSet<>(inspection.roles()).forEach(roles::add);
        var json = new JsonObject();
        json.add("tables", tables);
        json.add("extensions", extensions);
        json.add("roles", roles);
        inspection.freshest().ifPresent(time -> json.addProperty("freshest", time.toString()));
        return json.toString();
    }

    public static Inspection read(String text) {
        var json = JsonParser.parseString(text).getAsJsonObject();
        Map<String, Table> tables = json.getAsJsonObject("tables").asMap().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> table(entry.getValue())));
        Map<String, String> extensions = json.getAsJsonObject("extensions").asMap().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().getAsString()));
        var roles = json.getAsJsonArray("roles").asList().stream()
                .map(JsonElement::getAsString)
                .collect(toSet());
        var freshest = json.has("freshest")
                ? Optional.of(Instant.parse(json.get("freshest").getAsString()))
                : Optional.<Instant>empty();
        return new Inspection(tables, extensions, roles, List.of(), freshest, List.of());
    }

    private static Table table(JsonElement json) {
        var one = json.getAsJsonObject();
        return new Table(one.get("columns").getAsString(), one.get("rows").getAsLong());
    }
}
