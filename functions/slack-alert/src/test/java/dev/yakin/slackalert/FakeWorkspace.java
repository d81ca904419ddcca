package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A channel of Slack as it really behaves: threads, edits, a burst and then one message a second, the published rules of
 * blocks. It says what it was told to say first. Time is the test's.
 */
public final class FakeWorkspace implements Channel {
    /** A message as it stands in the channel. {@code thread} is empty at the top level. */
    public record Shown(String ts, String thread, boolean inChannel, String text, Instant at, int edits) {
        public String headline() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** Everything that was ever said, edits too, in order. */
    public final List<String> said = new ArrayList<>();

    private static final int BURST = 5;

    public final List<Shown> messages = new ArrayList<>();

    /** What each message at the top level said when it was posted. */
    public final Map<String, String> firstTexts = new LinkedHashMap<>();

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final Supplier<Instant> clock;
    private final Calls calls;
    private final boolean threads;
    private double tokens = BURST;
    private Instant filled = Instant.EPOCH;
    private int refusedForPace;
    private Supplier<Optional<Reply>> faults = Optional::empty;

    public FakeWorkspace(Supplier<Instant> clock, Calls calls, boolean threads) {
        this.clock = clock;
        this.calls = calls;
        this.threads = threads;
    }

    public FakeWorkspace says(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    /** Asked before each post; what it answers is what Slack answers. */
    public void faults(Supplier<Optional<Reply>> source) {
        faults = source;
    }

    public int refusedForPace() {
        return refusedForPace;
    }

    public List<Shown> inChannel() {
        return messages.stream().filter(Shown::inChannel).toList();
    }

    public List<Shown> under(String ts) {
        return messages.stream().filter(one -> one.thread().equals(ts)).toList();
    }

    @Override
    public Reply post(SlackMessage message, Place place) {
        return calls.pass("post", () -> take(message, place));
    }

    @Override
    public Reply postText(SlackMessage message, Place place) {
        return post(message, place);
    }

    private Reply take(SlackMessage message, Place place) {
        var violations = SlackRules.violations(message);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.toString());
        }
        if (!replies.isEmpty()) {
            return replies.pop();
        }
        var fault = faults.get();
        if (fault.isPresent()) {
            return fault.get();
        }
        if (!hasRoom()) {
            refusedForPace++;
            return new Reply.RateLimited(Duration.ofSeconds(1));
        }
        return new Reply.Posted(show(message, place));
    }

    private boolean hasRoom() {
        var now = clock.get();
        tokens = Math.min(
                BURST, tokens + Math.max(0, Duration.between(filled, now).toMillis()) / 1000.0);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private String show(SlackMessage message, Place place) {
        var text = message.textOnly().get("text").getAsString();
        said.add(text);
        var ts = threads ? "%010d.%06d".formatted(clock.get().getEpochSecond(), messages.size() + 1) : "";
        switch (place) {
            case Place.NewMessage fresh -> {
                firstTexts.put(ts + "#" + messages.size(), text);
                messages.add(new Shown(ts, "", true, text, clock.get(), 0));
            }
            case Place.InThread thread ->
                messages.add(new Shown(ts, thread.ts(), thread.alsoInChannel(), text, clock.get(), 0));
            case Place.InsteadOf old ->
                messages.replaceAll(one -> one.ts().equals(old.ts())
                        ? new Shown(one.ts(), one.thread(), one.inChannel(), text, one.at(), one.edits() + 1)
                        : one);
        }
        return ts;
    }

    @Override
    public boolean hasThreads() {
        return threads;
    }

    @Override
    public Mention mention() {
        return Mention.of("<!subteam^S0123ABCD>");
    }
}
