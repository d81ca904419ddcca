package dev.yakin.slackalert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a message means, before it is said in a language: every kind of input becomes one of these.
 *
 * @param paragraphs longer text, read after the title
 * @param facts name and value pairs, in reading order
 */
public record Alert(
        Heading heading, List<Text> paragraphs, List<Fact> facts, List<Link> links, Incident incident, Origin origin) {

    /** Critical may wake a person; warning is read in the morning; info needs nobody. */
    public enum Severity {
        CRITICAL,
        WARNING,
        INFO
    }

    /**
     * Open until resolved; unknown where the metric has no data. Watched: a new alarm has seen its first data and all is
     * well, which is no recovery and no news.
     */
    public enum State {
        OPEN,
        RESOLVED,
        UNKNOWN,
        WATCHED
    }

    public record Heading(Severity severity, State state, Text title) {}

    public record Fact(Text name, Text value) {}

    public record Link(Text text, String url) {}

    /** A moment happened and that was it; what lasts goes on until it is said to be over; an outage lasts, too. */
    public enum Nature {
        MOMENT,
        LASTING,
        /** Customers are shut out: a person is called whatever the hour and the budget. */
        OUTAGE
    }

    /**
     * @param key the same key is the same incident
     * @param cause incidents of one cause (a service, a database) share one thread
     * @param messageId the same id is the same message, said again
     * @param at when the state was reached
     * @param since when the incident began, where the message says so
     * @param until when it ends at the latest, where it was planned
     */
    public record Incident(
            String key,
            String cause,
            String messageId,
            Instant at,
            Optional<Instant> since,
            Nature nature,
            Optional<Instant> until) {
        static Incident moment(String key, String cause, String messageId, Instant at) {
            return new Incident(key, cause, messageId, at, Optional.empty(), Nature.MOMENT, Optional.empty());
        }

        static Incident lasting(String key, String cause, String messageId, Instant at) {
            return new Incident(key, cause, messageId, at, Optional.empty(), Nature.LASTING, Optional.empty());
        }

        Incident since(Optional<Instant> begin) {
            return new Incident(key, cause, messageId, at, begin, nature, until);
        }

        Incident until(Optional<Instant> end) {
            return new Incident(key, cause, messageId, at, since, nature, end);
        }

        Incident outage() {
            return new Incident(key, cause, messageId, at, since, Nature.OUTAGE, until);
        }
    }

    public Alert {
        paragraphs = List.copyOf(paragraphs);
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    /** True where somebody has to act at once. */
    public boolean isUrgent() {
        return heading.severity() == Severity.CRITICAL && heading.state() == State.OPEN;
    }
}
