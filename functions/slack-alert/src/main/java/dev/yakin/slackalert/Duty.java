package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Severity;
import java.time.Instant;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** At the first look of a working week: the night shift is on duty, and what it did. */
record Duty(CaseBook book, Notes notes, Hours hours) {
    private static final String NAME = "duty";

    /** What our functions do, by the first part of their notices' keys. */
    private static final Set<String> WORK =
            Set.of("sale-warm-up", "preflight", "dev-asleep", "secret-adoption", "restore-drill");

    void sayOnceAWeek(Glance glance, Instant now) {
        var day = hours.day(now);
        var week = "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        var shift = glance.shift();
        if (shift.last(NAME).isEmpty()) {
            // The first look of all: there is no week to tell of yet.
            book.changeShift(now, before -> before.did(NAME, week));
        }
        if (shift.last(NAME).filter(last -> !last.equals(week)).isEmpty() || !hours.areStaffed(now)) {
            return;
        }
        var id = NAME + "/" + week;
        var note = Notes.note(id, id, Severity.INFO, Text.say("duty.title"), List.of(), facts(shift, now), now);
        notes.take(note, Map.of(), now);
        book.changeShift(now, before -> before.did(NAME, week).countsAnew());
    }

    private static String phrase(String name) {
        if (!name.startsWith(Filing.NOTICE)) {
            return "duty." + name;
        }
        var work = name.substring(Filing.NOTICE.length());
        return "duty.work." + (WORK.contains(work) ? work : "other");
    }

    private List<Fact> facts(Shift shift, Instant now) {
        var facts = new ArrayList<Fact>();
        var sums = new TreeMap<String, Integer>();
        shift.counts().forEach((name, number) -> sums.merge(phrase(name), number, Integer::sum));
        sums.forEach((phrase, number) -> facts.add(new Fact(Text.say(phrase), Text.outside(Integer.toString(number)))));
        facts.add(new Fact(
                Text.say("duty.calls"),
                Text.outside(Long.toString(shift.calls(hours.month(now).toString())))));
        return facts;
    }
}
