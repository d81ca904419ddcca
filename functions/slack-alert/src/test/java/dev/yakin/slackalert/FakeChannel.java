package dev.yakin.slackalert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A channel that says what it was told to say, in order, then takes everything. Keeps what it took. */
public final class FakeChannel implements Channel {
    public final List<String> posted = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    public int tries;

    public FakeChannel says(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    @Override
    public Reply post(SlackMessage message, Place place) {
        tries++;
        var reply = replies.isEmpty() ? new Reply.Posted("ts-" + tries) : replies.pop();
        if (reply instanceof Reply.Posted) {
            posted.add(message.text().lines().findFirst().orElse(""));
        }
        return reply;
    }

    @Override
    public Reply postText(SlackMessage message, Place place) {
        return post(message, place);
    }

    @Override
    public boolean hasThreads() {
        return true;
    }

    @Override
    public Mention mention() {
        return Mention.NOBODY;
    }
}
