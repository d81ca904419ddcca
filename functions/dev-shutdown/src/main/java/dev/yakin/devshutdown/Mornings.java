package dev.yakin.devshutdown;

import dev.yakin.devshutdown.Told.Phase;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people hear of every night: dev goes to sleep, it is up again, or it is not up when they arrive. The first notice
 * is the planned state that hides the alarms of what sleeps; it ends when dev is up, and by itself when work begins.
 */
record Mornings(Wakefulness wakefulness, Told told) {
    /** The contract with slack-alert: what this key opens is a planned state. */
    static final String KEY = "dev-asleep/";

    List<DevAction> plan() {
        if (wakefulness.services().isEmpty() && wakefulness.databases().isEmpty()) {
            return List.of();
        }
        return wakefulness.isAwake() ? morning() : evening();
    }

    /** True while people have heard that dev sleeps, and not yet that it is up. */
    boolean isAwaited() {
        return wakefulness.isAwake()
                && told.state().filter(state -> state.phase() != Phase.UP).isPresent();
    }

    /**
     * When this night began: the last closing, the end of what kept everything awake, or the moment at which people
     * heard something else, whichever was last. The id of the night's notices.
     */
    Instant night() {
        var now = wakefulness.now();
        var keptUntil = wakefulness.keepAll().until().filter(until -> !until.isAfter(now));
        var heard = told.state().map(Told.Heard::since);
        return Stream.of(Optional.of(wakefulness.wanted().hours().lastClosing(now)), keptUntil, heard)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(now);
    }

    private List<DevAction> evening() {
        var state = new Told.Heard(Phase.ASLEEP, night());
        if (told.state().filter(state::equals).isPresent()) {
            return List.of();
        }
        var voice = voice();
        var until = wakefulness.wanted().hours().opening(wakefulness.now());
        var notice = voice.notice(Severity.INFO, State.OPEN, "asleep/" + night(), key())
                .with(voice.fact("fact.until", voice.time(until)))
                .with(holidays(voice, until))
                .with(voice.fact("fact.sleeps", counts(voice)))
                .with(voice.fact(
                        "fact.keep", voice.say("todo.keep", wakefulness.wanted().keepAwakeParameter())))
                .with(voice.zone())
                .titled(voice.say("asleep.title", voice.time(until)), "dev sleeps until " + until, Optional.of(until));
        return told.say(state, notice);
    }

    private List<DevAction> morning() {
        var heard = told.state().filter(state -> state.phase() != Phase.UP);
        if (heard.isEmpty()) {
            return List.of();
        }
        var missing = new Missing(wakefulness).lines(voice());
        if (missing.isEmpty()) {
            return up(heard.get());
        }
        return heard.get().phase() == Phase.ASLEEP && !wakefulness.now().isBefore(expected())
                ? late(heard.get(), missing)
                : List.of();
    }

    /** When dev should be up: as work begins, or as long after a wish to keep it awake. */
    private Instant expected() {
        return wakefulness.isOffice()
                ? wakefulness.wanted().hours().opening(wakefulness.now())
                : wakefulness
                        .observed()
                        .keepAwake()
                        .modified()
                        .plus(wakefulness.wanted().lead());
    }

    private List<DevAction> up(Told.Heard heard) {
        var voice = voice();
        var tasks =
                wakefulness.services().stream().mapToInt(ServiceState::desired).sum();
        var healthy = wakefulness.services().stream()
                .mapToInt(service -> Missing.healthy(wakefulness, service))
                .sum();
        var wasLate = heard.phase() == Phase.LATE;
        var notice = voice.notice(
                        Severity.INFO, State.RESOLVED, "up/" + heard.since(), wasLate ? voice.ownKey("late") : key())
                .with(voice.fact("fact.up", counts(voice)))
                .titled(
                        voice.say("up.title", String.valueOf(healthy), String.valueOf(tasks)),
                        "dev is up, %d of %d tasks are healthy".formatted(healthy, tasks));
        return told.say(new Told.Heard(Phase.UP, wakefulness.now()), notice);
    }

    private List<DevAction> late(Told.Heard heard, List<String> missing) {
        var voice = voice();
        var notice = voice.notice(Severity.WARNING, State.OPEN, "late/" + heard.since(), voice.ownKey("late"))
                .with(voice.lines("fact.because", missing))
                .with(voice.fact("fact.next", voice.say("todo.late")))
                .titled(voice.say("late.title", missing.getFirst()), "dev is not up, because " + missing.getFirst());
        return told.say(new Told.Heard(Phase.LATE, heard.since()), notice);
    }

    /** The public holidays that this night goes over, by their names. */
    private List<Fact> holidays(Voice voice, Instant until) {
        var hours = wakefulness.wanted().hours();
        var names = new ArrayList<String>();
        for (var day = hours.local(night()); day.isBefore(hours.local(until)); day = day.plusDays(1)) {
            var date = day;
            hours.daysOff().name(day).ifPresent(name -> names.add(voice.day(date) + " " + name));
        }
        return names.isEmpty() ? List.of() : List.of(voice.fact("fact.holidays", voice.names(names)));
    }

    private String counts(Voice voice) {
        return voice.say(
                "counts",
                String.valueOf(wakefulness.services().size()),
                String.valueOf(wakefulness.databases().size()));
    }

    private String key() {
        return KEY + wakefulness.wanted().stack();
    }

    private Voice voice() {
        return new Voice(wakefulness.wanted(), wakefulness.now());
    }
}
