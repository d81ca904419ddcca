package dev.yakin.slackalert;

import dev.yakin.slackalert.CaseBook.Changed;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.Round.Said;
import dev.yakin.slackalert.Round.Stop;
import dev.yakin.slackalert.Script.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says what is due of a case, one message after the other. Only who holds the case's lease speaks for it, so nothing is
 * said out of order; what was said is written down before the next word. Who dies in between leaves a lease that ends,
 * and the message is said again: late is possible, twice is possible, lost is not.
 */
final class Speaker {
    /** Longer than one post with all its timeouts, and than the function may run. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final int MOST_STEPS = 8;
    private final CaseBook book;
    private final Tact tact;
    private final Script script;
    private final Channel channel;
    private final Trouble trouble;
    private final SlackClosed closed;

    Speaker(CaseBook book, Tact tact, Script script, Channel channel, Trouble trouble) {
        this.book = book;
        this.tact = tact;
        this.script = script;
        this.channel = channel;
        this.trouble = trouble;
        this.closed = new SlackClosed(book, trouble);
    }

    /** @return why it went no further */
    Stop speak(String cause, Round round) {
        for (var steps = 0; steps < MOST_STEPS; steps++) {
            if (round.end().isPresent()) {
                return round.end().get();
            }
            var stop = step(cause, round);
            if (stop.isPresent()) {
                return stop.get();
            }
        }
        return Stop.DONE;
    }

    private Optional<Stop> step(String cause, Round round) {
        var now = round.now();
        var seen = book.read(cause);
        if (seen.isEmpty() || script.next(seen.get(), book.shift(), now).isEmpty()) {
            return Optional.of(Stop.DONE);
        }
        if (now.isBefore(seen.get().retryAt())) {
            return Optional.of(Stop.later(
                    "waits after a failure", Duration.between(now, seen.get().retryAt())));
        }
        if (!round.hasTime()) {
            return Optional.of(round.endsWith(Stop.later("no time left", Shift.PACE)));
        }
        var lease = new Lease(round.owner, now.plus(LEASE));
        var claim = book.<Optional<Lease>>decide(
                cause,
                now,
                state -> isTaken(state, round.owner, now)
                        ? new Changed<>(state, Optional.empty())
                        : new Changed<>(
                                state.leased(Optional.of(lease)),
                                Optional.of(state.lease().orElse(lease))));
        if (claim.result().isEmpty()) {
            return Optional.of(Stop.later("another worker speaks for it", BUSY));
        }
        var isLeft = !claim.result().get().owner().equals(round.owner);
        return say(claim.next(), isLeft, round);
    }

    private static boolean isTaken(Case state, String owner, Instant now) {
        return state.lease()
                .filter(lease -> !lease.owner().equals(owner) && now.isBefore(lease.until()))
                .isPresent();
    }

    private Optional<Stop> say(Case state, boolean isLeft, Round round) {
        var now = round.now();
        var shift = book.shift();
        var next = script.next(state, shift, now);
        if (next.isEmpty()) {
            release(state.cause(), now);
            return Optional.of(Stop.DONE);
        }
        var post = next.get();
        var wait = shift.wait(now);
        if (!wait.isZero()) {
            release(state.cause(), now);
            return Optional.of(round.endsWith(Stop.later("Slack's pace", wait)));
        }
        var page = tact.month(now) + "/" + state.cause() + "/" + state.count() + "/"
                + state.thread().map(CaseThread::loud).orElse(Instant.EPOCH);
        book.changeShift(
                now,
                before -> post.call() == Step.Call.ONCALL && !tact.areStaffed(now)
                        ? before.paid(now).called(page)
                        : before.paid(now));
        var first = channel.post(post.message(), post.place());
        var asText = first instanceof Reply.Refused refused
                && refused.refusal() == Refusal.MESSAGE
                && !(post.place() instanceof Place.InsteadOf);
        var reply = asText ? channel.postText(post.message(), post.place()) : first;
        return settle(
                state,
                post,
                reply,
                new Said(state.cause(), post.what(), "", post.keys().size(), asText, isLeft),
                round);
    }

    private Optional<Stop> settle(Case state, Post post, Reply reply, Said said, Round round) {
        var now = round.now();
        var cause = state.cause();
        return switch (reply) {
            case Reply.Posted posted -> {
                book.change(cause, now, before -> Script.after(before, state.count(), post, posted.ts(), now));
                round.said(new Said(cause, said.what(), posted.ts(), said.news(), said.asText(), said.maybeTwice()));
                yield Optional.empty();
            }
            case Reply.RateLimited limited -> {
                book.changeShift(now, before -> before.quiet(now.plus(limited.retryAfter())));
                release(cause, now);
                yield Optional.of(round.endsWith(Stop.later("rate limited", limited.retryAfter())));
            }
            case Reply.Unavailable silent -> {
                var pause = Delivery.pause(state.tries() + 1);
                book.change(cause, now, before -> before.failed(now.plus(pause)).leased(Optional.empty()));
                yield Optional.of(round.failed(Stop.later(silent.why(), pause)));
            }
            case Reply.Refused refused
            when refused.refusal() == Refusal.ACCESS -> {
                release(cause, now);
                closed.tell(refused.error(), now);
                yield Optional.of(round.endsWith(Stop.refused(refused)));
            }
            case Reply.Refused refused -> {
                // The others go on; this one is kept where a person finds it, with its reason.
                if (!(post.place() instanceof Place.InsteadOf)) {
                    trouble.undeliverable(cause, post.message().text(), refused.error());
                }
                book.change(cause, now, before -> Script.after(before, state.count(), post, "", now));
                yield Optional.empty();
            }
        };
    }

    private void release(String cause, Instant now) {
        book.change(cause, now, before -> before.leased(Optional.empty()));
    }
}
