package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final TestJournal test = new TestJournal();

    @Test
    void a_line_carries_time_level_function_and_fields() {
        test.journal.line("WARN", "priming failed", Map.of("cause", "line one\nline two"));
        assertThat(test.lines().getFirst())
                .hasToString("{\"timestamp\":\"2026-12-26T10:00:00Z\",\"level\":\"WARN\",\"function\":\"sale-scaling\","
                        + "\"message\":\"priming failed\",\"cause\":\"line one\\nline two\"}");
    }

    @Test
    void a_metric_is_in_the_embedded_metric_format() {
        test.journal.heartbeat();
        assertThat(test.lines().getFirst())
                .hasToString("{\"_aws\":{\"Timestamp\":1798279200000,\"CloudWatchMetrics\":[{\"Namespace\":\"Yakin\","
                        + "\"Dimensions\":[[\"Stack\",\"Function\"]],\"Metrics\":[{\"Name\":\"Heartbeat\",\"Unit\":\"Count\"}]}]},"
                        + "\"Stack\":\"shop\",\"Function\":\"sale-scaling\",\"Heartbeat\":1.0}");
    }

    @Test
    void what_was_not_done_is_an_error() {
        var action = TestAction.on("app");
        test.journal.done(new Answer.Done(action, "done"));
        test.journal.done(new Answer.Done(action, "failed: no"));
        test.journal.done(new Answer.Done(action, "skipped: no"));
        assertThat(test.lines())
                .extracting(line -> line.get("level").getAsString())
                .containsExactly("INFO", "ERROR", "ERROR");
    }
}
