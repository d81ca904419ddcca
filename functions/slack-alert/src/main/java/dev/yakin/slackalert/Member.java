package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Nature;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One incident of a case, as it stands now.
 *
 * @param since when it began
 * @param at when its state was reached
 * @param recorded when we heard of that
 * @param ids the last messages about it, so that none is taken twice
 * @param times how often it happened, where each time is a moment of its own
 */
public record Member(
        Text title,
        Severity severity,
        State state,
        Nature nature,
        Instant since,
        Instant at,
        Instant recorded,
        List<String> ids,
        int times) {
    private static final int REMEMBERED = 8;

    public Member {
        ids = List.copyOf(ids);
    }

    static Member of(Alert alert, Instant now) {
        var incident = alert.incident();
        return new Member(
                alert.heading().title(),
                alert.heading().severity(),
                alert.heading().state(),
                incident.nature(),
                incident.since().orElse(incident.at()),
                incident.at(),
                now,
                List.of(incident.messageId()),
                1);
    }

    /** True until somebody says that it is over; a moment is over when it has happened. */
    boolean isOpen() {
        return state == State.OPEN && nature != Nature.MOMENT;
    }

    boolean isUrgent() {
        return severity == Severity.CRITICAL && state == State.OPEN;
    }

    /** The next state of the same incident. */
    Member then(Alert alert, Instant now) {
        var next = of(alert, now);
        var goesOn = nature != Nature.MOMENT && (isOpen() || next.state == State.RESOLVED);
        var begin = goesOn && state != State.RESOLVED ? earlier(since, next.since) : next.since;
        // An end is as grave as what it ends: the topic of an OK may say less.
        var grave = next.state == State.RESOLVED && severity.compareTo(next.severity) < 0 && isOpen()
                ? severity
                : next.severity;
        return new Member(
                next.title,
                grave,
                next.state,
                next.nature,
                begin,
                next.at,
                now,
                with(alert.incident().messageId()),
                times + 1);
    }

    Member endedAt(Instant end) {
        return new Member(title, severity, State.RESOLVED, nature, since, end, recorded, ids, times);
    }

    /** As it stands now, in a list that somebody reads later. */
    Member asLine(Instant now) {
        return new Member(title, severity, state, Nature.MOMENT, since, at, now, List.of(), 1);
    }

    /** Only remembers the message. */
    Member heard(String messageId) {
        return new Member(title, severity, state, nature, since, at, recorded, with(messageId), times);
    }

    private List<String> with(String id) {
        var longer = new ArrayList<>(ids);
        longer.add(id);
        return longer.subList(Math.max(0, longer.size() - REMEMBERED), longer.size());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
