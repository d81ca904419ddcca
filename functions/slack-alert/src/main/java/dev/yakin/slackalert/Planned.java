package dev.yakin.slackalert;

import java.time.Instant;

/**
 * A planned or known state that hides its effects.
 *
 * @param id the rule and the message that opened it: a second sleep of dev is another one
 * @param key the incident that opened it
 * @param cause where its end is told
 * @param until when it ends at the latest; earlier once it is said to be over
 */
public record Planned(String id, String rule, String key, String cause, Instant since, Instant until) {
    boolean isOn(Instant now) {
        return now.isBefore(until);
    }

    Planned endedAt(Instant end) {
        return new Planned(id, rule, key, cause, since, end.isBefore(until) ? end : until);
    }
}
