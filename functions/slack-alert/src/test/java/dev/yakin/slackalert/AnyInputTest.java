package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in is told within Slack's rules, and no secret in it is. */
class AnyInputTest {
    private static final String PLANTED = "hunter2-planted-secret";

    private static final List<String> FILES = List.of(
            "alarm-cpu.json",
            "alarm-errors-math.json",
            "alarm-event.json",
            "alarm-composite.json",
            "notice-open.json",
            "deployment-failed.json",
            "task-out-of-memory.json",
            "database-failover.json",
            "alarm-anomaly.json",
            "health-issue.json",
            "guardduty.json",
            "security-hub.json",
            "image-scan.json",
            "backup-failed.json",
            "stack-failed.json",
            "rotation-failed.json",
            "function-failed.json",
            "cost-anomaly.json",
            "other-event.json");

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "ALARM",
            "<!channel>",
            "&",
            "\uD83D",
            "\uDE00x",
            "\u202E",
            "null",
            "-1",
            "1e999",
            "999999999999999999999",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "arn:aws:",
            "arn:::::::",
            "service:",
            "{\"a\":",
            "[1,",
            "token=" + PLANTED,
            "Bearer " + PLANTED,
            "\"password\": \"" + PLANTED + "\"",
            "${jndi:ldap://x}",
            "{0} {1'",
            "%s%n",
            "*_~`",
            "\n\n\n",
            "https://u:" + PLANTED + "@example.com/");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void known_shapes_with_wrong_insides(long seed) {
        var random = new SplittableRandom(seed);
        for (var round = 0; round < 120; round++) {
            var file = FILES.get(random.nextInt(FILES.size()));
            var changed = mutate(JsonParser.parseString(Incomings.file(file)), random);
            tell(
                    random.nextBoolean()
                            ? changed.toString()
                            : Incomings.sns("Critical", word(random), "id", changed.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void json_of_any_shape(long seed) {
        var random = new SplittableRandom(seed);
        for (var round = 0; round < 120; round++) {
            tell(any(random, 5).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "\"\"",
                "{\"Type\":\"Notification\",\"TopicArn\":1,\"Message\":null}"
            })
    void next_to_nothing(String body) {
        tell(body);
    }

    @Test
    void very_deep_and_very_large() {
        tell("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        tell("[".repeat(500_000));
        tell("{\"detail-type\":\"x\",\"detail\":{\"a\":\"" + "<&> ".repeat(250_000) + "\"}}");
        tell(Incomings.alarm("AlarmDescription", "password".repeat(125_000)));
        tell(Incomings.alarm("NewStateReason", "[1.0 (26/12/26 ".repeat(60_000)));
        tell("://a:".repeat(200_000));
        tell("-----BEGIN PRIVATE KEY-----".repeat(40_000));
    }

    @Test
    void a_value_under_a_secret_name_is_not_told() {
        var message = tell("{\"detail-type\":\"x\",\"detail\":{\"masterUserPassword\":\"" + PLANTED
                + "\",\"credentials\":{\"a\":\"" + PLANTED + "\"},\"list\":[\"token=" + PLANTED + "\"]}}");
        assertThat(message.payload().toString()).contains("***");
    }

    private static SlackMessage tell(String body) {
        for (var language : List.of("ja", "en")) {
            var message = Incomings.message(language, body);
            assertThat(SlackRules.violations(message)).as(cut(body)).isEmpty();
            assertThat(message.payload().toString()).as(cut(body)).doesNotContain(PLANTED);
        }
        return Incomings.message("en", body);
    }

    private static String cut(String body) {
        return body.substring(0, Math.min(500, body.length()));
    }

    private static JsonElement mutate(JsonElement element, SplittableRandom random) {
        if (random.nextInt(12) == 0) {
            return any(random, 2);
        }
        if (element.isJsonObject()) {
            var changed = new JsonObject();
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> changed.add(entry.getKey(), mutate(entry.getValue(), random)));
            return changed;
        }
        if (element.isJsonArray()) {
            var changed = new JsonArray();
            element.getAsJsonArray().forEach(item -> changed.add(mutate(item, random)));
            return changed;
        }
        return element;
    }

    private static JsonElement any(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonPrimitive(random.nextBoolean());
            case 2 -> new JsonPrimitive(random.nextBoolean() ? random.nextLong() : random.nextDouble() * 1e300);
            case 3 -> new JsonPrimitive(word(random));
            case 4 -> {
                var array = new JsonArray();
                random.ints(random.nextInt(5)).forEach(i -> array.add(any(random, depth - 1)));
                yield array;
            }
            default -> {
                var object = new JsonObject();
                random.ints(random.nextInt(12))
                        .forEach(i -> object.add("f" + i + word(random), any(random, depth - 1)));
                yield object;
            }
        };
    }

    private static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
