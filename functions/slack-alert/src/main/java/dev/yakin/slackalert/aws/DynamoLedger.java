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
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The ledger in a DynamoDB table: partition key {@code kind}, sort key {@code key}, and a version that every write must
 * have seen. Reads are consistent. What is forgotten is deleted by DynamoDB's time to live.
 *
 * <p>Source: Amazon DynamoDB Developer Guide, "Condition expressions" and "Using time to live (TTL)".
 */
record DynamoLedger(DynamoDbClient client, String table) implements Ledger {
    // "key" is a reserved word of DynamoDB, and "kind" may become one.
    private static final Map<String, String> NAMES = Map.of("#kind", "kind");
    private static final Map<String, String> VERSION = Map.of("#version", "version");
    private static final String AS_SEEN = "#version = :seen";

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
        var item = item(entry, entry.kind(), entry.version() + 1);
        try {
            client.putItem(request -> {
                request.tableName(table).item(item);
                if (entry.version() == 0) {
                    request.conditionExpression("attribute_not_exists(#kind)").expressionAttributeNames(NAMES);
                } else {
                    request.conditionExpression(AS_SEEN)
                            .expressionAttributeNames(VERSION)
                            .expressionAttributeValues(seen(entry));
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
    public boolean move(Entry entry, String kind) {
        var away = Delete.builder()
                .tableName(table)
                .key(keys(entry.kind(), entry.key()))
                .conditionExpression(AS_SEEN)
                .expressionAttributeNames(VERSION)
                .expressionAttributeValues(seen(entry))
                .build();
        var there = Put.builder()
                .tableName(table)
                .item(item(entry, kind, entry.version()))
                .build();
        try {
            client.transactWriteItems(request -> request.transactItems(
                    TransactWriteItem.builder().delete(away).build(),
                    TransactWriteItem.builder().put(there).build()));
            return true;
        } catch (TransactionCanceledException _) {
            return false;
        } catch (SdkException e) {
            throw unavailable("moving", entry.kind(), e);
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

    private static Map<String, AttributeValue> item(Entry entry, String kind, long version) {
        var item = new HashMap<>(keys(kind, entry.key()));
        item.put("version", AttributeValue.fromN(Long.toString(version)));
        item.put("content", AttributeValue.fromS(entry.content()));
        item.put("forget", AttributeValue.fromN(Long.toString(entry.forget().getEpochSecond())));
        return item;
    }

    private static Map<String, AttributeValue> seen(Entry entry) {
        return Map.of(":seen", AttributeValue.fromN(Long.toString(entry.version())));
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
