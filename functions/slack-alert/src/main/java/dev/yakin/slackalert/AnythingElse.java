package dev.yakin.slackalert;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever no other kind knows: any event, any JSON, any text. It never fails and hides what a name calls secret. */
final class AnythingElse {
    private static final int FACTS = 8;
    private static final int DEEPEST = 4;

    Alert read(Incoming incoming) {
        var json = incoming.fields();
        var isEvent = !json.text("detail-type").isBlank();
        var facts = new ArrayList<Fact>();
        if (isEvent) {
            facts.add(new Fact(Text.say("fact.source"), Text.outside(json.text("source"))));
            json.texts("resources").stream()
                    .limit(2)
                    .forEach(resource -> facts.add(new Fact(Text.say("fact.resource"), Text.outside(resource))));
        }
        collect("", (isEvent ? json.child("detail") : json).json(), facts, 0);
        facts.add(new Fact(Text.say("fact.at"), new Text.Moment(incoming.sent())));
        return new Alert(
                new Heading(severity(incoming), State.OPEN, title(incoming, json)),
                paragraphs(incoming),
                facts,
                List.of(),
                Incident.moment("other/" + incoming.id(), "other/" + incoming.id(), incoming.id(), incoming.sent()),
                incoming.origin());
    }

    private static Severity severity(Incoming incoming) {
        return switch (incoming.topic()) {
            case CRITICAL -> Severity.CRITICAL;
            case NOTICES -> Severity.INFO;
            case WARNING, NONE -> Severity.WARNING;
        };
    }

    private static Text title(Incoming incoming, Fields json) {
        if (!json.text("detail-type").isBlank()) {
            return Text.outside(json.text("detail-type"));
        }
        if (!incoming.subject().isBlank()) {
            return Text.outside(incoming.subject());
        }
        var firstLine = incoming.text().strip().lines().findFirst().orElse("");
        return incoming.json().isPresent() || firstLine.isBlank() ? Text.say("other.title") : Text.outside(firstLine);
    }

    // Without a subject the first line stands in the title; it is said again only where the title had to cut it.
    private static List<Text> paragraphs(Incoming incoming) {
        if (incoming.json().isPresent()) {
            return List.of();
        }
        var text = incoming.text().strip();
        var firstLine = text.lines().findFirst().orElse("");
        var isInTitle = incoming.subject().isBlank() && firstLine.length() < SlackLimits.HEADER - 30;
        return List.of(Text.outside(isInTitle ? text.substring(firstLine.length()) : text));
    }

    // What a person sees first: short values, the outer ones before the inner ones.
    private static void collect(String path, JsonObject json, List<Fact> facts, int depth) {
        for (var entry : json.entrySet()) {
            if (facts.size() >= FACTS) {
                return;
            }
            var name = path + entry.getKey();
            value(entry.getValue())
                    .ifPresent(value -> facts.add(new Fact(
                            Text.outside(name),
                            Text.outside(Redaction.namesSecret(entry.getKey()) ? Redaction.MASK : value))));
        }
        for (var entry : json.entrySet()) {
            if (entry.getValue().isJsonObject() && depth < DEEPEST && !Redaction.namesSecret(entry.getKey())) {
                collect(path + entry.getKey() + ".", entry.getValue().getAsJsonObject(), facts, depth + 1);
            }
        }
    }

    private static Optional<String> value(JsonElement element) {
        if (element.isJsonPrimitive()) {
            return Optional.of(element.getAsString()).filter(value -> !value.isBlank());
        }
        if (element.isJsonArray()) {
            var items = element.getAsJsonArray().asList().stream()
                    .filter(JsonElement::isJsonPrimitive)
                    .limit(5)
                    .map(JsonElement::getAsString)
                    .toList();
            return items.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", items));
        }
        return Optional.empty();
    }
}
