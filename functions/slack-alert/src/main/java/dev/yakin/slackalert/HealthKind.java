package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trouble of AWS itself, and work that it plans. Source: AWS Health User Guide, "AWS Health events Amazon EventBridge
 * schema".
 */
final class HealthKind implements Kind {
    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json()
                .filter(json -> json.text("detail-type").equals("AWS Health Event")
                        && !json.child("detail").text("eventTypeCode").isBlank())
                .map(json -> alert(json.child("detail"), incoming));
    }

    private static Alert alert(Fields detail, Incoming incoming) {
        var isIssue = detail.text("eventTypeCategory").equals("issue");
        var isOver = detail.text("statusCode").equals("closed");
        var what = isIssue ? "health.issue" : "health.planned";
        var key = "health/"
                + (detail.text("eventArn").isBlank() ? detail.text("eventTypeCode") : detail.text("eventArn"));
        var entities = detail.children("affectedEntities").stream()
                .map(entity -> entity.text("entityValue"))
                .limit(5)
                .collect(Collectors.joining("\n"));
        return new Draft(
                        isIssue ? Severity.WARNING : Severity.INFO,
                        isOver ? State.RESOLVED : State.OPEN,
                        Text.say(what, Text.outside(detail.text("service"))))
                .paragraph(detail.children("eventDescription").stream()
                        .map(one -> one.text("latestDescription"))
                        .findFirst()
                        .orElse(""))
                .fact("fact.event", detail.text("eventTypeCode"))
                .fact("fact.begins", detail.text("startTime"))
                .fact("fact.resource", entities)
                .at(incoming.sent())
                .links(Console.health())
                .alert(Incident.lasting(key, key, incoming.id(), incoming.sent()), incoming);
    }
}
