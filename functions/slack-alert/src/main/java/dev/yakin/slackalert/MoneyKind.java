package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A budget that is passed, and costs that are odd. AWS Budgets writes a letter; its last lines are name and value.
 * Sources: AWS Cost Management User Guide, "Creating an Amazon SNS topic for budget notifications" and "Getting started
 * with AWS Cost Anomaly Detection" (the SNS message).
 */
final class MoneyKind implements Kind {
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*([A-Za-z ]{4,30}):[ \\t]*(.{1,120}?)\\s*$");

    @Override
    public Optional<Alert> read(Incoming incoming) {
        if (incoming.json().isPresent()) {
            return incoming.json()
                    .filter(json -> !json.text("anomalyId").isBlank())
                    .map(json -> anomaly(json, incoming));
        }
        return incoming.text().contains("Budget Name:") && incoming.text().contains("Alert Threshold:")
                ? Optional.of(budget(incoming))
                : Optional.empty();
    }

    private static Alert budget(Incoming incoming) {
        var text = incoming.text().substring(0, Math.min(incoming.text().length(), 20_000));
        var values = LINE.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1).strip(), found -> found.group(2).strip(), (first, second) -> first));
        var name = values.getOrDefault("Budget Name", "");
        var isForecast = values.getOrDefault("Alert Type", "").equalsIgnoreCase("FORECASTED");
        var amount = values.getOrDefault(isForecast ? "FORECASTED Amount" : "ACTUAL Amount", "");
        var threshold = values.getOrDefault("Alert Threshold", "");
        var key = "budget/" + name + "/" + values.getOrDefault("Alert Type", "") + "/" + threshold;
        return new Draft(
                        Severity.WARNING,
                        State.OPEN,
                        Text.say(isForecast ? "money.forecast" : "money.budget", Text.outside(amount)))
                .fact("fact.budget", name)
                .fact("fact.limit", values.getOrDefault("Budgeted Amount", ""))
                .fact("fact.threshold", threshold)
                .at(incoming.sent())
                .links(Console.budgets())
                .alert(Incident.moment(key, "budget/" + name, incoming.id(), incoming.sent()), incoming);
    }

    private static Alert anomaly(Fields json, Incoming incoming) {
        var impact = json.child("impact");
        var causes = json.children("rootCauses").stream()
                .map(cause -> cause.text("service") + " " + cause.text("region") + " " + cause.text("usageType"))
                .limit(3)
                .collect(Collectors.joining("\n"));
        var amount = impact.number("totalImpact").isPresent()
                ? Metric.plain(impact.number("totalImpact").getAsDouble()) + " USD"
                : "";
        var key = "anomaly/" + json.text("anomalyId");
        return new Draft(Severity.WARNING, State.OPEN, Text.say("money.anomaly", Text.outside(amount)))
                .fact("fact.rootCause", causes)
                .fact("fact.begins", json.text("anomalyStartDate"))
                .at(incoming.sent())
                .links(Console.given("link.anomaly", json.text("anomalyDetailsLink")))
                .alert(Incident.lasting(key, key, incoming.id(), incoming.sent()), incoming);
    }
}
