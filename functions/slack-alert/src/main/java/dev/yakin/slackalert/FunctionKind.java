package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.util.Optional;

/**
 * An event that a Lambda function failed at, again and again, and that was then given up: the record of an on-failure
 * destination. Source: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations".
 */
final class FunctionKind implements Kind {
    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json()
                .filter(json -> !json.child("requestContext")
                                .text("functionArn")
                                .isBlank()
                        && !json.child("requestContext").text("condition").isBlank())
                .map(json -> alert(json, incoming));
    }

    private static Alert alert(Fields json, Incoming incoming) {
        var context = json.child("requestContext");
        var arn = context.text("functionArn").split(":", -1);
        var name = arn.length > 6 ? arn[6] : context.text("functionArn");
        var answer = json.child("responsePayload");
        var at = json.time("timestamp").orElse(incoming.sent());
        var origin = Origin.ofArn(context.text("functionArn"));
        var console = new Console(origin.region());
        return new Draft(Severity.WARNING, State.OPEN, Text.say("function.failed", Text.named(name)))
                .paragraph(answer.text("errorMessage"))
                .fact("fact.error", answer.text("errorType"))
                .fact("fact.state", context.text("condition"))
                .fact("fact.tries", context.text("approximateInvokeCount"))
                .at(at)
                .links(console.function(name))
                .links(console.logs("/aws/lambda/" + name, at))
                .alert(
                        Incident.moment("function/" + name + "/failed", "function/" + name, incoming.id(), at),
                        incoming);
    }
}
