package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the night shift says by itself. Each note has an id of its own: done again, it is not said again. */
record Notes(CaseBook book) {
    /** @param id the same id is the same note */
    static Alert note(
            String cause,
            String id,
            Severity severity,
            Text title,
            List<Text> paragraphs,
            List<Fact> facts,
            Instant now) {
        return new Alert(
                new Heading(severity, State.OPEN, title),
                paragraphs,
                facts,
                List.of(),
                Incident.moment("notice/" + id, cause, id, now),
                Origin.UNKNOWN);
    }

    /** @param more the lines for which the note has no room: told under it */
    void take(Alert note, Map<String, Member> more, Instant now) {
        book.change(note.incident().cause(), now, state -> {
            var taken = state.take(note, now, Optional.empty());
            return taken.effect() == Intake.Effect.NEWS ? taken.next().withList(more, now) : taken.next();
        });
    }

    /**
     * The members as they stand now, in the order in which they are listed.
     *
     * @param keys by case
     */
    Map<String, Member> members(Map<String, List<String>> keys) {
        var members = new LinkedHashMap<String, Member>();
        keys.forEach((cause, list) -> book.read(cause)
                .ifPresent(state -> list.forEach(key -> {
                    var member = state.members().get(key);
                    if (member != null) {
                        members.put(key, member);
                    }
                })));
        return members;
    }

    /** Those that are still open, or those that are over, in the order of a list. */
    static Map<String, Member> only(Map<String, Member> members, boolean open) {
        var found = new LinkedHashMap<String, Member>();
        members.entrySet().stream()
                .filter(entry -> entry.getValue().isOpen() == open)
                .sorted(Map.Entry.comparingByValue(Tact.ORDER))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** What is left of a list after the lines that one message shows. */
    static Map<String, Member> beyond(Map<String, Member> lines) {
        var rest = new LinkedHashMap<String, Member>();
        lines.entrySet().stream()
                .skip(SlackLimits.LINES_SHOWN)
                .forEach(entry -> rest.put(entry.getKey(), entry.getValue()));
        return rest;
    }
}
