package dev.yakin.slackalert.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.slackalert.AlarmsNow;
import dev.yakin.slackalert.FakeChannel;
import dev.yakin.slackalert.FakeLedger;
import dev.yakin.slackalert.Incomings;
import dev.yakin.slackalert.Outcome;
import dev.yakin.slackalert.Reply;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.Trouble;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackAlertHandlerTest {
    private static final Settings SETTINGS = new Settings(Map.of(
            "STACK_NAME", "yakin-prod",
            "STAGE", "prod",
            "TIME_ZONE", "Asia/Tokyo",
            "ALERT_LANGUAGE", "en",
            "STAFFED_START", "09:00",
            "STAFFED_END", "21:00",
            "STAFFED_DAYS", "MON,TUE,WED,THU,FRI",
            "ONCALL_MONTHLY_PAGES", "2"));

    private final FakeChannel channel = new FakeChannel();
    private final List<Outcome> redelivered = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Clock clock = Clock.fixed(Instant.parse("2026-12-26T10:04:00Z"), ZoneOffset.UTC);
    private final SlackAlertHandler handler = handler(SETTINGS);

    private SlackAlertHandler handler(Settings settings) {
        var journal = new Journal("yakin-prod", "slack-alert", clock, new PrintStream(log, true, UTF_8));
        var wiring = new Wiring(settings, journal);
        var desk = wiring.desk(channel, new FakeLedger(), new NoTrouble(), new NoAlarms());
        return new SlackAlertHandler(wiring, desk, redelivered::addAll, clock);
    }

    private record NoAlarms() implements AlarmsNow {
        @Override
        public Map<String, Instant> over(List<String> names) {
            return Map.of();
        }

        @Override
        public List<Double> lastValues(String name, Instant now) {
            return List.of();
        }
    }

    private record NoTrouble() implements Trouble {
        @Override
        public void noAccess(String error) {}

        @Override
        public void undeliverable(String cause, String text, String error) {}
    }

    @Test
    void a_posted_batch_leaves_the_queue() throws IOException {
        assertThat(handle(batch("one", "two"))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(channel.posted).containsExactly("🔴 Critical: one", "🔴 Critical: two");
        assertThat(metrics()).containsExactly("SlackPosted", "Heartbeat");
    }

    @Test
    void what_is_not_posted_stays_in_the_queue() throws IOException {
        channel.says(new Reply.Posted("1"), new Reply.RateLimited(Duration.ofSeconds(9)));
        var answer = new Gson().fromJson(handle(batch("one", "two", "three")), SQSBatchResponse.class);
        assertThat(answer.getBatchItemFailures())
                .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .containsExactly("id-two", "id-three");
        assertThat(redelivered)
                .extracting(outcome -> outcome.delay().orElse(Duration.ZERO).toSeconds())
                .containsExactly(0L, 9L, 10L);
        assertThat(metrics()).containsExactly("SlackPosted", "SlackHandedBack", "Heartbeat");
    }

    @Test
    void a_lost_access_is_counted_for_the_alarm_and_shows_no_life() throws IOException {
        channel.says(new Reply.Refused("token_revoked", Refusal.ACCESS));
        assertThat(handle(batch("one", "two"))).contains("id-one", "id-two");
        assertThat(metrics()).containsExactly("SlackRefused");
        assertThat(log.toString(UTF_8)).contains("\"level\":\"ERROR\"", "token_revoked");
    }

    @Test
    void an_empty_batch_is_a_sign_of_life() throws IOException {
        assertThat(handle("{\"Records\":[]}")).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(metrics()).containsExactly("SlackWaiting", "Heartbeat");
    }

    @Test
    void the_log_has_one_line_for_each_message_and_never_what_it_says() throws IOException {
        handle(batch("the password is hunter2", "two"));
        var lines = log.toString(UTF_8)
                .lines()
                .filter(line -> line.contains("\"messageId\""))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(log.toString(UTF_8).lines().map(JsonParser::parseString)).allMatch(json -> json.isJsonObject());
        assertThat(log.toString(UTF_8).replaceAll("id-[a-z0-9 ]+", "")).doesNotContain("hunter2", "password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"Records\":{}}",
                "{\"Records\":[1]}",
                "{\"Records\":[{\"body\":\"x\"}]}",
                "{\"source\":\"aws.ecs\"}"
            })
    void what_is_no_batch_is_refused_and_not_taken_for_delivered(String event) {
        assertThatThrownBy(() -> handle(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STACK_NAME", "STAGE", "TIME_ZONE", "STAFFED_START", "STAFFED_DAYS", "ONCALL_MONTHLY_PAGES"})
    void a_missing_setting_is_named_at_start(String name) {
        var settings = new java.util.HashMap<>(SETTINGS.environment());
        settings.remove(name);
        assertThatThrownBy(() -> handler(new Settings(settings))).hasMessageContaining(name);
    }

    @Test
    void the_batch_is_read_as_the_events_library_reads_it() {
        var event = batch("one", "two");
        var theirs = new GsonBuilder()
                .registerTypeAdapter(ByteBuffer.class, (JsonDeserializer<ByteBuffer>)
                        (json, type, context) -> ByteBuffer.allocate(0))
                .create()
                .fromJson(event.replace("\"Records\"", "\"records\""), SQSEvent.class)
                .getRecords();
        var ours = SqsBatch.parse(event);
        assertThat(ours)
                .extracting("id", "body", "receipt")
                .containsExactlyElementsOf(theirs.stream()
                        .map(message -> org.assertj.core.groups.Tuple.tuple(
                                message.getMessageId(), message.getBody(), message.getReceiptHandle()))
                        .toList());
        assertThat(ours).extracting("tries").containsExactly(1, 1);
    }

    private String handle(String event) throws IOException {
        var output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, new TestingContext(60_000));
        return output.toString(UTF_8);
    }

    private static String batch(String... texts) {
        var records = new JsonArray();
        for (var text : texts) {
            var attributes = new JsonObject();
            attributes.addProperty("ApproximateReceiveCount", "1");
            attributes.addProperty("SentTimestamp", "1798279393000");
            var message = new JsonObject();
            message.addProperty("messageId", "id-" + text);
            message.addProperty("receiptHandle", "receipt-" + text);
            message.addProperty(
                    "body", Incomings.sns("CriticalAlertsTopic", text, "sns-" + text.hashCode(), "body of " + text));
            message.add("attributes", attributes);
            message.addProperty("eventSource", "aws:sqs");
            records.add(message);
        }
        var event = new JsonObject();
        event.add("Records", records);
        return event.toString();
    }

    private List<String> metrics() {
        return log.toString(UTF_8)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(json -> json.has("_aws"))
                .map(json -> json.getAsJsonObject("_aws")
                        .getAsJsonArray("CloudWatchMetrics")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("Metrics")
                        .get(0)
                        .getAsJsonObject()
                        .get("Name")
                        .getAsString())
                .toList();
    }
}
