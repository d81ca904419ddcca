package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.Optional;

/**
 * Work that failed: a backup job, a pipeline, a stack, the rotation of a secret. Sources: AWS Backup Developer Guide,
 * "Monitoring AWS Backup events using Amazon EventBridge"; CodePipeline User Guide, "Monitoring CodePipeline events";
 * CloudFormation User Guide, "Managing events using Amazon EventBridge"; Secrets Manager User Guide, "Match AWS Secrets
 * Manager events with Amazon EventBridge".
 */
final class JobKind implements Kind {
    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json().flatMap(json -> {
            var detail = json.child("detail");
            return switch (json.text("detail-type")) {
                case "Backup Job State Change", "Copy Job State Change", "Restore Job State Change" ->
                    backup(detail, incoming);
                case "CodePipeline Pipeline Execution State Change" -> pipeline(detail, incoming);
                case "CloudFormation Stack Status Change" -> stack(detail, incoming);
                case "AWS Service Event via CloudTrail" -> rotation(json, detail, incoming);
                default -> Optional.empty();
            };
        });
    }

    private static Optional<Alert> backup(Fields job, Incoming incoming) {
        var state = job.text("state");
        if (state.isBlank()) {
            return Optional.empty();
        }
        var arn = job.text("resourceArn");
        var resource = arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
        var isFine = state.equals("COMPLETED");
        return Optional.of(new Draft(
                        isFine ? Severity.INFO : Severity.WARNING,
                        isFine ? State.RESOLVED : State.OPEN,
                        Text.say(isFine ? "job.backupDone" : "job.backup", Text.named(resource)))
                .paragraph(job.text("statusMessage"))
                .fact("fact.state", state)
                .fact("fact.resource", job.text("resourceType"))
                .fact("fact.vault", job.text("backupVaultName"))
                .at(incoming.sent())
                .links(new Console(incoming.origin().region()).backups())
                .alert(
                        Incident.lasting("backup/" + resource, "backup/" + resource, incoming.id(), incoming.sent()),
                        incoming));
    }

    private static Optional<Alert> pipeline(Fields run, Incoming incoming) {
        var name = run.text("pipeline");
        var state = run.text("state");
        if (name.isBlank()) {
            return Optional.empty();
        }
        var isFine = state.equals("SUCCEEDED");
        return Optional.of(new Draft(
                        isFine ? Severity.INFO : Severity.WARNING,
                        isFine ? State.RESOLVED : State.OPEN,
                        Text.say(isFine ? "job.pipelineDone" : "job.pipeline", Text.named(name)))
                .fact("fact.state", state)
                .fact("fact.execution", run.text("execution-id"))
                .at(incoming.sent())
                .links(new Console(incoming.origin().region()).pipeline(name))
                .alert(
                        Incident.lasting("pipeline/" + name, "pipeline/" + name, incoming.id(), incoming.sent()),
                        incoming));
    }

    private static Optional<Alert> stack(Fields detail, Incoming incoming) {
        var details = detail.child("status-details");
        var arn = detail.text("stack-id");
        var parts = arn.split("/", -1);
        if (parts.length < 2 || details.text("status").isBlank()) {
            return Optional.empty();
        }
        var isBad = details.text("status").matches(".*(FAILED|ROLLBACK).*");
        return Optional.of(new Draft(
                        isBad ? Severity.WARNING : Severity.INFO,
                        isBad ? State.OPEN : State.RESOLVED,
                        Text.say(isBad ? "job.stack" : "job.stackDone", Text.outside(parts[1])))
                .paragraph(details.text("status-reason"))
                .fact("fact.state", details.text("status"))
                .at(incoming.sent())
                .links(new Console(incoming.origin().region()).stack(arn))
                .alert(
                        Incident.lasting("stack/" + parts[1], "stack/" + parts[1], incoming.id(), incoming.sent()),
                        incoming));
    }

    private static Optional<Alert> rotation(Fields event, Fields detail, Incoming incoming) {
        if (!event.text("source").equals("aws.secretsmanager")
                || !detail.text("eventName").startsWith("Rotation")) {
            return Optional.empty();
        }
        var arn = detail.child("additionalEventData").text("SecretId");
        var secret = arn.substring(arn.lastIndexOf(':') + 1);
        var isBad = !detail.text("eventName").equals("RotationSucceeded");
        return Optional.of(new Draft(
                        isBad ? Severity.WARNING : Severity.INFO,
                        isBad ? State.OPEN : State.RESOLVED,
                        Text.say(isBad ? "job.rotation" : "job.rotationDone", Text.outside(secret)))
                .paragraph(detail.text("errorMessage"))
                .fact("fact.event", detail.text("eventName"))
                .at(detail.time("eventTime").orElse(incoming.sent()))
                .links(new Console(incoming.origin().region()).secret(secret))
                .alert(
                        Incident.lasting("rotation/" + secret, "rotation/" + secret, incoming.id(), incoming.sent()),
                        incoming));
    }
}
