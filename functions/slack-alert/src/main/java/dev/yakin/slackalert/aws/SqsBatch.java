package dev.yakin.slackalert.aws;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yakin.slackalert.Fields;
import dev.yakin.slackalert.Letter;
import java.time.Instant;
import java.util.List;

/**
 * The event that Lambda makes of SQS messages, and its answer. Source: AWS Lambda Developer Guide, "Using Lambda with
 * Amazon SQS" and "Implementing partial batch responses".
 */
final class SqsBatch {
    private SqsBatch() {}

    /** @throws IllegalArgumentException when the event is no SQS batch: then nothing may count as delivered */
    static List<Letter> parse(String event) {
        var json =
                Fields.parse(event).orElseThrow(() -> new IllegalArgumentException("the event is not a JSON object"));
        if (!(json.json().get("Records") instanceof JsonArray)
                || json.children("Records").size() != json.array("Records").size()) {
            throw new IllegalArgumentException("the event is not a batch of SQS messages: it needs Records");
        }
        return json.children("Records").stream().map(SqsBatch::letter).toList();
    }

    /** What is to stay in the queue. */
    static JsonObject answer(List<Letter> failed) {
        var failures = new JsonArray();
        for (var letter : failed) {
            var failure = new JsonObject();
            failure.addProperty("itemIdentifier", letter.id());
            failures.add(failure);
        }
        var answer = new JsonObject();
        answer.add("batchItemFailures", failures);
        return answer;
    }

    private static Letter letter(Fields message) {
        var id = message.text("messageId");
        if (id.isBlank()) {
            throw new IllegalArgumentException("the event is not a batch of SQS messages: one has no messageId");
        }
        var attributes = message.child("attributes");
        return new Letter(
                id,
                message.text("receiptHandle"),
                message.text("body"),
                Instant.ofEpochMilli((long) attributes.number("SentTimestamp").orElse(0)),
                (int) Math.max(1, attributes.number("ApproximateReceiveCount").orElse(1)));
    }
}
