package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.List;
import java.util.Optional;

/**
 * A deployment of an ECS service: begun, completed or failed. Source: Amazon ECS Developer Guide, "Amazon ECS service
 * deployment state change events".
 */
final class DeploymentKind implements Kind {
    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json()
                .filter(json -> json.text("detail-type").equals("ECS Deployment State Change"))
                .map(json -> alert(json, incoming));
    }

    private static Alert alert(Fields event, Incoming incoming) {
        var detail = event.child("detail");
        var service =
                EcsName.ofService(event.texts("resources").stream().findFirst().orElse(""));
        var at = detail.time("updatedAt").orElse(incoming.sent());
        var facts = List.of(
                new Fact(Text.say("fact.service"), Text.outside(service.toString())),
                new Fact(Text.say("fact.deployment"), Text.outside(EcsName.lastPart(detail.text("deploymentId")))),
                new Fact(Text.say("fact.at"), new Text.Moment(at)));
        return new Alert(
                heading(detail.text("eventName"), Text.named(service.name())),
                detail.text("reason").isBlank() ? List.of() : List.of(Text.outside(detail.text("reason"))),
                facts,
                new Console(incoming.origin().region()).service(service.cluster(), service.name()),
                Incident.lasting("deployment/" + service, "service/" + service.name(), incoming.id(), at),
                incoming.origin());
    }

    private static Heading heading(String eventName, Text service) {
        return switch (eventName) {
            case "SERVICE_DEPLOYMENT_FAILED" ->
                // The circuit breaker goes back to the version that ran before: nobody has to get up.
                new Heading(Severity.WARNING, State.OPEN, Text.say("deployment.failed", service));
            case "SERVICE_DEPLOYMENT_COMPLETED" ->
                new Heading(Severity.INFO, State.RESOLVED, Text.say("deployment.completed", service));
            case "SERVICE_DEPLOYMENT_IN_PROGRESS" ->
                new Heading(Severity.INFO, State.OPEN, Text.say("deployment.begun", service));
            default ->
                new Heading(
                        Severity.WARNING, State.OPEN, Text.say("deployment.other", service, Text.outside(eventName)));
        };
    }
}
