package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One invocation: whose it is, what time it is, and what it has learnt of Slack. */
public final class Round {
    /** Something said, or tried to be said. */
    public record Said(String cause, String what, String ts, int news, boolean asText, boolean maybeTwice) {}

    /**
     * Why a case is not said further now.
     *
     * @param after when it may be tried again
     */
    record Stop(String why, Optional<Duration> after, Optional<Reply.Refused> refused) {
        static final Stop DONE = new Stop("said", Optional.empty(), Optional.empty());

        static Stop later(String why, Duration after) {
            return new Stop(why, Optional.of(after), Optional.empty());
        }

        static Stop refused(Reply.Refused refused) {
            return new Stop(refused.error(), Optional.empty(), Optional.of(refused));
        }
    }

    final String owner;
    private final Supplier<Instant> clock;
    private final BooleanSupplier timeIsLeft;
    private final List<Said> said = new ArrayList<>();
    private Optional<Stop> end = Optional.empty();
    private boolean slackWasSilent;

    Round(String owner, Supplier<Instant> clock, BooleanSupplier timeIsLeft) {
        this.owner = owner;
        this.clock = clock;
        this.timeIsLeft = timeIsLeft;
    }

    Instant now() {
        return clock.get();
    }

    boolean hasTime() {
        return timeIsLeft.getAsBoolean();
    }

    List<Said> said() {
        return said;
    }

    Optional<Stop> end() {
        return end;
    }

    Stop endsWith(Stop stop) {
        end = Optional.of(stop);
        return stop;
    }

    void said(Said one) {
        slackWasSilent = false;
        said.add(one);
    }

    /** One failure may be the message's fault; two in a row are Slack's. */
    Stop failed(Stop stop) {
        if (slackWasSilent) {
            end = Optional.of(stop);
        }
        slackWasSilent = true;
        return stop;
    }
}
