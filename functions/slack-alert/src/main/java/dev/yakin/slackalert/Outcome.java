package dev.yakin.slackalert;

import java.time.Duration;

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

    /**
     * Back to the queue, to be tried again.
     *
     * @param delay after which it should be delivered again
     */
    record HandedBack(Letter letter, Alert alert, String why, Duration delay) implements Outcome {}

    /** Slack refused it, as blocks and as text; the queue redelivers it and ends it in the dead letters. */
    record Refused(Letter letter, Alert alert, String error, Reply.Refusal refusal) implements Outcome {}

    /** True where the message may leave the queue. */
    default boolean isDone() {
        return this instanceof Posted || this instanceof AlreadyPosted;
    }
}
