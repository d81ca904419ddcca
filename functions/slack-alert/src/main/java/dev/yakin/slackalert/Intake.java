package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a case makes of an alert that comes in: news, a replay, overtaken by a later state, or nothing. Pure. */
record Intake(Case state, Instant now) {
    /** A relapse within this time continues the thread. */
    private static final Duration RELAPSE = Duration.ofMinutes(30);

    /** What taking in an alert changed. */
    enum Effect {
        NEWS,
        /** The same message, or the same change of state told in another way, was taken in before. */
        REPLAY,
        /** A later state of the incident is known already. */
        OUTDATED,
        /** Nothing that a person would want to know. */
        NOTHING
    }

    record Taken(Case next, Effect effect) {}

    Taken take(Alert alert, Optional<String> hiddenBy) {
        var incident = alert.incident();
        var known = Optional.ofNullable(state.members().get(incident.key()));
        if (known.filter(member -> isReplay(member, alert)).isPresent()) {
            return new Taken(state, Effect.REPLAY);
        }
        if (known.filter(member -> isOutdated(member, alert)).isPresent()) {
            var heard = known.get().heard(incident.messageId());
            return new Taken(state.withMember(incident.key(), heard), Effect.OUTDATED);
        }
        if (alert.heading().state() == State.WATCHED) {
            return new Taken(state, Effect.NOTHING);
        }
        var begun = startsAnew(alert) ? state.anew(now) : state;
        var member = known.map(before -> before.then(alert, now)).orElseGet(() -> Member.of(alert, now));
        var news = new News(state.count() + 1, now, hiddenBy);
        return new Taken(begun.with(alert, member, news, lead(begun, alert, news)), Effect.NEWS);
    }

    private static boolean isReplay(Member known, Alert alert) {
        var incident = alert.incident();
        var isSameChange = incident.nature() != Alert.Nature.MOMENT
                && known.at().equals(incident.at())
                && known.state() == alert.heading().state()
                && !incident.key().startsWith("notice/");
        return known.ids().contains(incident.messageId()) || isSameChange;
    }

    private static boolean isOutdated(Member known, Alert alert) {
        return alert.incident().nature() != Alert.Nature.MOMENT
                && alert.incident().at().isBefore(known.at());
    }

    // Good news, or a relapse long after, gets a message of its own.
    private boolean startsAnew(Alert alert) {
        if (state.thread().isEmpty()) {
            return state.news().isEmpty();
        }
        var isLate = Duration.between(state.thread().get().said(), now).compareTo(RELAPSE) > 0;
        return state.isOver() && (isLate || alert.heading().severity() == Severity.INFO);
    }

    private static Alert lead(Case begun, Alert alert, News next) {
        if (begun.lead().isEmpty()) {
            return alert;
        }
        var first = begun.lead().get();
        var isHidden = Optional.ofNullable(begun.news().get(first.incident().key()))
                .filter(News::isHidden)
                .isPresent();
        var isWorse = alert.heading().severity().compareTo(first.heading().severity()) < 0
                && alert.heading().state() == State.OPEN;
        var isSame = first.incident().key().equals(alert.incident().key());
        return isSame || (isHidden && !next.isHidden()) || isWorse ? alert : first;
    }
}
