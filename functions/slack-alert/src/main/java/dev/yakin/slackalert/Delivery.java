package dev.yakin.slackalert;

import dev.yakin.slackalert.Outcome.AlreadyPosted;
import dev.yakin.slackalert.Outcome.HandedBack;
import dev.yakin.slackalert.Outcome.Posted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Delivers a batch, oldest first. A letter leaves the queue only when Slack has said ok. One bad letter does not stop
 * the others, but nothing overtakes an earlier letter of the same incident, and when Slack asks for silence or is gone,
 * the rest of the batch is handed back untried.
 */
public final class Delivery {
    /** The pace at which handed-back letters return: Slack takes about one message a second for each channel. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

    private final Reading reading;
    private final Rendering rendering;
    private final Channel channel;
    private final Memory memory;

    public Delivery(Reading reading, Rendering rendering, Channel channel, Memory memory) {
        this.reading = reading;
        this.rendering = rendering;
        this.channel = channel;
        this.memory = memory;
    }

    private record Item(Letter letter, Alert alert) {}

    /** What is known about the rest of one batch while it is being worked through. */
    private static final class Round {
        final List<Outcome> outcomes = new ArrayList<>();
        final Set<String> heldIncidents = new HashSet<>();
        Optional<Reply> end = Optional.empty();
        boolean slackWasSilent;
        int handedBack;
    }

    /**
     * @param timeIsLeft asked before each post but the first; false hands the rest back
     * @return one outcome for each letter
     */
    public List<Outcome> deliver(List<Letter> batch, BooleanSupplier timeIsLeft) {
        var items = batch.stream()
                .map(letter -> new Item(letter, reading.read(Incoming.of(letter))))
                .sorted(Comparator.comparing(
                        (Item item) -> item.alert().incident().at()))
                .toList();
        var round = new Round();
        for (var item : items) {
            round.outcomes.add(deliver(item, round, timeIsLeft));
        }
        return round.outcomes;
    }

    private Outcome deliver(Item item, Round round, BooleanSupplier timeIsLeft) {
        var incident = item.alert().incident();
        if (memory.wasPosted(incident.messageId())) {
            return new AlreadyPosted(item.letter(), item.alert());
        }
        if (item.alert().heading().state() == Alert.State.WATCHED) {
            return new Outcome.Folded(item.letter(), item.alert(), "a new alarm found all well");
        }
        if (round.end.isPresent()) {
            return sendBack(item, round, round.end.get());
        }
        if (round.heldIncidents.contains(incident.key())) {
            return handBack(item, round, "an earlier message of the incident waits", pause(item.letter()));
        }
        if (!round.outcomes.isEmpty() && !timeIsLeft.getAsBoolean()) {
            round.heldIncidents.add(incident.key());
            return handBack(item, round, "no time left", PACE);
        }
        return post(item, round);
    }

    private Outcome post(Item item, Round round) {
        SlackMessage message;
        try {
            message = rendering.render(item.alert(), channel.mention());
        } catch (RuntimeException e) {
            // A flaw of ours in one message must not send back those that were posted: it ends in the dead letters.
            var flaw = new Reply.Refused("not rendered: " + e.getClass().getSimpleName(), Reply.Refusal.MESSAGE);
            return settle(item, round, flaw, false);
        }
        var first = channel.post(message, Place.CHANNEL);
        var asText = first instanceof Reply.Refused refused && refused.refusal() == Reply.Refusal.MESSAGE;
        return settle(item, round, asText ? channel.postText(message, Place.CHANNEL) : first, asText);
    }

    private Outcome settle(Item item, Round round, Reply reply, boolean asText) {
        if (reply instanceof Reply.Posted posted) {
            round.slackWasSilent = false;
            memory.remember(item.alert().incident().messageId(), posted.ts());
            return new Posted(item.letter(), item.alert(), posted.ts(), asText);
        }
        round.heldIncidents.add(item.alert().incident().key());
        if (endsTheBatch(reply, round)) {
            round.end = Optional.of(reply);
        }
        round.slackWasSilent = reply instanceof Reply.Unavailable;
        return sendBack(item, round, reply);
    }

    // One failure may be the letter's fault; two in a row are Slack's.
    private static boolean endsTheBatch(Reply reply, Round round) {
        return switch (reply) {
            case Reply.Posted posted -> false;
            case Reply.RateLimited limited -> true;
            case Reply.Unavailable silent -> round.slackWasSilent;
            case Reply.Refused refused -> refused.refusal() == Reply.Refusal.ACCESS;
        };
    }

    private static Outcome sendBack(Item item, Round round, Reply reply) {
        return switch (reply) {
            case Reply.RateLimited limited ->
                handBack(item, round, "rate limited", limited.retryAfter().plus(patience(item.letter())));
            case Reply.Unavailable silent -> handBack(item, round, silent.why(), pause(item.letter()));
            case Reply.Refused refused ->
                new Outcome.Refused(item.letter(), item.alert(), refused.error(), refused.refusal());
            case Reply.Posted posted -> throw new IllegalStateException("a posted letter is not sent back");
        };
    }

    // Each one a second later than the one before: in order, and at the pace that Slack takes.
    private static Outcome handBack(Item item, Round round, String why, Duration delay) {
        var paced = delay.plus(PACE.multipliedBy(round.handedBack++));
        return new HandedBack(item.letter(), item.alert(), why, paced);
    }

    // In a storm a letter may meet the limit again and again: each time it waits longer, and its tries last.
    private static Duration patience(Letter letter) {
        if (letter.tries() == 1) {
            return Duration.ZERO;
        }
        var pause = pause(letter);
        return pause.compareTo(LONGEST_PATIENCE) < 0 ? pause : LONGEST_PATIENCE;
    }

    /** 5 s, 10 s, 20 s … up to five minutes. */
    private static Duration pause(Letter letter) {
        return pause(letter.tries());
    }

    /** @param tries 1 or more */
    static Duration pause(int tries) {
        var doublings = Math.clamp(tries - 1, 0, 10);
        var pause = Duration.ofSeconds(5).multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
