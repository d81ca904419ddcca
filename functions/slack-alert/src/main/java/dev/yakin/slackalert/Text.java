package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something to be said, before it is said in a language. What came from outside stays marked as such, so that only
 * {@link Wording} and {@link Rendering} ever turn it into Slack text, cleaned and escaped.
 */
public sealed interface Text {
    /** Words that came from outside, in whatever language. */
    record Outside(String words) implements Text {}

    /** One of our own sentences, from {@code phrases_*.properties}. */
    record Phrase(String key, List<Text> arguments) implements Text {
        public Phrase {
            arguments = List.copyOf(arguments);
        }
    }

    /** A moment, said in the reader's time zone. */
    record Moment(Instant at) implements Text {}

    /** A length of time, said in the largest units that matter. */
    record Span(Duration length) implements Text {}

    /** One below the other: a list. */
    record Lines(List<Text> lines) implements Text {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    static Text outside(String words) {
        return new Outside(words);
    }

    /** A name that came from outside; a question mark where it did not come. */
    static Text named(String name) {
        return new Outside(name.isBlank() ? "?" : name);
    }

    static Text say(String key, Text... arguments) {
        return new Phrase(key, List.of(arguments));
    }
}
