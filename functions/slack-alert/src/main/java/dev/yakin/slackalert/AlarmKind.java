package dev.yakin.slackalert;

import dev.yakin.slackalert.AlarmState.Measure;
import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Link;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** CloudWatch alarms: metric, metric math and composite, from SNS or EventBridge. The topic says how urgent. */
final class AlarmKind implements Kind {
    // A line of the description that names the runbook; its host is shown, so that a link can't pretend.
    private static final Pattern RUNBOOK =
            Pattern.compile("(?:runbook|手順書?)\\s{0,3}[:：]\\s{0,3}(https://\\S{1,900})", Pattern.CASE_INSENSITIVE);

    // The template's own alarm on HealthyHostCount, and composite alarms that a person names so.
    private static final Pattern OUTAGE = Pattern.compile("no-healthy-target|site-down");

    private final Optional<String> serviceLogGroup;

    AlarmKind(Optional<String> serviceLogGroup) {
        this.serviceLogGroup = serviceLogGroup;
    }

    @Override
    public Optional<Alert> read(Incoming incoming) {
        return AlarmShapes.of(incoming).map(alarm -> alert(alarm, incoming));
    }

    private Alert alert(AlarmState alarm, Incoming incoming) {
        var origin = Origin.ofArn(alarm.arn()).or(incoming.origin());
        var state = switch (alarm.state()) {
            case "OK" -> alarm.isNew() ? State.WATCHED : State.RESOLVED;
            case "ALARM" -> State.OPEN;
            default -> State.UNKNOWN;
        };
        return new Alert(
                new Heading(severity(incoming), state, title(alarm, state)),
                paragraphs(alarm, state),
                facts(alarm, state),
                links(alarm, origin),
                incident(alarm, origin, state, incoming.id()),
                origin);
    }

    private static Incident incident(AlarmState alarm, Origin origin, State state, String id) {
        var key = "alarm/" + origin.account() + "/" + origin.region() + "/" + alarm.name();
        var cause = alarm.measure().flatMap(AlarmWords::cause).orElse(key);
        var incident = Incident.lasting(key, cause, id, alarm.at())
                .since(state == State.RESOLVED ? alarm.previously() : Optional.of(alarm.at()));
        return OUTAGE.matcher(alarm.name()).find() ? incident.outage() : incident;
    }

    private static Severity severity(Incoming incoming) {
        return switch (incoming.topic()) {
            case CRITICAL -> Severity.CRITICAL;
            case NOTICES -> Severity.INFO;
            case WARNING, NONE -> Severity.WARNING;
        };
    }

    private static Text title(AlarmState alarm, State state) {
        var name = Text.outside(alarm.name());
        // Set by hand, or for a reason in words that we do not know: it rings, but nobody measured "no data".
        var isInOtherWords = state == State.OPEN && !AlarmWords.titleSaysItAll(alarm);
        return alarm.measure()
                .map(measure -> Text.say(
                        "alarm." + (state == State.UNKNOWN ? "unknown" : "measured"),
                        AlarmWords.subject(measure).orElse(name),
                        isInOtherWords ? name : AlarmWords.reading(measure, state)))
                .orElse(name);
    }

    // What to fear is no news once it is over; and the reason repeats what the title says of a metric.
    private static List<Text> paragraphs(AlarmState alarm, State state) {
        var paragraphs = new ArrayList<Text>();
        var description = RUNBOOK.matcher(alarm.description()).replaceAll("").strip();
        if (state != State.RESOLVED && !description.isEmpty()) {
            paragraphs.add(Text.outside(description));
        }
        if (!AlarmWords.titleSaysItAll(alarm) && !alarm.reason().isBlank()) {
            paragraphs.add(Text.outside(alarm.reason()));
        }
        return paragraphs;
    }

    private static List<Fact> facts(AlarmState alarm, State state) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(Text.say("fact.alarm"), Text.outside(alarm.name())));
        facts.add(new Fact(
                Text.say(state == State.RESOLVED ? "fact.resolvedAt" : "fact.since"), new Text.Moment(alarm.at())));
        if (state == State.RESOLVED) {
            alarm.previously()
                    .map(start -> AlarmWords.span(start, alarm.at()))
                    .ifPresent(span -> facts.add(new Fact(Text.say("fact.lasted"), span)));
        }
        return facts;
    }

    private List<Link> links(AlarmState alarm, Origin origin) {
        var console = new Console(origin.region());
        var links = new ArrayList<>(console.alarm(alarm.name()));
        alarm.measure().ifPresent(measure -> links.addAll(targets(measure, console, alarm)));
        RUNBOOK.matcher(alarm.description())
                .results()
                .limit(1)
                .map(found -> found.group(1))
                .forEach(url -> links.add(new Link(Text.say("link.runbook", Text.outside(AlarmWords.host(url))), url)));
        return links;
    }

    private List<Link> targets(Measure measure, Console console, AlarmState alarm) {
        var links = new ArrayList<Link>();
        var dimensions = measure.dimensions();
        if (dimensions.containsKey("ServiceName")) {
            links.addAll(console.service(dimensions.getOrDefault("ClusterName", ""), dimensions.get("ServiceName")));
        }
        if (dimensions.containsKey("ServiceName") || dimensions.containsKey("TargetGroup")) {
            serviceLogGroup.ifPresent(group -> links.addAll(console.logs(group, alarm.at())));
        }
        if (dimensions.containsKey("DBInstanceIdentifier")) {
            links.addAll(console.database(dimensions.get("DBInstanceIdentifier"), false));
        }
        if (dimensions.containsKey("DBClusterIdentifier")) {
            links.addAll(console.database(dimensions.get("DBClusterIdentifier"), true));
        }
        if (dimensions.containsKey("FunctionName")) {
            links.addAll(console.logs("/aws/lambda/" + dimensions.get("FunctionName"), alarm.at()));
        }
        return links;
    }
}
