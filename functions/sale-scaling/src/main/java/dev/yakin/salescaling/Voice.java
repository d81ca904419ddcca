package dev.yakin.salescaling;

import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.Phrases;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack's language and clocks for notices. The phrases are loaded when something is said, which is rare.
 *
 * <p>A notice's id is a function of what it announces. What has no moment of its own is told anew after a while, so that
 * it is neither a flood nor forgotten: drift by the hour, a condition that stays (a missing calendar, an unknown
 * service) by the local day.
 */
record Voice(Wanted wanted, Instant now) {
    private static final String SOURCE = "sale-scaling";

    Phrases phrases() {
        return Phrases.of(Voice.class, wanted.language());
    }

    String say(String phrase, Object... arguments) {
        return phrases().say(phrase, arguments);
    }

    LocalTimes times() {
        return new LocalTimes(wanted.rules().zone(), phrases());
    }

    LocalDate today() {
        return now.atZone(wanted.rules().zone()).toLocalDate();
    }

    /** The last fact of a notice with times: on whose clocks they are. */
    Fact zone() {
        return new Fact(say("fact.zone"), wanted.rules().zone().getId());
    }

    Fact fact(String phrase, String value, Object... arguments) {
        return new Fact(say(phrase, arguments), value);
    }

    Draft notice(Severity severity, State state, String id, String key) {
        return new Draft(this, severity, state, id, key, new ArrayList<>());
    }

    /** A notice in the making. */
    record Draft(Voice voice, Severity severity, State state, String id, String key, List<Fact> facts) {
        Draft with(Fact fact) {
            facts.add(fact);
            return this;
        }

        Draft with(List<Fact> more) {
            facts.addAll(more);
            return this;
        }

        Say titled(String title, String reason) {
            return new Say(notice(title, SOURCE + "/" + voice.wanted().stack() + "/" + key), reason);
        }

        /** A state that was planned, or its end: slack-alert knows it by the begin of its key. */
        Say planned(String title, String reason) {
            return new Say(notice(title, key), reason);
        }

        /** Its effects are hidden until then at the latest. */
        Say planned(String title, String reason, Instant until) {
            return new Say(notice(title, key).until(until), reason);
        }

        private Notice notice(String title, String fullKey) {
            var fullId = SOURCE + "/" + voice.wanted().stack() + "/" + id;
            return new Notice(fullId, SOURCE, severity, fullKey, state, title, facts, List.of(), voice.now());
        }
    }
}
