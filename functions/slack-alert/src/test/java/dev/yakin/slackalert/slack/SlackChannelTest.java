package dev.yakin.slackalert.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Incomings;
import dev.yakin.slackalert.Mention;
import dev.yakin.slackalert.Place;
import dev.yakin.slackalert.Reply;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.SlackMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackChannelTest {
    private static final SlackMessage MESSAGE =
            Incomings.message("en", Incomings.sns("WarningAlertsTopic", "hello", "1", "text"));

    private final FakeSlack slack = new FakeSlack();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Journal journal =
            new Journal("s", "f", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new PrintStream(log, true, UTF_8));

    SlackChannelTest() throws IOException {}

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void posts_with_the_token_to_the_channel() {
        slack.answers(200, "{\"ok\":true,\"ts\":\"1798279.000100\",\"channel\":\"C1\"}");
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL)).isEqualTo(new Reply.Posted("1798279.000100"));
        var request = slack.requests.getFirst();
        assertThat(request.path()).isEqualTo("/chat.postMessage");
        assertThat(request.authorization()).isEqualTo("Bearer xoxb-1");
        var body = JsonParser.parseString(request.body()).getAsJsonObject();
        assertThat(body.get("channel").getAsString()).isEqualTo("C1");
        assertThat(body.get("attachments").getAsJsonArray()).hasSize(1);
        assertThat(request.body()).doesNotContain("xoxb-1");
    }

    @Test
    void posts_to_a_webhook_without_token_or_channel() {
        slack.answers(200, "ok");
        assertThat(channel(new SlackAccess.Webhook(new Secret(slack.url() + "/services/T/B/X"), Mention.NOBODY))
                        .post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.Posted(""));
        assertThat(slack.requests.getFirst().path()).isEqualTo("/services/T/B/X");
        assertThat(slack.requests.getFirst().authorization()).isNull();
    }

    @Test
    void the_text_alone_has_no_blocks() {
        slack.answers(200, "{\"ok\":true,\"ts\":\"1\"}");
        channel(bot("xoxb-1")).postText(MESSAGE, Place.CHANNEL);
        assertThat(slack.requests.getFirst().body())
                .doesNotContain("blocks", "attachments")
                .contains("hello");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 1", "'', 30", "soon, 30", "-5, 30", "999999999, 3600"})
    void slack_s_wish_for_silence_is_heard_within_reason(String retryAfter, long seconds) {
        slack.limits(retryAfter);
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.RateLimited(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({
        "500, oops",
        "503, ''",
        "200, not json",
        "200, {}",
        "200, ''",
        "302, ''",
        "200, '{\"ok\":false,\"error\":\"internal_error\"}'"
    })
    void trouble_on_the_other_side_is_no_refusal(int status, String body) {
        slack.answers(status, body);
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL)).isInstanceOf(Reply.Unavailable.class);
        assertThat(slack.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_blocks, MESSAGE",
        "msg_too_long, MESSAGE",
        "a_word_of_tomorrow, MESSAGE",
        "channel_not_found, ACCESS",
        "not_in_channel, ACCESS",
        "is_archived, ACCESS",
        "missing_scope, ACCESS"
    })
    void refusals_are_told_apart(String error, Refusal refusal) {
        var body = "{\"ok\":false,\"error\":\"" + error + "\"}";
        slack.answers(200, body).answers(200, body);
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL)).isEqualTo(new Reply.Refused(error, refusal));
    }

    @ParameterizedTest
    @CsvSource({
        "403, invalid_token, ACCESS",
        "404, no_service, ACCESS",
        "410, channel_is_archived, ACCESS",
        "400, invalid_payload, MESSAGE"
    })
    void a_webhook_s_refusals_are_told_apart(int status, String error, Refusal refusal) {
        slack.answers(status, error);
        var webhook = new SlackAccess.Webhook(new Secret(slack.url() + "/services/T/B/X"), Mention.NOBODY);
        assertThat(channel(webhook).post(MESSAGE, Place.CHANNEL)).isEqualTo(new Reply.Refused(error, refusal));
    }

    @Test
    void a_hanging_slack_is_left_in_time() {
        slack.hangs();
        var impatient = new Http(Duration.ofSeconds(5), Duration.ofMillis(200));
        assertThat(new SlackChannel(slack.url(), () -> bot("xoxb-1"), journal, impatient).post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.Unavailable("no answer from Slack: SocketTimeoutException"));
    }

    @Test
    void a_slack_that_is_not_there_is_unavailable() throws IOException {
        var gone = new FakeSlack();
        var url = gone.url();
        gone.close();
        assertThat(new SlackChannel(url, () -> bot("xoxb-1"), journal, http()).post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.Unavailable("no answer from Slack: ConnectException"));
    }

    @Test
    void a_replaced_token_is_found_when_the_old_one_is_refused() {
        slack.answers(200, "{\"ok\":false,\"error\":\"token_revoked\"}").answers(200, "{\"ok\":true,\"ts\":\"2\"}");
        Deque<SlackAccess> secrets = new ArrayDeque<>(List.of(bot("xoxb-old"), bot("xoxb-new")));
        assertThat(new SlackChannel(slack.url(), secrets::pop, journal, http()).post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.Posted("2"));
        assertThat(slack.requests)
                .extracting(FakeSlack.Request::authorization)
                .containsExactly("Bearer xoxb-old", "Bearer xoxb-new");
    }

    @Test
    void the_same_refused_token_is_not_tried_twice() {
        slack.answers(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL))
                .isEqualTo(new Reply.Refused("invalid_auth", Refusal.ACCESS));
        assertThat(slack.requests).hasSize(1);
    }

    @Test
    void a_vault_that_fails_meanwhile_leaves_slack_s_answer() {
        slack.answers(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
        Deque<SlackAccess> secrets = new ArrayDeque<>(List.of(bot("xoxb-1")));
        assertThat(new SlackChannel(slack.url(), secrets::pop, journal, http()).post(MESSAGE, Place.CHANNEL))
                .isInstanceOf(Reply.Refused.class);
        assertThat(log.toString(UTF_8))
                .contains("the Slack secret could not be read again", "NoSuchElementException")
                .doesNotContain("xoxb");
    }

    @Test
    void a_vault_that_tells_a_secret_in_its_error_is_not_repeated() {
        slack.answers(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
        var first = new ArrayDeque<SlackAccess>(List.of(bot("xoxb-1")));
        Vault vault = () -> {
            if (first.isEmpty()) {
                throw new IllegalStateException("decoding failed at xoxb-1234567890-abcdef");
            }
            return first.pop();
        };
        new SlackChannel(slack.url(), vault, journal, http()).post(MESSAGE, Place.CHANNEL);
        assertThat(log.toString(UTF_8)).contains("decoding failed at ***").doesNotContain("1234567890");
    }

    @Test
    void a_reply_goes_into_the_thread_and_an_edit_in_the_place_of_the_old() {
        slack.answers(200, "{\"ok\":true,\"ts\":\"2\"}").answers(200, "{\"ok\":true,\"ts\":\"1\"}");
        var bot = channel(bot("xoxb-1"));
        bot.post(MESSAGE, new Place.InThread("1.000001", true));
        bot.post(MESSAGE, new Place.InsteadOf("1.000001"));
        assertThat(slack.requests.getFirst().path()).isEqualTo("/chat.postMessage");
        assertThat(slack.requests.getFirst().body()).contains("\"thread_ts\":\"1.000001\"", "\"reply_broadcast\":true");
        assertThat(slack.requests.getLast().path()).isEqualTo("/chat.update");
        assertThat(slack.requests.getLast().body()).contains("\"ts\":\"1.000001\"");
    }

    @Test
    void a_webhook_can_change_nothing_and_is_not_asked_to() {
        var webhook = channel(new SlackAccess.Webhook(new Secret(slack.url() + "/services/T/B/X"), Mention.NOBODY));
        assertThat(webhook.hasThreads()).isFalse();
        assertThat(webhook.post(MESSAGE, new Place.InsteadOf("1"))).isEqualTo(new Reply.Posted(""));
        assertThat(slack.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"ok\":false,\"error\":\"xoxb-1 is wrong\"}", "{\"ok\":false}", "{\"ok\":false,\"error\":{}}"})
    void an_answer_is_never_repeated_unless_it_is_an_error_word(String body) {
        slack.answers(200, body);
        assertThat(channel(bot("xoxb-1")).post(MESSAGE, Place.CHANNEL).toString())
                .doesNotContain("xoxb-1");
    }

    @Test
    void the_token_never_travels_in_clear_text_to_another_machine() {
        assertThatThrownBy(() -> new SlackChannel("http://slack.com/api", () -> bot("xoxb-1"), journal))
                .hasMessageContaining("SLACK_API_URL");
    }

    private SlackChannel channel(SlackAccess access) {
        return new SlackChannel(slack.url(), () -> access, journal, http());
    }

    private static Http http() {
        return new Http(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private static SlackAccess bot(String token) {
        return new SlackAccess.Bot(new Secret(token), "C1", Mention.NOBODY);
    }
}
