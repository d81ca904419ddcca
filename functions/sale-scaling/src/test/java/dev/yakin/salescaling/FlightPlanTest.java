package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The coming days on paper. The sale of these tests opens on Monday, 28 December, at 20:00 and closes at 23:00. */
class FlightPlanTest {
    private static final String LATE = calendar(sale("late", "2026-12-28T20:00", "2026-12-28T23:00"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void every_action_of_the_coming_days_in_local_time() throws IOException {
        assertThat(plan(LATE, "--from", "2026-12-28T18:00", "--days", "1")).isZero();
        assertThat(printed.toString(UTF_8).lines())
                .containsExactly(
                        "From 2026-12-28 (Mon) 18:00 to 2026-12-29 (Tue) 18:00 (Asia/Tokyo):",
                        "2026-12-28 (Mon) 18:00    app: the raise to 6..20 at 2026-12-28 (Mon) 19:10 is left with"
                                + " Application Auto Scaling",
                        "2026-12-28 (Mon) 18:00  Pre-flight in Slack",
                        "2026-12-28 (Mon) 19:00  Sale late: the warm-up begins, capacity goes up",
                        "2026-12-28 (Mon) 19:00    app 2..10 → 6..20: warm-up of sale late: it opens at 2026-12-28 (Mon)"
                                + " 20:00",
                        "2026-12-28 (Mon) 19:00  Pre-flight in Slack",
                        "2026-12-28 (Mon) 19:10    app: the raise of 2026-12-28 (Mon) 19:10 is taken back from"
                                + " Application Auto Scaling",
                        "2026-12-28 (Mon) 23:00  Sale late is over: capacity goes back",
                        "2026-12-28 (Mon) 23:00    app 6..20 → 2..10: sale late is over: it closed at 2026-12-28 (Mon)"
                                + " 23:00",
                        "2026-12-28 (Mon) 23:10  Report in Slack");
    }

    @Test
    void the_night_begins_during_the_sale_and_is_due_after_it() throws IOException {
        plan(LATE, "--from", "2026-12-28T18:00", "--days", "1", "--business", "5..20", "--night", "2..5");
        assertThat(printed.toString(UTF_8))
                .contains(
                        "app 5..20 → 6..20",
                        "app 6..20 → 2..5",
                        "2026-12-29 (Tue) 09:00    app: schedule business-hours")
                .doesNotContain("app: schedule night");
    }

    @Test
    void a_quiet_day_says_so() throws IOException {
        plan(LATE, "--from", "2026-12-01T00:00", "--days", "1");
        assertThat(printed.toString(UTF_8)).endsWith("Nothing to do.\n");
    }

    @Test
    void a_wrong_calendar_is_refused_with_place_and_example() throws IOException {
        assertThat(plan("{\"sales\": [{\"name\": \"x\"}]}", "--from", "2026-12-01T00:00"))
                .isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains("sales[0].opens: The field opens is missing.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--from today",
                "--days 0 --from 2026-12-01T00:00",
                "--everyday 5 --from 2026-12-01T00:00",
                "--what 1",
                "--from"
            })
    void a_wrong_option_shows_how_it_is_used(String options) throws IOException {
        assertThat(plan(LATE, options.split(" ", -1))).isEqualTo(2);
        assertThat(printed.toString(UTF_8)).contains("Usage: FlightPlan <file>");
    }

    private int plan(String text, String... options) throws IOException {
        var file = Files.writeString(folder.resolve("sales.json"), text);
        var arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(options));
        return FlightPlan.run(arguments, new PrintStream(printed, true, UTF_8));
    }
}
