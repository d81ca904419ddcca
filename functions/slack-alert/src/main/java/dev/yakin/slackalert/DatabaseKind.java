package dev.yakin.slackalert;

import static java.util.Map.entry;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events of RDS: instances, clusters, snapshots. Source: Amazon RDS User Guide, "Amazon RDS event categories and event
 * messages".
 */
final class DatabaseKind implements Kind {
    /** {@code database.failedOver} closes the incident that {@code database.failover} opened. */
    private record Meaning(Severity severity, State state, String phrase) {
        String incident() {
            return phrase.equals("database.failedOver") ? "database.failover" : phrase;
        }
    }

    /**
     * Events whose category says too little; the others are judged by their category. A failover heals itself within
     * minutes and wakes nobody; where it does not, the load balancer's alarms do.
     */
    private static final Map<String, Meaning> EVENTS = Map.ofEntries(
            entry("RDS-EVENT-0013", new Meaning(Severity.WARNING, State.OPEN, "database.failover")),
            entry("RDS-EVENT-0072", new Meaning(Severity.WARNING, State.OPEN, "database.failover")),
            entry("RDS-EVENT-0073", new Meaning(Severity.WARNING, State.OPEN, "database.failover")),
            entry("RDS-EVENT-0015", new Meaning(Severity.WARNING, State.RESOLVED, "database.failedOver")),
            entry("RDS-EVENT-0049", new Meaning(Severity.WARNING, State.RESOLVED, "database.failedOver")),
            entry("RDS-EVENT-0071", new Meaning(Severity.WARNING, State.RESOLVED, "database.failedOver")),
            entry("RDS-EVENT-0069", new Meaning(Severity.CRITICAL, State.OPEN, "database.failure")),
            entry("RDS-EVENT-0007", new Meaning(Severity.CRITICAL, State.OPEN, "database.storage")),
            entry("RDS-EVENT-0089", new Meaning(Severity.WARNING, State.OPEN, "database.storage")),
            entry("RDS-EVENT-0154", new Meaning(Severity.INFO, State.OPEN, "database.forcedStart")));

    private static final Map<String, Meaning> CATEGORIES = Map.of(
            "failure", new Meaning(Severity.CRITICAL, State.OPEN, "database.failure"),
            "failover", new Meaning(Severity.WARNING, State.OPEN, "database.failover"),
            "low storage", new Meaning(Severity.CRITICAL, State.OPEN, "database.storage"),
            "availability", new Meaning(Severity.WARNING, State.OPEN, "database.availability"),
            "recovery", new Meaning(Severity.INFO, State.RESOLVED, "database.recovery"),
            "maintenance", new Meaning(Severity.INFO, State.OPEN, "database.maintenance"),
            "backup", new Meaning(Severity.INFO, State.OPEN, "database.backup"));

    private static final Meaning OTHER = new Meaning(Severity.INFO, State.OPEN, "database.event");

    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json()
                .filter(json -> json.text("source").equals("aws.rds")
                        && !json.child("detail").text("Message").isBlank())
                .map(json -> alert(json.child("detail"), incoming));
    }

    private static Alert alert(Fields detail, Incoming incoming) {
        var name = detail.text("SourceIdentifier");
        var meaning = meaning(detail);
        var at = detail.time("Date").orElse(incoming.sent());
        var type = detail.text("SourceType");
        var console = new Console(incoming.origin().region());
        return new Alert(
                new Heading(meaning.severity(), meaning.state(), Text.say(meaning.phrase(), Text.named(name))),
                List.of(Text.outside(detail.text("Message"))),
                List.of(
                        new Fact(Text.say("fact.database"), Text.outside(name)),
                        new Fact(Text.say("fact.event"), Text.outside(detail.text("EventID"))),
                        new Fact(Text.say("fact.at"), new Text.Moment(at))),
                type.equals("DB_INSTANCE") || type.equals("CLUSTER")
                        ? console.database(name, type.equals("CLUSTER"))
                        : List.of(),
                incident("database/" + name, meaning, incoming.id(), at),
                incoming.origin());
    }

    private static Incident incident(String cause, Meaning meaning, String id, Instant at) {
        var key = cause + "/" + meaning.incident();
        return switch (meaning.phrase()) {
            case "database.failure" -> Incident.lasting(key, cause, id, at).outage();
            case "database.failover", "database.failedOver" -> Incident.lasting(key, cause, id, at);
            default -> Incident.moment(key, cause, id, at);
        };
    }

    private static Meaning meaning(Fields detail) {
        var event = EVENTS.get(detail.text("EventID"));
        if (event != null) {
            return event;
        }
        return detail.texts("EventCategories").stream()
                .filter(CATEGORIES::containsKey)
                .map(CATEGORIES::get)
                .findFirst()
                .orElse(OTHER);
    }
}
