package dev.yakin.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person would want to know, published on the SNS topic {@code Notices} and turned into a Slack message by
 * slack-alert. The same {@code key} is the same incident; the same {@code id} is the same message, said again.
 *
 * @param source the function that speaks, for example {@code sale-scaling}
 * @param facts name and value pairs, in reading order
 * @param until planned work or a known state, open until then at the latest: slack-alert hides its effects until the key
 *     is resolved or this time has come; empty for everything that was not planned
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
        Instant at,
        Optional<Instant> until) {

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

    /** A notice of something that was not planned, or of a moment only. */
    public Notice(
            String id,
            String source,
            Severity severity,
            String key,
            State state,
            String title,
            List<Fact> facts,
            List<Link> links,
            Instant at) {
        this(id, source, severity, key, state, title, facts, links, at, Optional.empty());
    }

    /** The same notice of a state that was planned and lasts until {@code end} at the latest. */
    public Notice until(Instant end) {
        return new Notice(id, source, severity, key, state, title, facts, links, at, Optional.of(end));
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
        until.ifPresent(end -> json.addProperty("until", end.toString()));
        return json;
    }

    private static JsonArray pair(String first, String second) {
        var pair = new JsonArray();
        pair.add(first);
        pair.add(second);
        return pair;
    }
}
