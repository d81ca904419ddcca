package dev.yakin.slackalert;

import com.google.gson.JsonElement;
import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Link;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The notices of our own functions: {@code dev.yakin.shared.Notice} as JSON. They come in the stack's language. */
final class NoticeKind implements Kind {
    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json().filter(NoticeKind::isNotice).map(json -> alert(json, incoming));
    }

    private static boolean isNotice(Fields json) {
        return Stream.of("id", "source", "severity", "key", "state", "title")
                .noneMatch(name -> json.text(name).isBlank());
    }

    private static Alert alert(Fields json, Incoming incoming) {
        var state = json.text("state").equals("resolved") ? State.RESOLVED : State.OPEN;
        var facts = pairs(json, "facts")
                .map(pair -> new Fact(Text.outside(pair.getFirst()), Text.outside(pair.getLast())))
                .toList();
        var links = pairs(json, "links")
                .map(pair -> new Link(Text.outside(pair.getFirst()), pair.getLast()))
                .toList();
        var at = json.time("at").orElse(incoming.sent());
        return new Alert(
                new Heading(severity(json), state, Text.outside(json.text("title"))),
                List.of(),
                facts,
                links,
                Incident.lasting(
                                "notice/" + json.text("key"),
                                "notice/" + json.text("key"),
                                "notice:" + json.text("id"),
                                at)
                        .until(json.time("until")),
                incoming.origin());
    }

    private static Severity severity(Fields json) {
        return switch (json.text("severity")) {
            case "critical" -> Severity.CRITICAL;
            case "info" -> Severity.INFO;
            default -> Severity.WARNING;
        };
    }

    private static Stream<List<String>> pairs(Fields json, String name) {
        return json.array(name).stream()
                .filter(JsonElement::isJsonArray)
                .map(pair -> pair.getAsJsonArray().asList().stream()
                        .filter(JsonElement::isJsonPrimitive)
                        .map(JsonElement::getAsString)
                        .toList())
                .filter(pair -> pair.size() == 2);
    }
}
