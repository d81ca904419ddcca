package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.slackalert.Ledger.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a look costs while nothing happens: it runs every minute, for years. */
class GlanceTest {
    private static final int MANY = 500;

    /** Many incidents that were told and are over. */
    private static TestingNight afterMany() {
        var night = new TestingNight("2026-11-24T12:00:01");
        night.alarm("CriticalAlertsTopic", "errors-0", "ALARM").run(Duration.ofMinutes(1));
        night.alarm("CriticalAlertsTopic", "errors-0", "OK").run(Duration.ofMinutes(10));
        var one = night.ledger.all("case").getFirst();
        for (var number = 1; number < MANY; number++) {
            var key = one.key() + "-" + number;
            var content = one.content().replaceFirst("\"cause\":\"[^\"]*\"", "\"cause\":\"%s\"".formatted(key));
            night.ledger.write(new Entry("case", key, 0, content, one.forget()));
        }
        return night;
    }

    private static String costOfALook(TestingNight night) {
        var calls = night.calls;
        var reads = calls.count("read") + calls.count("all");
        var writes = calls.count("write") + calls.count("move");
        night.look();
        return "%d reads, %d writes"
                .formatted(
                        calls.count("read") + calls.count("all") - reads,
                        calls.count("write") + calls.count("move") - writes);
    }

    @Test
    void an_idle_look_reads_twice_and_writes_nothing_however_many_cases_there_are() {
        var night = afterMany();
        assertThat(night.ledger.all("case")).hasSize(MANY);
        assertThat(costOfALook(night)).isEqualTo("2 reads, 0 writes");
    }

    @Test
    void after_a_day_of_rest_cases_are_put_away_some_at_each_look_and_are_read_no_more() {
        var night = afterMany().skip(Duration.ofHours(25));
        night.look();
        assertThat(night.ledger.all("case")).hasSize(MANY - 25);
        night.run(Duration.ofMinutes(20));
        assertThat(night.ledger.all("case")).isEmpty();
        assertThat(night.ledger.all("away")).hasSize(MANY);
        assertThat(costOfALook(night)).isEqualTo("2 reads, 0 writes");
    }

    @Test
    void what_burns_or_is_still_to_be_told_is_not_put_away() {
        var night = new TestingNight("2026-11-21T12:00:00");
        night.alarm("CriticalAlertsTopic", "burns", "ALARM")
                .alarm("WarningAlertsTopic", "for-monday", "ALARM")
                .run(Duration.ofMinutes(1))
                .skip(Duration.ofHours(40))
                .run(Duration.ofMinutes(2));
        assertThat(night.ledger.all("case"))
                .extracting(Entry::key)
                .anySatisfy(key -> assertThat(key).contains("burns"))
                .anySatisfy(key -> assertThat(key).contains("for-monday"));
    }

    @Test
    void a_case_that_was_put_away_knows_what_it_has_told() {
        var night = new TestingNight("2026-11-24T12:00:01");
        night.alarm("CriticalAlertsTopic", "errors", "ALARM").run(Duration.ofMinutes(1));
        var over = night.now();
        night.alarmAt(over, "CriticalAlertsTopic", "errors", "OK").run(Duration.ofMinutes(1));
        night.skip(Duration.ofDays(2)).run(Duration.ofMinutes(2));
        assertThat(night.ledger.all("case")).isEmpty();
        var posted = night.slack.said.size();
        night.alarmAt(over, "CriticalAlertsTopic", "errors", "OK").run(Duration.ofMinutes(2));
        assertThat(night.slack.said).as("the old end, told once more").hasSize(posted);
        night.alarm("CriticalAlertsTopic", "errors", "ALARM").run(Duration.ofMinutes(2));
        assertThat(night.slack.messages.getLast().headline()).isEqualTo("🔴 Critical: errors");
        assertThat(night.ledger.all("case")).hasSize(1);
        assertThat(night.ledger.all("away")).isEmpty();
        assertThat(night.ledger.all("case").getFirst().version())
                .as("goes on where it was, so that nobody mistakes it for another")
                .isGreaterThan(4);
    }
}
