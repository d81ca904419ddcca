package dev.yakin.devshutdown;

import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.util.ArrayList;
import java.util.List;

/** What somebody has to correct: writing that cannot be read, production that opted in, holidays that are missing. */
record Mistakes(Wakefulness wakefulness, Told told) {
    /** From 1 November, the next year's holidays should be here: the Cabinet Office announces them in February. */
    private static final int HOLIDAYS_DUE_MONTH = 11;

    List<DevAction> plan() {
        var plan = new ArrayList<DevAction>();
        plan.addAll(unreadable());
        plan.addAll(wishedTooLate());
        plan.addAll(refused());
        plan.addAll(holidays());
        return plan;
    }

    private List<DevAction> unreadable() {
        var lines = new ArrayList<String>();
        var voice = voice();
        wakefulness.unreadable().forEach(one -> lines.add(voice.say("unreadable.line", one.where(), one.value())));
        wakefulness.services().stream()
                .filter(service ->
                        service.tags().isAsleep() && service.tags().asleep().isEmpty())
                .forEach(service -> lines.add(voice.say("unreadable.asleep", service.name())));
        if (lines.isEmpty()) {
            return List.of();
        }
        var id = "unreadable/" + Integer.toHexString(lines.hashCode());
        return told.once(
                "unreadable",
                id,
                () -> voice.notice(Severity.WARNING, State.OPEN, id, voice.ownKey("unreadable"))
                        .with(voice.lines("fact.found", lines))
                        .with(voice.fact("fact.next", voice.say("todo.unreadable")))
                        .titled(voice.say("unreadable.title", lines.getFirst()), "cannot be read: " + lines.size()));
    }

    private List<DevAction> wishedTooLate() {
        var wish = wakefulness.wishedTooLate();
        if (wish.isEmpty()) {
            return List.of();
        }
        var voice = voice();
        var line = voice.say("unreadable.line", wish.get().where(), wish.get().value());
        var id = "too-late/" + wakefulness.observed().keepAwake().modified();
        return told.once(
                "too-late",
                id,
                () -> voice.notice(Severity.WARNING, State.OPEN, id, voice.ownKey("too-late"))
                        .with(voice.fact("fact.next", voice.say("todo.too-late")))
                        .with(voice.zone())
                        .titled(voice.say("too-late.title", line), "over when it was written: " + line));
    }

    private List<DevAction> refused() {
        var names = wakefulness.refused();
        if (names.isEmpty()) {
            return List.of();
        }
        var id = "refused/" + Integer.toHexString(names.hashCode());
        var voice = voice();
        return told.once(
                "refused",
                id,
                () -> voice.notice(Severity.WARNING, State.OPEN, id, voice.ownKey("refused"))
                        .with(voice.fact("fact.what", voice.names(names)))
                        .with(voice.fact("fact.next", voice.say("todo.refused")))
                        .titled(
                                voice.say("refused.title"),
                                "production is never put to bed: " + String.join(", ", names)));
    }

    private List<DevAction> holidays() {
        var today = wakefulness.wanted().hours().local(wakefulness.now());
        var next = today.getYear() + 1;
        if (today.getMonthValue() < HOLIDAYS_DUE_MONTH
                || wakefulness.wanted().hours().daysOff().holidays().covers(next)) {
            return List.of();
        }
        var id = "holidays/%d/%d".formatted(next, today.getMonthValue());
        var voice = voice();
        return told.once(
                "holidays",
                id,
                () -> voice.notice(Severity.WARNING, State.OPEN, id, voice.ownKey("holidays"))
                        .with(voice.fact("fact.next", voice.say("todo.holidays")))
                        .titled(
                                voice.say("holidays.title", String.valueOf(next)),
                                "the public holidays of %d are missing".formatted(next)));
    }

    private Voice voice() {
        return new Voice(wakefulness.wanted(), wakefulness.now());
    }
}
