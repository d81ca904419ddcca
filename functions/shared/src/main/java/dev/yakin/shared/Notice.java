package dev.yakin.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a person would want to know, published on the SNS topic {@code Notices} and turned into a Slack message by
 * slack-alert. The same {@code key} is the same incident; the same {@code id} is the same message, said again.
 *
 * @param source the function that speaks, for example {@code sale-scaling}
 * @param facts name and value pairs, in reading order
 */
public record Notice(
        String id,
        String source,
        Severity severity,
        String key,
        State state,
        String title,
        List<Fact> facts,
        List<Link> links,
        Instant at) {

    /** A critical notice may wake a person; a warning is read in the morning; info needs nobody. */
    public enum Severity {
        CRITICAL,
        WARNING,
        INFO
    }

    /** Resolved closes the incident that the same key opened. */
    public enum State {
        OPEN,
        RESOLVED
    }

    public record Fact(String name, String value) {}

    public record Link(String text, String url) {}

    public Notice {
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    public JsonObject toJson() {
        var factPairs = new JsonArray();
        facts.forEach(fact -> factPairs.add(pair(fact.name(), fact.value())));
        var linkPairs = new JsonArray();
        links.forEach(link -> linkPairs.add(pair(link.text(), link.url())));
        var json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("source", source);
        json.addProperty("severity", severity.name().toLowerCase(Locale.ROOT));
        json.addProperty("key", key);
        json.addProperty("state", state.name().toLowerCase(Locale.ROOT));
        json.addProperty("title", title);
        json.add("facts", factPairs);
        json.add("links", linkPairs);
        json.addProperty("at", at.toString());
        return json;
    }

    private static JsonArray pair(String first, String second) {
        var pair = new JsonArray();
        pair.add(first);
        pair.add(second);
        return pair;
    }
}
