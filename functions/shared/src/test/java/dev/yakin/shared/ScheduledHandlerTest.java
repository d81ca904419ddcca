package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduledHandlerTest {
    private final TestJournal test = new TestJournal();
    private final List<TestAction> plan = new ArrayList<>();
    private final ScheduledHandler<TestAction> handler =
            new ScheduledHandler<>("sale-scaling", TestJournal.CLOCK, test.journal) {
                @Override
                protected List<TestAction> plan() {
                    return plan;
                }

                @Override
                protected void apply(TestAction action) {
                    if (action.target().equals("broken")) {
                        throw new IllegalStateException("no");
                    }
                }
            };

    @ParameterizedTest(name = "{0} is a dry run: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"dryRun": true}              | true
            {"dryRun": true, "a": [1]}    | true
            {"dryRun": false}             | false
            {"dryRun": "true"}            | false
            {"dryRun": 1}                 | false
            {"dryRun": null}              | false
            {"dryRun": {}}                | false
            {"detail": {"dryRun": true}}  | false
            {}                            | false
            []                            | false
            true                          | false
            {"dryRun": tru                | false
            ``                            | false
            """)
    void only_an_explicit_true_is_a_dry_run(String event, boolean expected) {
        assertThat(ScheduledHandler.isDryRun(event)).isEqualTo(expected);
    }

    @Test
    void a_good_look_ends_with_a_heartbeat_even_when_there_is_nothing_to_do() {
        handler.look(false);
        assertThat(test.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.has("Heartbeat")).isTrue());
    }

    @Test
    void a_dry_run_is_no_sign_of_life() {
        plan.add(TestAction.on("app"));
        handler.look(true);
        assertThat(test.lines()).noneMatch(line -> line.has("Heartbeat"));
    }

    @Test
    void a_failed_look_is_no_sign_of_life() {
        plan.add(TestAction.on("broken"));
        assertThatThrownBy(() -> handler.look(false)).isInstanceOf(PlanRunner.PlanFailedException.class);
        assertThat(test.lines()).noneMatch(line -> line.has("Heartbeat"));
    }
}
