package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is due by the clock alone: the end of a planned state, the morning's digest, the weekly sign of life. Each becomes
 * an alert with an id of its own and is then told like any other, so that a chore that was interrupted may be done again.
 */
final class Chores {
    private static final String DIGEST = "digest";
    private static final String DUTY = "duty";
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int AWAY_AT_ONCE = 25;

    private final CaseBook book;
    private final Tact tact;
    private final Hours hours;
    private final AlarmsNow alarms;

    Chores(CaseBook book, Tact tact, Hours hours, AlarmsNow alarms) {
        this.book = book;
        this.tact = tact;
        this.hours = hours;
        this.alarms = alarms;
    }

    void doWhatIsDue(Glance glance, Instant now) {
        endPlanned(glance, now);
        if (hours.areStaffed(now)) {
            digest(glance, now);
        }
        duty(glance, now);
        courses(glance, now);
        putAway(glance, now);
    }

    // A few at each look: none takes long, and the next one goes on.
    private void putAway(Glance glance, Instant now) {
        glance.cases().stream()
                .filter(state -> state.isAtRest(now))
                .limit(AWAY_AT_ONCE)
                .forEach(book::putAway);
    }

    // Not with the first message: what is urgent does not wait for a curve. It comes with the next look, as an edit.
    private void courses(Glance glance, Instant now) {
        for (var state : glance.cases()) {
            var alarm = state.lead().filter(lead -> lead.incident().key().startsWith("alarm/") && !hasCourse(lead));
            var isFresh = state.thread()
                    .filter(thread -> !thread.ts().isEmpty()
                            && Duration.between(thread.began(), now).compareTo(FRESH) < 0)
                    .isPresent();
            if (alarm.isPresent() && isFresh && !state.isOver()) {
                var course = Sparkline.of(
                        alarms.lastValues(alarmName(alarm.get().incident().key()), now));
                if (!course.isEmpty()) {
                    book.change(state.cause(), now, before -> before.withCourse(course));
                }
            }
        }
    }

    private static boolean hasCourse(Alert alert) {
        return alert.facts().stream().anyMatch(fact -> fact.name().equals(Case.COURSE));
    }

    /** What a planned state hid is listed when it ends; what still burns then is told like anything else. */
    private void endPlanned(Glance glance, Instant now) {
        var cases = glance.cases();
        for (var planned : glance.shift().planned()) {
            if (!planned.isOn(now)) {
                summary(planned, hidden(cases, planned.id()), now);
                book.changeShift(
                        now,
                        before -> before.with(before.planned().stream()
                                .filter(one -> !one.id().equals(planned.id()))
                                .toList()));
            }
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

    private void summary(Planned planned, Map<String, List<String>> hidden, Instant now) {
        var over = members(hidden, false);
        if (!over.isEmpty()) {
            var title = Text.say("planned.over", Text.outside(Integer.toString(over.size())));
            take(
                    note(
                            planned.cause(),
                            "hidden/" + planned.id(),
                            title,
                            Telling.sections(Telling.lines(over)),
                            List.of(),
                            now),
                    now);
        }
        hidden.forEach((cause, keys) -> book.change(cause, now, state -> state.unhidden(keys, planned.id(), now)));
    }

    /** At the first look of a working day: the warnings of the night, as they stand now. */
    private void digest(Glance glance, Instant now) {
        var day = hours.day(now);
        if (glance.shift().last(DIGEST).filter(day.toString()::equals).isPresent()) {
            return;
        }
        var held = held(glance.cases(), day);
        lookAgain(held, now);
        var all = members(held, true);
        if (!all.isEmpty()) {
            take(digestOf(all, day, now), now);
            held.forEach((cause, keys) -> book.change(cause, now, state -> state.told(keys, state.count())));
        }
        book.changeShift(now, before -> before.did(DIGEST, day.toString()));
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
                .filter(key -> key.startsWith("alarm/"))
                .map(Chores::alarmName)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        var over = alarms.over(names);
        held.forEach((cause, keys) -> book.change(cause, now, state -> {
            var next = state;
            for (var key : keys) {
                var end = over.get(alarmName(key));
                next = end == null || !key.startsWith("alarm/") ? next : next.ended(key, end);
            }
            return next;
        }));
    }

    // alarm/123456789012/ap-northeast-1/name
    private static String alarmName(String key) {
        var parts = key.split("/", 4);
        return parts.length == 4 ? parts[3] : key;
    }

    private Map<String, Member> members(Map<String, List<String>> keys, boolean withOpen) {
        var members = new LinkedHashMap<String, Member>();
        keys.forEach((cause, list) -> book.read(cause)
                .ifPresent(state -> list.forEach(key -> {
                    var member = state.members().get(key);
                    if (member != null && (withOpen || !member.isOpen())) {
                        members.put(key, member);
                    }
                })));
        return members;
    }

    private static Alert digestOf(Map<String, Member> members, LocalDate day, Instant now) {
        var burning = Telling.lines(only(members, true));
        var over = Telling.lines(only(members, false));
        var paragraphs = new ArrayList<Text>();
        if (!burning.isEmpty()) {
            paragraphs.add(Text.say("digest.burning", Text.outside(Integer.toString(burning.size()))));
            paragraphs.addAll(Telling.sections(burning));
        }
        if (!over.isEmpty()) {
            paragraphs.add(Text.say("digest.over", Text.outside(Integer.toString(over.size()))));
            paragraphs.addAll(Telling.sections(over));
        }
        var title = Text.say(
                "digest.title",
                Text.outside(Integer.toString(members.size())),
                Text.outside(Integer.toString(burning.size())));
        var severity = burning.isEmpty() ? Severity.INFO : Severity.WARNING;
        var note = note("digest/" + day, "digest/" + day, title, paragraphs, List.of(), now);
        return new Alert(
                new Heading(severity, State.OPEN, title),
                note.paragraphs(),
                note.facts(),
                note.links(),
                note.incident(),
                note.origin());
    }

    private static Map<String, Member> only(Map<String, Member> members, boolean open) {
        var found = new LinkedHashMap<String, Member>();
        members.forEach((key, member) -> {
            if (member.isOpen() == open) {
                found.put(key, member);
            }
        });
        return found;
    }

    /** At the first look of a working week: the night shift is on duty, and what it did. */
    private void duty(Glance glance, Instant now) {
        var day = hours.day(now);
        var week = "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        var shift = glance.shift();
        if (shift.last(DUTY).isEmpty()) {
            // The first look of all: there is no week to tell of yet.
            book.changeShift(now, before -> before.did(DUTY, week));
        }
        if (shift.last(DUTY).filter(last -> !last.equals(week)).isEmpty() || !hours.areStaffed(now)) {
            return;
        }
        var facts = new ArrayList<Fact>();
        new TreeMap<>(shift.counts())
                .forEach((name, number) -> facts.add(new Fact(
                        name.startsWith("notice ") ? Text.outside(name.substring(7)) : Text.say("duty." + name),
                        Text.outside(Integer.toString(number)))));
        facts.add(new Fact(
                Text.say("duty.calls"),
                Text.outside(Long.toString(shift.calls(hours.month(now).toString())))));
        take(note("duty/" + week, "duty/" + week, Text.say("duty.title"), List.of(), facts, now), now);
        book.changeShift(now, before -> before.did(DUTY, week).countsAnew());
    }

    private void take(Alert alert, Instant now) {
        book.change(
                alert.incident().cause(),
                now,
                state -> state.take(alert, now, Optional.empty()).next());
    }

    private static Alert note(
            String cause, String id, Text title, List<Text> paragraphs, List<Fact> facts, Instant now) {
        return new Alert(
                new Heading(Severity.INFO, State.OPEN, title),
                paragraphs,
                facts,
                List.of(),
                Incident.moment("notice/" + id, cause, id, now),
                Origin.UNKNOWN);
    }
}
