package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.slackalert.Reply.Posted;
import dev.yakin.slackalert.Reply.RateLimited;
import dev.yakin.slackalert.Reply.Refusal;
import dev.yakin.slackalert.Reply.Refused;
import dev.yakin.slackalert.Reply.Unavailable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {
    private static final Map<String, Reply> REPLIES = Map.of(
            "ok", new Posted("ts"),
            "429", new RateLimited(Duration.ofSeconds(30)),
            "500", new Unavailable("Slack answered 500"),
            "bad", new Refused("invalid_blocks", Refusal.MESSAGE),
            "out", new Refused("token_revoked", Refusal.ACCESS));

    private final FakeChannel channel = new FakeChannel();
    private final Memory memory = new RecentMemory(100);
    private final Delivery delivery =
            new Delivery(new Reading(Optional.empty()), Incomings.rendering("en"), channel, memory);

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            ok ok ok           | P P P | all is well
            ok 429             | P H H | silence: the rest is not tried
            500 ok ok          | H P P | one failure may be the letter's
            500 500            | H H H | two in a row are Slack's
            500 ok 500         | H P H | two apart are not
            ok bad ok ok       | P P P | refused blocks go as text
            bad bad ok ok      | R P P | a bad letter does not stop the others
            ok bad 429         | P H H | the text may be limited, too
            ok out             | P R R | without access nothing more is tried
            429                | H H H | limited at once
            """)
    void what_leaves_the_queue(String replies, String outcomes, String why) {
        channel.says(Arrays.stream(replies.split(" "))
                .map(name -> REPLIES.getOrDefault(name, new Posted("")))
                .toArray(Reply[]::new));
        var got = delivery.deliver(List.of(note("a", 1), note("b", 2), note("c", 3)), () -> true);
        assertThat(letters(got)).isEqualTo(outcomes);
        assertThat(got.stream().filter(Outcome::isDone).count())
                .isEqualTo(outcomes.chars().filter(c -> c == 'P').count());
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            INSUFFICIENT_DATA | OK    | 2026-12-26T10:01:00Z | folded | a new alarm found all well: nobody has to know
            INSUFFICIENT_DATA | OK    | 2026-12-26T10:59:59Z | folded | its first data came late
            INSUFFICIENT_DATA | OK    | 2026-12-26T11:00:00Z | posted | an old alarm has data again: a recovery
            INSUFFICIENT_DATA | ALARM | 2026-12-26T10:01:00Z | posted | a new alarm rings
            ALARM             | OK    | 2026-12-26T10:01:00Z | posted | it rang before its setting was changed
            """)
    void of_a_new_alarm_only_bad_news_is_told(String before, String now, String changed, String what, String why) {
        var body = """
                {"AlarmName": "cpu", "OldStateValue": "%s", "NewStateValue": "%s", "StateChangeTime": "%s",
                 "AlarmConfigurationUpdatedTimestamp": "2026-12-26T10:00:00.000+0000"}""".formatted(before, now, changed);
        var outcome = delivery.deliver(List.of(Incomings.letter("a", body)), () -> true)
                .getFirst();
        assertThat(outcome).isInstanceOf(what.equals("folded") ? Outcome.Folded.class : Outcome.Posted.class);
        assertThat(outcome.isDone()).isTrue();
        assertThat(channel.posted).hasSize(what.equals("folded") ? 0 : 1);
    }

    @Test
    void an_end_that_nobody_had_to_fear_is_news_and_no_recovery() {
        var over = """
                {"id": "n", "source": "sale-scaling", "severity": "info", "key": "sale/winter", "state": "resolved",
                 "title": "Sale winter is over", "facts": [], "links": [], "at": "2026-12-26T14:00:00Z"}""";
        delivery.deliver(List.of(Incomings.letter("a", over)), () -> true);
        assertThat(channel.posted).containsExactly("🔵 Info: Sale winter is over");
    }

    @Test
    void an_ok_never_overtakes_its_alarm() {
        var open = note("x", 1, "incident", "open");
        var closed = note("y", 2, "incident", "resolved");
        assertThat(letters(delivery.deliver(List.of(closed, open), () -> true))).isEqualTo("P P");
        assertThat(channel.posted).containsExactly("🟠 Warning: note x", "🟢 Resolved: note y");
    }

    @Test
    void what_follows_a_held_letter_of_the_same_incident_waits_with_it() {
        channel.says(new Unavailable("timeout"));
        var got = delivery.deliver(
                List.of(note("x", 1, "incident", "open"), note("other", 2), note("y", 3, "incident", "resolved")),
                () -> true);
        assertThat(letters(got)).isEqualTo("H P H");
        assertThat(channel.tries).isEqualTo(2);
    }

    @Test
    void the_same_message_is_posted_once() {
        assertThat(letters(delivery.deliver(List.of(note("a", 1), note("a", 1)), () -> true)))
                .isEqualTo("P A");
        assertThat(letters(delivery.deliver(List.of(note("a", 1)), () -> true))).isEqualTo("A");
        assertThat(channel.posted).hasSize(1);
    }

    @Test
    void what_was_not_posted_is_not_remembered() {
        channel.says(new Unavailable("timeout"));
        assertThat(letters(delivery.deliver(List.of(note("a", 1)), () -> true))).isEqualTo("H");
        assertThat(letters(delivery.deliver(List.of(note("a", 1)), () -> true))).isEqualTo("P");
    }

    @Test
    void memory_forgets_the_oldest() {
        var small = new RecentMemory(2);
        List.of("1", "2", "3").forEach(id -> small.remember(id, "ts"));
        assertThat(small.wasPosted("1")).isFalse();
        assertThat(small.wasPosted("3")).isTrue();
    }

    @Test
    void handed_back_letters_return_after_the_silence_in_order_and_a_second_apart() {
        channel.says(new RateLimited(Duration.ofSeconds(30)));
        var got = delivery.deliver(List.of(note("a", 1), note("b", 2), note("c", 3)), () -> true);
        assertThat(got.stream().map(outcome -> outcome.delay().orElseThrow().toSeconds()))
                .containsExactly(30L, 31L, 32L);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "6, 160", "7, 300", "1000, 300"})
    void a_letter_waits_longer_each_time_that_nobody_answers(int tries, long seconds) {
        channel.says(new Unavailable("timeout"));
        var letter = note("a", 1);
        var again = new Letter(letter.id(), "r", letter.body(), letter.sent(), tries);
        var outcome = delivery.deliver(List.of(again), () -> true).getFirst();
        assertThat(outcome.delay()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void without_time_left_the_rest_goes_back_but_the_first_is_always_tried() {
        assertThat(letters(delivery.deliver(List.of(note("a", 1), note("b", 2)), () -> false)))
                .isEqualTo("P H");
    }

    private static Letter note(String id, int second) {
        return note(id, second, "key-" + id, "open");
    }

    private static Letter note(String id, int second, String key, String state) {
        var notice = """
                {"id":"%s","source":"test","severity":"warning","key":"%s","state":"%s","title":"note %s",
                 "facts":[],"links":[],"at":"2026-12-26T10:00:0%dZ"}""".formatted(id, key, state, id, second);
        return Incomings.letter("letter-" + id, Incomings.sns("NoticesTopic", "", "sns-" + id, notice));
    }

    private static String letters(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.getClass().getSimpleName().substring(0, 1))
                .collect(Collectors.joining(" "));
    }
}
