package dev.yakin.slackalert;

import java.time.Instant;

/**
 * One message of the queue.
 *
 * @param id the SQS message id
 * @param receipt the handle by which the queue knows this delivery
 * @param sent when it entered the queue
 * @param tries how often it was delivered, this time included; 1 or more
 */
public record Letter(String id, String receipt, String body, Instant sent, int tries) {
    /** Without the body: it may hold anything. */
    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
