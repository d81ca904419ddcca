package dev.yakin.slackalert.aws;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Trouble;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Past Slack: the topic of critical alerts, which also goes to e-mail, and the dead letters. Where even that fails, the
 * metric {@code SlackRefused} and its alarm are left.
 */
final class SecondPath implements Trouble {
    private final Supplier<SnsClient> sns;
    private final Supplier<SqsClient> sqs;
    private final String topicArn;
    private final String deadLettersUrl;
    private final String stack;
    private final Journal journal;

    /** @param topicArn and {@code deadLettersUrl}: empty where there is none */
    SecondPath(
            Supplier<SnsClient> sns,
            Supplier<SqsClient> sqs,
            String topicArn,
            String deadLettersUrl,
            String stack,
            Journal journal) {
        this.sns = sns;
        this.sqs = sqs;
        this.topicArn = topicArn;
        this.deadLettersUrl = deadLettersUrl;
        this.stack = stack;
        this.journal = journal;
    }

    @Override
    public void noAccess(String error) {
        var text = ("Slack takes no message of %s: %s. Nothing is lost: alerts wait until Slack takes them again.%n"
                        + "Is the bot token in the Slack secret valid, and is the bot in the channel?")
                .formatted(stack, error);
        attempt(
                "e-mail",
                topicArn,
                () -> sns.get()
                        .publish(request -> request.topicArn(topicArn)
                                .subject("Yakin: Slack is closed to " + stack)
                                .message(text)));
    }

    @Override
    public void undeliverable(String cause, String text, String error) {
        journal.count("SlackRefused", 1);
        journal.line("ERROR", "Slack refuses a message for good", Map.of("incident", cause, "error", error));
        var reason = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(error)
                .build();
        attempt(
                "dead letters",
                deadLettersUrl,
                () -> sqs.get()
                        .sendMessage(request -> request.queueUrl(deadLettersUrl)
                                .messageBody(text)
                                .messageAttributes(Map.of("reason", reason))));
    }

    private void attempt(String what, String where, Runnable act) {
        if (where.isEmpty()) {
            return;
        }
        try {
            act.run();
        } catch (SdkException e) {
            var fields = Map.of("path", what, "cause", String.valueOf(e.getMessage()));
            journal.line("ERROR", "the second path is closed, too", fields);
        }
    }
}
