package dev.yakin.slackalert.aws;

import dev.yakin.slackalert.Ledger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The ledger in a DynamoDB table: partition key {@code kind}, sort key {@code key}, and a version that every write must
 * have seen. Reads are consistent. What is forgotten is deleted by DynamoDB's time to live.
 *
 * <p>Source: Amazon DynamoDB Developer Guide, "Condition expressions" and "Using time to live (TTL)".
 */
record DynamoLedger(DynamoDbClient client, String table) implements Ledger {
    // "key" is a reserved word of DynamoDB, and "kind" may become one.
    private static final Map<String, String> NAMES = Map.of("#kind", "kind");

    @Override
    public Optional<Entry> read(String kind, String key) {
        try {
            var answer = client.getItem(
                    request -> request.tableName(table).key(keys(kind, key)).consistentRead(true));
            return answer.hasItem() ? Optional.of(entry(answer.item())) : Optional.empty();
        } catch (SdkException e) {
            throw unavailable("reading", kind, e);
        }
    }

    @Override
    public boolean write(Entry entry) {
        var item = new HashMap<>(keys(entry.kind(), entry.key()));
        item.put("version", AttributeValue.fromN(Long.toString(entry.version() + 1)));
        item.put("content", AttributeValue.fromS(entry.content()));
        item.put("forget", AttributeValue.fromN(Long.toString(entry.forget().getEpochSecond())));
        try {
            client.putItem(request -> {
                request.tableName(table).item(item);
                if (entry.version() == 0) {
                    request.conditionExpression("attribute_not_exists(#kind)").expressionAttributeNames(NAMES);
                } else {
                    request.conditionExpression("#version = :seen")
                            .expressionAttributeNames(Map.of("#version", "version"))
                            .expressionAttributeValues(
                                    Map.of(":seen", AttributeValue.fromN(Long.toString(entry.version()))));
                }
            });
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw unavailable("writing", entry.kind(), e);
        }
    }

    @Override
    public List<Entry> all(String kind) {
        try {
            return client
                    .queryPaginator(request -> request.tableName(table)
                            .consistentRead(true)
                            .keyConditionExpression("#kind = :kind")
                            .expressionAttributeNames(NAMES)
                            .expressionAttributeValues(Map.of(":kind", AttributeValue.fromS(kind))))
                    .items()
                    .stream()
                    .map(DynamoLedger::entry)
                    .toList();
        } catch (SdkException e) {
            throw unavailable("listing", kind, e);
        }
    }

    private static Map<String, AttributeValue> keys(String kind, String key) {
        return Map.of("kind", AttributeValue.fromS(kind), "key", AttributeValue.fromS(key));
    }

    private static Entry entry(Map<String, AttributeValue> item) {
        return new Entry(
                text(item, "kind"),
                text(item, "key"),
                number(item, "version"),
                text(item, "content"),
                Instant.ofEpochSecond(number(item, "forget")));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s).orElse("");
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    private UnavailableException unavailable(String doing, String kind, SdkException cause) {
        return new UnavailableException(
                "%s a %s in the table %s: %s".formatted(doing, kind, table, cause.getMessage()), cause);
    }
}
