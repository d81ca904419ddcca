package dev.yakin.slackalert.aws;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Outcome.HandedBack;
import java.util.List;
import java.util.Map;
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
    public void redeliver(List<HandedBack> letters) {
        for (var from = 0; from < letters.size(); from += ENTRIES) {
            change(letters.subList(from, Math.min(letters.size(), from + ENTRIES)));
        }
    }

    private void change(List<HandedBack> letters) {
        var entries = IntStream.range(0, letters.size())
                .mapToObj(i -> entry(Integer.toString(i), letters.get(i)))
                .toList();
        try {
            var answer = client.get()
                    .changeMessageVisibilityBatch(
                            request -> request.queueUrl(queueUrl).entries(entries));
            answer.failed().forEach(failure -> warn(failure.code()));
        } catch (SdkException e) {
            warn(String.valueOf(e.getMessage()));
        }
    }

    private void warn(String cause) {
        journal.line("WARN", "visibility not changed", Map.of("cause", cause));
    }

    private static ChangeMessageVisibilityBatchRequestEntry entry(String id, HandedBack letter) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(letter.letter().receipt())
                .visibilityTimeout((int) letter.delay().toSeconds())
                .build();
    }
}
