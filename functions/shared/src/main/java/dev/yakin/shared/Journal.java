package dev.yakin.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Logs and metrics, one JSON line each on standard output. Metrics use CloudWatch's embedded metric format in the
 * namespace {@code Yakin}, with the dimensions {@code Stack} and {@code Function}.
 *
 * <p>Source: CloudWatch User Guide, "Specification: Embedded metric format".
 */
public final class Journal {
    private final String stack;
    private final String function;
    private final Clock clock;
    private final PrintStream out;

    public Journal(String stack, String function, Clock clock, PrintStream out) {
        this.stack = stack;
        this.function = function;
        this.clock = clock;
        this.out = out;
    }

    /** One line about something that happened. */
    public void line(String level, String message, Map<String, String> fields) {
        var json = new JsonObject();
        json.addProperty("timestamp", clock.instant().toString());
        json.addProperty("level", level);
        json.addProperty("function", function);
        json.addProperty("message", message);
        new TreeMap<>(fields).forEach(json::addProperty);
        out.println(json);
    }

    /** One line for one action of a plan. */
    public void done(Answer.Done done) {
        var json = done.toJson();
        json.addProperty("timestamp", clock.instant().toString());
        json.addProperty("level", done.isOpen() ? "ERROR" : "INFO");
        json.addProperty("function", function);
        out.println(json);
    }

    /** A metric with the unit Count. */
    public void count(String name, double value) {
        metric(name, "Count", value);
    }

    /** A metric with the unit Seconds, in whole seconds. */
    public void seconds(String name, Duration value) {
        metric(name, "Seconds", (double) value.toSeconds());
    }

    /** The sign of life that an alarm waits for; sent when a look has ended well. */
    public void heartbeat() {
        count("Heartbeat", 1);
    }

    private void metric(String name, String unit, double value) {
        var definition = new JsonObject();
        definition.addProperty("Name", name);
        definition.addProperty("Unit", unit);
        var directive = new JsonObject();
        directive.addProperty("Namespace", "Yakin");
        var dimensions = new JsonArray();
        dimensions.add("Stack");
        dimensions.add("Function");
        directive.add("Dimensions", array(dimensions));
        directive.add("Metrics", array(definition));
        var aws = new JsonObject();
        aws.add("Timestamp", new JsonPrimitive(clock.millis()));
        aws.add("CloudWatchMetrics", array(directive));
        var json = new JsonObject();
        json.add("_aws", aws);
        json.addProperty("Stack", stack);
        json.addProperty("Function", function);
        json.addProperty(name, value);
        out.println(json);
    }

    private static JsonArray array(JsonElement only) {
        var array = new JsonArray();
        array.add(only);
        return array;
    }
}
