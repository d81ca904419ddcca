package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What looks for danger found some: GuardDuty, Security Hub, the image scan. Sources: GuardDuty User Guide, "Processing
 * findings with EventBridge" (severity from 7 is high); Security Hub User Guide, "EventBridge event formats"; Amazon ECR
 * User Guide, "Amazon ECR events and EventBridge".
 */
final class FindingKind implements Kind {
    private static final double HIGH = 7;

    /** {@code sha256:} and as much as tells images apart. */
    private static final int DIGEST_SHOWN = 21;

    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json().flatMap(json -> switch (json.text("detail-type")) {
            case "GuardDuty Finding" -> guardDuty(json.child("detail"), incoming);
            case "Security Hub Findings - Imported", "Findings Imported V2" ->
                securityHub(json.child("detail"), incoming);
            case "ECR Image Scan" -> imageScan(json.child("detail"), incoming);
            default -> Optional.empty();
        });
    }

    private static Optional<Alert> guardDuty(Fields finding, Incoming incoming) {
        var key = "guardduty/" + finding.text("type") + "/"
                + finding.child("resource").text("resourceType");
        var grave = finding.number("severity").orElse(0) >= HIGH;
        return Optional.of(new Draft(
                        grave ? Severity.CRITICAL : Severity.WARNING,
                        State.OPEN,
                        Text.say("finding.guardduty", Text.outside(finding.text("title"))))
                .paragraph(finding.text("description"))
                .fact("fact.finding", finding.text("type"))
                .fact("fact.severity", finding.text("severity"))
                .fact("fact.resource", finding.child("resource").text("resourceType"))
                .at(finding.time("updatedAt").orElse(incoming.sent()))
                .links(new Console(incoming.origin().region()).finding(finding.text("id")))
                .alert(Incident.moment(key, "security", incoming.id(), incoming.sent()), incoming));
    }

    private static Optional<Alert> securityHub(Fields detail, Incoming incoming) {
        var findings = detail.children("findings");
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        var first = findings.getFirst();
        var label = first.child("Severity").text("Label");
        var resources = first.children("Resources").stream()
                .map(resource -> resource.text("Id"))
                .limit(3)
                .collect(Collectors.joining("\n"));
        return Optional.of(new Draft(
                        label.equals("CRITICAL") ? Severity.CRITICAL : Severity.WARNING,
                        State.OPEN,
                        Text.say("finding.securityHub", Text.outside(first.text("Title"))))
                .paragraph(first.text("Description"))
                .fact("fact.severity", label)
                .fact("fact.finding", first.text("GeneratorId"))
                .fact("fact.resource", resources)
                .fact("fact.more", findings.size() > 1 ? Integer.toString(findings.size() - 1) : "")
                .at(incoming.sent())
                .links(new Console(incoming.origin().region()).securityHub())
                .alert(
                        Incident.moment("securityhub/" + first.text("Id"), "security", incoming.id(), incoming.sent()),
                        incoming));
    }

    private static Optional<Alert> imageScan(Fields scan, Incoming incoming) {
        var repository = scan.text("repository-name");
        var counts = scan.child("finding-severity-counts");
        var found = counts.json().keySet().stream()
                .map(level -> level + " " + counts.text(level))
                .collect(Collectors.joining(", "));
        var grave = counts.number("CRITICAL").orElse(0) > 0;
        return Optional.of(new Draft(
                        grave ? Severity.WARNING : Severity.INFO,
                        State.OPEN,
                        Text.say(grave ? "finding.image" : "finding.imageFine", Text.outside(repository)))
                .fact("fact.finding", found)
                .fact("fact.image", String.join(", ", scan.texts("image-tags")))
                .fact("fact.digest", SafeText.cut(scan.text("image-digest"), DIGEST_SHOWN))
                .at(incoming.sent())
                .links(new Console(incoming.origin().region())
                        .images(incoming.origin().account(), repository))
                .alert(
                        Incident.moment(
                                "image/" + repository + "/" + scan.text("image-digest"),
                                "image/" + repository,
                                incoming.id(),
                                incoming.sent()),
                        incoming));
    }
}
