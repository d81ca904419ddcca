package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** At the first look of a working day: the warnings of the night, as they stand now. */
record Digest(CaseBook book, Notes notes, Tact tact, Hours hours, AlarmsNow alarms) {
    private static final String NAME = "digest";

    void sayOnceADay(Glance glance, Instant now) {
        var day = hours.day(now);
        if (!hours.areStaffed(now)
                || glance.shift().last(NAME).filter(day.toString()::equals).isPresent()) {
            return;
        }
        var held = held(glance.cases(), day);
        lookAgain(held, now);
        var all = notes.members(held);
        if (!all.isEmpty()) {
            say(Notes.only(all, true), Notes.only(all, false), day, now);
            held.forEach((cause, keys) -> book.change(cause, now, state -> state.told(keys, state.count())));
        }
        book.changeShift(now, before -> before.did(NAME, day.toString()));
    }

    // What came since people are at work is told by itself.
    private Map<String, List<String>> held(List<Case> cases, LocalDate day) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var state : cases) {
            var keys = state.news().entrySet().stream()
                    .filter(entry -> tact.isForTheDigest(state, entry.getKey())
                            && entry.getValue().recorded().isBefore(hours.opening(day)))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!keys.isEmpty()) {
                found.put(state.cause(), keys);
            }
        }
        return found;
    }

    private void lookAgain(Map<String, List<String>> held, Instant now) {
        var names = held.values().stream()
                .flatMap(List::stream)
                .flatMap(key -> AlarmsNow.nameOf(key).stream())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        var over = alarms.over(names);
        held.forEach((cause, keys) -> book.change(cause, now, state -> {
            var next = state;
            for (var key : keys) {
                var end = AlarmsNow.nameOf(key).map(over::get);
                next = end.isPresent() ? next.ended(key, end.get()) : next;
            }
            return next;
        }));
    }

    private void say(Map<String, Member> burning, Map<String, Member> over, LocalDate day, Instant now) {
        var paragraphs = new ArrayList<Text>();
        paragraphs.addAll(section("digest.burning", burning));
        paragraphs.addAll(section("digest.over", over));
        var title = Text.say("digest.title", number(burning.size() + over.size()), number(burning.size()));
        var severity = burning.isEmpty() ? Severity.INFO : Severity.WARNING;
        var id = NAME + "/" + day;
        var more = new LinkedHashMap<>(Notes.beyond(burning));
        more.putAll(Notes.beyond(over));
        notes.take(Notes.note(id, id, severity, title, paragraphs, List.of(), now), more, now);
    }

    private static List<Text> section(String heading, Map<String, Member> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        var section = new ArrayList<Text>();
        section.add(Text.say(heading, number(members.size())));
        section.addAll(Telling.sections(Telling.lines(members)));
        return section;
    }

    private static Text number(int number) {
        return Text.outside(Integer.toString(number));
    }
}
