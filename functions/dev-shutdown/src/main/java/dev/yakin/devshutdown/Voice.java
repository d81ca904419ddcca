package dev.yakin.devshutdown;

import dev.yakin.devshutdown.DevAction.Say;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.Phrases;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stack's language and clocks for notices. The phrases are loaded when something is said, which is rare. */
record Voice(Wanted wanted, Instant now) {
    private static final String SOURCE = "dev-shutdown";

    /** A message shows ten facts. */
    private static final int LINES_SHOWN = 6;

    String say(String phrase, Object... arguments) {
        return Phrases.of(Voice.class, wanted.language()).say(phrase, arguments);
    }

    /** {@code 2026-11-24 (Tue) 09:00}, on the clocks of the stack's zone. */
    String time(Instant time) {
        var local = time.atZone(wanted.hours().zone());
        return "%s %s".formatted(day(local.toLocalDate()), local.toLocalTime());
    }

    String day(LocalDate date) {
        return "%s (%s)".formatted(date, say("weekday." + date.getDayOfWeek().getValue()));
    }

    Fact fact(String phrase, String value, Object... arguments) {
        return new Fact(say(phrase, arguments), value);
    }

    /** On whose clocks the times of a notice are. */
    Fact zone() {
        return new Fact(say("fact.zone"), wanted.hours().zone().getId());
    }

    /** As many of the names as a message can hold. */
    String names(List<String> names) {
        return names.size() <= LINES_SHOWN
                ? String.join(", ", names)
                : say(
                        "names.more",
                        String.join(", ", names.subList(0, LINES_SHOWN)),
                        String.valueOf(names.size() - LINES_SHOWN));
    }

    /** One fact for each line, as many as a message can hold. */
    List<Fact> lines(String phrase, List<String> lines) {
        var facts = new ArrayList<Fact>();
        lines.stream().limit(LINES_SHOWN).forEach(line -> facts.add(fact(phrase, line)));
        if (lines.size() > LINES_SHOWN) {
            facts.add(fact("fact.more", say("more", String.valueOf(lines.size() - LINES_SHOWN))));
        }
        return facts;
    }

    /** What belongs to a planned state has that state's key; everything else a key of this function. */
    String ownKey(String key) {
        return SOURCE + "/" + wanted.stack() + "/" + key;
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
            return titled(title, reason, Optional.empty());
        }

        Say titled(String title, String reason, Optional<Instant> until) {
            var fullId = SOURCE + "/" + voice.wanted().stack() + "/" + id;
            return new Say(
                    new Notice(fullId, SOURCE, severity, key, state, title, facts, List.of(), voice.now(), until),
                    reason);
        }
    }
}
