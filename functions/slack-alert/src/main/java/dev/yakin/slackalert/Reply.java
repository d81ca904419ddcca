package dev.yakin.slackalert;

import java.time.Duration;

/** What came of one post. A message leaves the queue on {@link Posted} only. */
public sealed interface Reply {
    /**
     * Slack has it.
     *
     * @param ts Slack's id of the message, empty from a webhook
     */
    record Posted(String ts) implements Reply {}

    /** Slack wants silence for a while. */
    record RateLimited(Duration retryAfter) implements Reply {}

    /** Nobody answered in time, or the other side has trouble: it may or may not have been posted. */
    record Unavailable(String why) implements Reply {}

    /**
     * Slack said no.
     *
     * @param error Slack's own word for it
     */
    record Refused(String error, Refusal refusal) implements Reply {}

    enum Refusal {
        /** The token or the channel no longer works: no message will go through until a person acts. */
        ACCESS,
        /** This message is wrong; another one may go through. */
        MESSAGE
    }
}
