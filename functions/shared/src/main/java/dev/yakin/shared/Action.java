package dev.yakin.shared;

import java.util.Map;
import java.util.Optional;

/**
 * One thing to do, and why. Each function declares its own sealed kinds, so that a new kind does not compile until every
 * switch handles it. Applying an action twice has the effect of applying it once.
 */
public interface Action {
    /** The verb, for the log and the answer: the record's own name. */
    default String action() {
        return getClass().getSimpleName();
    }

    /** What it acts on, in the words of the AWS console: a service, a parameter, a topic. */
    String target();

    /** One English sentence; the same one goes to the log, the answer and the test. */
    String reason();

    /**
     * An earlier action of the same plan without which this one must not happen: what remembers that people were told
     * must wait until they were told.
     */
    default Optional<Action> needs() {
        return Optional.empty();
    }

    /** What the log line says beyond action, target and reason, for example {@code from} and {@code to}. */
    default Map<String, String> details() {
        return Map.of();
    }
}
