package dev.yakin.devshutdown;

import dev.yakin.devshutdown.DevAction.Remember;
import dev.yakin.devshutdown.DevAction.Say;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people were told last, by topic. The same value is not told again; a crash between telling and writing it down
 * repeats the notice with the same id, which slack-alert folds.
 */
record Told(Map<String, String> values) {
    private static final String STATE = "dev";

    /** What people believe of dev as a whole, since when. */
    enum Phase {
        ASLEEP,
        LATE,
        UP
    }

    record Heard(Phase phase, Instant since) {
        @Override
        public String toString() {
            return phase.name() + "@" + since;
        }
    }

    boolean has(String topic, String value) {
        return value.equals(values.get(topic));
    }

    /** Says it and writes it down, unless it was told already. */
    List<DevAction> once(String topic, String value, Supplier<Say> say) {
        return has(topic, value) ? List.of() : say(topic, value, say.get());
    }

    /** Writes it down without a word. */
    List<DevAction> silently(String topic, String value, String reason) {
        return has(topic, value) ? List.of() : List.of(new Remember(topic, value, Optional.empty(), reason));
    }

    List<DevAction> say(Heard state, Say say) {
        return say(STATE, state.toString(), say);
    }

    /** Empty before the first night, and when a hand has made it unreadable. */
    Optional<Heard> state() {
        var value = values.getOrDefault(STATE, "");
        var at = value.indexOf('@');
        try {
            return at < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Heard(Phase.valueOf(value.substring(0, at)), Instant.parse(value.substring(at + 1))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<DevAction> say(String topic, String value, Say say) {
        return List.of(say, new Remember(topic, value, Optional.of(say), "people were told"));
    }
}
