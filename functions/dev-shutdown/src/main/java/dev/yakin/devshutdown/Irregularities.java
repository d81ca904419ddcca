package dev.yakin.devshutdown;

import dev.yakin.devshutdown.DevAction.Say;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.util.ArrayList;
import java.util.List;

/** What people hear of a night that is not as every night; each of it once. */
record Irregularities(Wakefulness wakefulness, Nights nights, Told told) {
    private static final String SLEPT = "slept";

    List<DevAction> plan() {
        var plan = new ArrayList<DevAction>();
        plan.addAll(foundUp());
        plan.addAll(stuck());
        plan.addAll(kept());
        return plan;
    }

    /** Only what had fallen asleep in this night can be found up again; before, it is just not asleep yet. */
    private List<DevAction> foundUp() {
        if (wakefulness.isAwake()) {
            return List.of();
        }
        var night = new Mornings(wakefulness, told).night().toString();
        if (!told.has(SLEPT, night)) {
            var isAsleep = told.state()
                    .filter(state -> state.phase() == Told.Phase.ASLEEP)
                    .isPresent();
            return isAsleep && nights.allSleep() ? told.silently(SLEPT, night, "everything sleeps") : List.of();
        }
        var byAws = new ArrayList<String>();
        var byHand = new ArrayList<String>();
        nights.foundUp().forEach(service -> byHand.add(service.name()));
        for (var database : nights.databasesFoundUp()) {
            var since = database.tags().databaseAsleepSince().orElse(wakefulness.now());
            var forced = !since.plus(Wanted.FORCED_START).isAfter(wakefulness.now());
            (forced ? byAws : byHand).add(database.name());
        }
        var plan = new ArrayList<DevAction>();
        if (!byHand.isEmpty()) {
            plan.addAll(told.once("found", id("found", byHand), () -> foundUp("found", byHand)));
        }
        if (!byAws.isEmpty()) {
            plan.addAll(told.once("forced", id("forced", byAws), () -> foundUp("forced", byAws)));
        }
        return plan;
    }

    private Say foundUp(String kind, List<String> names) {
        var voice = voice();
        return voice.notice(Severity.INFO, State.RESOLVED, id(kind, names), voice.ownKey(kind))
                .with(voice.fact("fact.what", voice.names(names)))
                .with(voice.fact(
                        "fact.keep", voice.say("todo.keep", wakefulness.wanted().keepAwakeParameter())))
                .with(voice.zone())
                .titled(
                        voice.say(kind + ".title", voice.names(names)),
                        "found up at night: " + String.join(", ", names));
    }

    private List<DevAction> stuck() {
        var names = nights.stuck().stream().map(ServiceState::name).toList();
        if (names.isEmpty()) {
            return List.of();
        }
        var id = "stuck/" + new Mornings(wakefulness, told).night();
        return told.once("stuck", id, () -> {
            var voice = voice();
            var up = wakefulness.databases().stream()
                    .filter(DatabaseState::canBeStopped)
                    .map(DatabaseState::name)
                    .toList();
            return voice.notice(Severity.WARNING, State.OPEN, id, voice.ownKey("stuck"))
                    .with(voice.fact("fact.what", voice.names(names)))
                    .with(voice.fact("fact.stays-up", up.isEmpty() ? voice.say("none") : voice.names(up)))
                    .with(voice.fact("fact.next", voice.say("todo.stuck")))
                    .titled(
                            voice.say("stuck.title", voice.names(names)),
                            "tasks still run after %d minutes: %s"
                                    .formatted(Wanted.DRAIN.toMinutes(), String.join(", ", names)));
        });
    }

    /** In office hours everything is up anyway. */
    private List<DevAction> kept() {
        var kept = wakefulness.isOffice() ? List.<Wakefulness.Kept>of() : wakefulness.kept();
        if (kept.isEmpty()) {
            return List.of();
        }
        var id = "kept/" + Integer.toHexString(kept.hashCode());
        return told.once("kept", id, () -> {
            var voice = voice();
            var lines = kept.stream().map(one -> line(voice, one)).toList();
            return voice.notice(Severity.INFO, State.RESOLVED, id, voice.ownKey("kept"))
                    .with(voice.lines("fact.kept", lines))
                    .with(voice.fact("fact.next", voice.say("todo.kept")))
                    .with(voice.zone())
                    .titled(voice.say("kept.title", title(voice, kept.getFirst())), "kept awake: " + kept);
        });
    }

    private static String title(Voice voice, Wakefulness.Kept one) {
        return voice.say(
                "kept.line", one.name().isEmpty() ? voice.say("everything") : one.name(), voice.time(one.until()));
    }

    /** What, until when, and by whom: a parameter's writer is known to AWS, that of a tag is not. */
    private String line(Voice voice, Wakefulness.Kept one) {
        if (!one.name().isEmpty()) {
            return voice.say("kept.by-tag", one.name(), voice.time(one.until()), Tags.KEEP_UNTIL);
        }
        var parameter = wakefulness.wanted().keepAwakeParameter();
        var person = wakefulness.observed().keepAwake().person();
        return person.map(name -> voice.say("kept.by-person", voice.time(one.until()), parameter, name))
                .orElseGet(() -> voice.say("kept.by-parameter", voice.time(one.until()), parameter));
    }

    /** The same things found up later are another event; crashing in between is not. */
    private String id(String kind, List<String> names) {
        var tags = new ArrayList<String>();
        nights.foundUp().forEach(service -> tags.add(service.tags().all().toString()));
        nights.databasesFoundUp()
                .forEach(database -> tags.add(String.valueOf(database.tags().databaseAsleepSince())));
        return kind + "/" + Integer.toHexString(List.of(names, tags).hashCode());
    }

    private Voice voice() {
        return new Voice(wakefulness.wanted(), wakefulness.now());
    }
}
