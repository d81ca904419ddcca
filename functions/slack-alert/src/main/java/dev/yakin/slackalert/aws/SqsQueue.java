package dev.yakin.slackalert.aws;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/**
 * Changes the visibility of handed-back letters, so that they return after Slack's Retry-After and not only after the
 * queue's visibility timeout, which is six times the function's timeout and too long for an alarm. Where it fails the
 * letters come back all the same, later.
 *
 * <p>Source: Amazon SQS API Reference, "ChangeMessageVisibilityBatch" (at most 10 entries).
 */
final class SqsQueue implements Queue {
    private static final int ENTRIES = 10;

    private final Supplier<SqsClient> client;
    private final String queueUrl;
    private final Journal journal;

    SqsQueue(Supplier<SqsClient> client, String queueUrl, Journal journal) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.journal = journal;
    }

    @Override
    public void redeliver(List<Outcome> outcomes) {
        var entries = IntStream.range(0, outcomes.size())
                .boxed()
                .flatMap(i -> entry(Integer.toString(i), outcomes.get(i)).stream())
                .toList();
        for (var from = 0; from < entries.size(); from += ENTRIES) {
            change(entries.subList(from, Math.min(entries.size(), from + ENTRIES)));
        }
    }

    private void change(List<ChangeMessageVisibilityBatchRequestEntry> entries) {
        try {
            var answer = client.get()
                    .changeMessageVisibilityBatch(
                            request -> request.queueUrl(queueUrl).entries(entries));
            answer.failed().forEach(failure -> warn(failure.code()));
        } catch (SdkException e) {
            warn(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ChangeMessageVisibilityBatchRequestEntry> entry(String id, Outcome outcome) {
        return outcome.delay()
                .map(delay -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(id)
                        .receiptHandle(outcome.letter().receipt())
                        .visibilityTimeout((int) delay.toSeconds())
                        .build());
    }

    private void warn(String cause) {
        journal.line("WARN", "visibility not changed", Map.of("cause", cause));
    }
}
