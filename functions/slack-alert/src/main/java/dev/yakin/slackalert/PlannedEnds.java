package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a planned state hid is listed when it ends; what still burns then is told like anything else. */
record PlannedEnds(CaseBook book, Notes notes) {
    void endWhatIsOver(Glance glance, Instant now) {
        var over = glance.shift().planned().stream()
                .filter(planned -> !planned.isOn(now))
                .toList();
        for (var planned : over) {
            end(planned, hidden(glance.cases(), planned.id()), now);
            book.changeShift(
                    now,
                    before -> Suspects.over(before, planned)
                            .with(before.planned().stream()
                                    .filter(one -> !one.id().equals(planned.id()))
                                    .toList()));
        }
    }

    private static Map<String, List<String>> hidden(List<Case> cases, String id) {
        var found = new TreeMap<String, List<String>>();
        for (var state : cases) {
            state.news().forEach((key, news) -> {
                if (news.hiddenBy().equals(Optional.of(id))) {
                    found.computeIfAbsent(state.cause(), _ -> new ArrayList<>()).add(key);
                }
            });
        }
        return found;
    }

    private void end(Planned planned, Map<String, List<String>> hidden, Instant now) {
        var over = Notes.only(notes.members(hidden), false);
        if (!over.isEmpty()) {
            var note = Notes.note(
                    planned.cause(),
                    "hidden/" + planned.id(),
                    Severity.INFO,
                    Text.say("planned.over", Text.outside(Integer.toString(over.size()))),
                    Telling.sections(Telling.lines(over)),
                    List.of(),
                    now);
            notes.take(note, Notes.beyond(over), now);
        }
        hidden.forEach((cause, keys) -> book.change(cause, now, state -> state.unhidden(keys, planned.id(), now)));
    }
}
