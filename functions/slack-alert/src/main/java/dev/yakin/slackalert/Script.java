package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be said of a case next, in which words and where, and what is known once it was said. Pure. */
record Script(Tact tact, Rendering rendering, Channel channel) {
    /** What is to be posted, where, and what is known afterwards. */
    record Post(String what, SlackMessage message, Place place, List<String> keys, Step.Call call, String shown) {}

    /** True where speaking for the case now might do something; whoever speaks reads it anew. */
    boolean hasSomethingToSay(Case state, Shift shift, Instant now) {
        return !now.isBefore(state.retryAt())
                && (!(tact.next(state, shift, now) instanceof Step.Nothing)
                        || edit(state).isPresent());
    }

    /** What is to be said of the case now, if anything is. */
    Optional<Post> next(Case state, Shift shift, Instant now) {
        return switch (tact.next(state, shift, now)) {
            case Step.First first ->
                Optional.of(new Post(
                        "first",
                        render(Telling.first(state, first.call()), first.call()),
                        Place.CHANNEL,
                        List.of(state.lead().orElseThrow().incident().key()),
                        first.call(),
                        mark(state)));
            case Step.Reply reply ->
                Optional.of(new Post(
                        "reply",
                        render(Telling.reply(state, reply.keys(), reply.call()), reply.call()),
                        under(state, reply.call(), now),
                        reply.keys(),
                        reply.call(),
                        ""));
            case Step.Repeat repeat ->
                Optional.of(new Post(
                        "repeat",
                        render(Telling.repeat(state, repeat.call(), now), repeat.call()),
                        under(state, repeat.call(), now),
                        List.of(),
                        repeat.call(),
                        ""));
            case Step.Nothing nothing -> edit(state);
        };
    }

    private SlackMessage render(Alert alert, Step.Call call) {
        return rendering.render(alert, call == Step.Call.ONCALL ? channel.mention() : Mention.NOBODY);
    }

    // What is critical is seen in the channel, too, unless the thread was seen there a moment ago.
    private static Place under(Case state, Step.Call call, Instant now) {
        var thread = state.thread().filter(one -> !one.ts().isEmpty());
        var wasLoud = thread.filter(one -> Duration.between(one.loud(), now).compareTo(Tact.GROUP_INTERVAL) < 0)
                .isPresent();
        return thread.<Place>map(
                        one -> new Place.InThread(one.ts(), call.isLoud() && !(wasLoud && call == Step.Call.LOUD)))
                .orElse(Place.CHANNEL);
    }

    /** The first message, where it no longer shows how things stand. */
    private Optional<Post> edit(Case state) {
        var thread = state.thread().filter(one -> !one.ts().isEmpty() && channel.hasThreads());
        if (thread.isEmpty() || state.lead().isEmpty()) {
            return Optional.empty();
        }
        var mark = mark(state);
        if (mark.equals(thread.get().shown())) {
            return Optional.empty();
        }
        var message = render(Telling.first(state, Step.Call.NOBODY), Step.Call.NOBODY);
        return Optional.of(
                new Post("edit", message, new Place.InsteadOf(thread.get().ts()), List.of(), Step.Call.NOBODY, mark));
    }

    // Of what is said, not of how: it costs little to compare, and new wording edits no old message.
    private static String mark(Case state) {
        return Integer.toHexString(
                Telling.first(state, Step.Call.NOBODY).toString().hashCode());
    }

    /** The case after the post: what people know now. */
    static Case after(Case before, long upTo, Post post, String ts, Instant now) {
        var thread = switch (post.place()) {
            case Place.InsteadOf edit -> before.thread().map(one -> one.shows(post.shown()));
            case Place.NewMessage mine
            when before.thread().isEmpty() -> Optional.of(CaseThread.begun(ts, now, post.call(), post.shown()));
            case Place.NewMessage again -> before.thread().map(one -> one.said(now, post.call()));
            case Place.InThread under -> before.thread().map(one -> one.said(now, post.call()));
        };
        return before.told(post.keys(), upTo).in(thread).leased(Optional.empty());
    }
}
