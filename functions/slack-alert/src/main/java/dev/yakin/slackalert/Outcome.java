package dev.yakin.slackalert;

import java.time.Duration;
import java.util.Optional;

/** What became of one letter of the batch. */
public sealed interface Outcome {
    Letter letter();

    Alert alert();

    /**
     * Posted now.
     *
     * @param asText true where Slack refused the blocks
     */
    record Posted(Letter letter, Alert alert, String ts, boolean asText) implements Outcome {}

    /** The same message was posted before; nothing is said twice. */
    record AlreadyPosted(Letter letter, Alert alert) implements Outcome {}

    /** Not said now, on purpose: recorded, to be said later with its like, or nothing that a person would want to know. */
    record Folded(Letter letter, Alert alert, String why) implements Outcome {}

    /**
     * Back to the queue, to be tried again.
     *
     * @param after how long it should be delivered again
     */
    record HandedBack(Letter letter, Alert alert, String why, Duration after) implements Outcome {
        @Override
        public Optional<Duration> delay() {
            return Optional.of(after);
        }
    }

    /** Slack refused it, as blocks and as text. Redelivered until the queue gives it up to the dead letters. */
    record Refused(Letter letter, Alert alert, String error, Reply.Refusal refusal) implements Outcome {
        /** A bad message goes through its tries quickly; a lost access waits for a person. */
        private static final Duration QUICK = Duration.ofSeconds(10);

        @Override
        public Optional<Duration> delay() {
            return refusal == Reply.Refusal.MESSAGE ? Optional.of(QUICK) : Optional.empty();
        }
    }

    /** After how long the queue is to deliver the letter again; empty leaves that to the queue. */
    default Optional<Duration> delay() {
        return Optional.empty();
    }

    /** True where the message may leave the queue. */
    default boolean isDone() {
        return this instanceof Posted || this instanceof AlreadyPosted || this instanceof Folded;
    }
}
