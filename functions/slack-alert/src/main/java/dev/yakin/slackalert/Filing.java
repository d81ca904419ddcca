package dev.yakin.slackalert;

import dev.yakin.slackalert.CaseBook.Changed;
import dev.yakin.slackalert.Intake.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Writes down what letters say, each in the case of its cause; in a storm, causes that are new share one. */
final class Filing {
    /** The most incidents of one case; more go into another, so that no entry of the ledger grows without end. */
    static final int MOST_MEMBERS = 400;

    static final String STORM = "storm";

    /** Begins the name under which a piece of work of our own functions is counted. */
    static final String NOTICE = "notice ";

    /** How long incidents of a storm are looked for in its case. */
    private static final Duration STORM_LASTS = Duration.ofHours(12);

    private final CaseBook book;
    private final Inhibitions inhibitions;

    Filing(CaseBook book, Inhibitions inhibitions) {
        this.book = book;
        this.inhibitions = inhibitions;
    }

    /** One letter, read. */
    record Item(Letter letter, Alert alert) {}

    /** @param begins true where it began a case */
    record Filed(Item item, String cause, boolean begins, Effect effect, Optional<Planned> hidden) {}

    private record Placed(String cause, boolean begins) {}

    /** @param items oldest first */
    List<Filed> file(List<Item> items, Instant now) {
        var shift = plan(items, now);
        var filed = new ArrayList<Filed>();
        for (var item : items) {
            var one = file(item, shift, now);
            filed.add(one);
            shift = one.begins() ? shift.opened(now) : shift;
        }
        count(filed, now);
        return filed;
    }

    /** Planned states that begin or end with these letters count for all of them. */
    private Shift plan(List<Item> items, Instant now) {
        if (items.stream().noneMatch(item -> inhibitions.concerns(item.alert()))) {
            return book.shift();
        }
        return book.changeShift(now, before -> {
            var planned = new ArrayList<>(before.planned());
            for (var item : items) {
                var incident = item.alert().incident();
                if (item.alert().heading().state() != Alert.State.OPEN) {
                    planned.replaceAll(one -> one.key().equals(incident.key()) ? one.endedAt(incident.at()) : one);
                }
                inhibitions
                        .opens(item.alert())
                        .filter(next -> next.isOn(now)
                                && planned.stream().noneMatch(one -> one.id().equals(next.id())))
                        .ifPresent(planned::add);
            }
            return before.with(planned);
        });
    }

    private Filed file(Item item, Shift shift, Instant now) {
        var alert = Suspects.named(item.alert(), shift, now);
        if (inhibitions.isSilent(alert)) {
            return new Filed(item, alert.incident().cause(), false, Effect.NOTHING, Optional.empty());
        }
        var hidden = inhibitions.hiding(alert, shift.planned(), now);
        var placed = place(alert, shift, now);
        var effect = book.<Effect>decide(placed.cause(), now, state -> {
                    var taken = state.take(alert, now, hidden.map(Planned::id));
                    return new Changed<>(taken.next(), taken.effect());
                })
                .result();
        return new Filed(item, placed.cause(), placed.begins(), effect, hidden);
    }

    // The case in which the incident is known; else its cause's own, unless there is a storm or it is full.
    private Placed place(Alert alert, Shift shift, Instant now) {
        var incident = alert.incident();
        var isStormy = shift.isStorm(now);
        var since = shift.last(STORM).map(Instant::parse);
        if (isStormy
                || since.filter(at -> Duration.between(at, now).compareTo(STORM_LASTS) < 0)
                        .isPresent()) {
            var storm = stormCase(incident.key());
            if (storm.isPresent()) {
                return new Placed(storm.get(), false);
            }
        }
        var cause = incident.cause();
        for (var more = 2; ; more++) {
            var state = book.read(cause);
            var isOpen = state.isPresent() && !state.get().isOver();
            var isFull = state.isPresent() && state.get().members().size() >= MOST_MEMBERS;
            if (isKnown(state, incident) || (isOpen && !isFull)) {
                return new Placed(cause, false);
            }
            if (!isFull) {
                return begin(cause, alert, isStormy, now);
            }
            cause = incident.cause() + "#" + more;
        }
    }

    /** Open, told before, or overtaken by a later state: whatever it says belongs where that is known. */
    private static boolean isKnown(Optional<Case> state, Alert.Incident incident) {
        return state.map(one -> one.members().get(incident.key()))
                .filter(member -> member.isOpen()
                        || member.ids().contains(incident.messageId())
                        || member.at().isAfter(incident.at()))
                .isPresent();
    }

    // The mark is set first: a replay must find the storm's case.
    private Placed begin(String cause, Alert alert, boolean isStormy, Instant now) {
        if (isStormy && !alert.incident().key().startsWith("notice/")) {
            book.changeShift(now, before -> before.did(STORM, now.toString()));
            return new Placed(freeStormCase(), true);
        }
        return new Placed(cause, true);
    }

    private Optional<String> stormCase(String key) {
        for (var number = 1; ; number++) {
            var state = book.read(STORM + "/" + number);
            if (state.isEmpty() || state.get().members().containsKey(key)) {
                return state.map(Case::cause);
            }
        }
    }

    private String freeStormCase() {
        for (var number = 1; ; number++) {
            var state = book.read(STORM + "/" + number);
            if (state.isEmpty() || state.get().members().size() < MOST_MEMBERS) {
                return STORM + "/" + number;
            }
        }
    }

    private void count(List<Filed> filed, Instant now) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var one : filed) {
            if (one.effect() == Effect.NEWS) {
                counts.merge(one.hidden().isPresent() ? "hidden" : "told", 1, Integer::sum);
                source(one.item().alert()).ifPresent(source -> counts.merge(NOTICE + source, 1, Integer::sum));
            } else {
                counts.merge("repeated", 1, Integer::sum);
            }
        }
        var openings = filed.stream().filter(Filed::begins).count();
        if (!counts.isEmpty()) {
            book.changeShift(now, before -> {
                var next = before;
                for (var opening = 0; opening < openings; opening++) {
                    next = next.opened(now);
                }
                for (var entry : counts.entrySet()) {
                    next = next.count(entry.getKey(), entry.getValue());
                }
                return next;
            });
        }
    }

    // notice/<source or state>/...; its end is no work of its own.
    private static Optional<String> source(Alert alert) {
        var parts = alert.incident().key().split("/", 3);
        var isWork = parts.length == 3
                && parts[0].equals("notice")
                && alert.heading().state() == Alert.State.OPEN;
        return isWork ? Optional.of(parts[1]) : Optional.empty();
    }
}
