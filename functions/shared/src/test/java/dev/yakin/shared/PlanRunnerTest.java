package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yakin.shared.PlanRunner.PlanFailedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRunnerTest {
    private static final TestAction FIRST = TestAction.on("first");
    private static final TestAction SECOND = TestAction.on("second");
    private static final TestAction THIRD = TestAction.after(FIRST, "third");

    private final TestJournal test = new TestJournal();
    private final PlanRunner runner = new PlanRunner("sale-scaling", TestJournal.CLOCK, test.journal);
    private final List<String> applied = new ArrayList<>();

    @Test
    void actions_are_done_in_their_order_with_one_log_line_each() {
        var answer = runner.run(List.of(FIRST, SECOND, THIRD), false, this::apply);
        assertThat(applied).containsExactly("first", "second", "third");
        assertThat(answer.actions()).extracting(Answer.Done::outcome).containsOnly("done");
        assertThat(test.lines()).hasSize(3);
    }

    @Test
    void a_dry_run_applies_nothing() {
        var answer = runner.run(List.of(FIRST, SECOND), true, this::apply);
        assertThat(applied).isEmpty();
        assertThat(answer.actions()).extracting(Answer.Done::outcome).containsOnly("planned");
    }

    @Test
    void one_failure_does_not_stop_the_others_and_is_thrown_at_the_end() {
        var failure = fails(List.of(FIRST, SECOND), "first");
        assertThat(applied).containsExactly("second");
        assertThat(failure).hasMessage("1 of 2 actions failed; the first: no first");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.answer().actions())
                .extracting(Answer.Done::outcome)
                .containsExactly("failed: no first", "done");
    }

    @Test
    void what_needs_a_failed_action_is_skipped() {
        var failure = fails(List.of(FIRST, SECOND, THIRD), "first");
        assertThat(applied).containsExactly("second");
        assertThat(failure.answer().actions().getLast().outcome())
                .isEqualTo("skipped: needs TestAction first, which was not done");
        assertThat(test.lines().getLast().get("level").getAsString()).isEqualTo("ERROR");
    }

    @Test
    void what_needs_a_skipped_action_is_skipped_too() {
        var fourth = TestAction.after(THIRD, "fourth");
        var failure = fails(List.of(FIRST, THIRD, fourth), "first");
        assertThat(failure.answer().actions().getLast().outcome()).startsWith("skipped: needs TestAction third");
    }

    @Test
    void a_failure_without_words_is_named_by_its_type() {
        assertThatThrownBy(() -> runner.run(List.of(FIRST), false, _ -> {
                    throw new UnsupportedOperationException();
                }))
                .hasMessageContaining("UnsupportedOperationException");
    }

    private PlanFailedException fails(List<TestAction> plan, String failing) {
        return catchThrowableOfType(
                PlanFailedException.class,
                () -> runner.run(plan, false, action -> {
                    if (action.target().equals(failing)) {
                        throw new IllegalStateException("no " + failing);
                    }
                    apply(action);
                }));
    }

    private void apply(TestAction action) {
        applied.add(action.target());
    }
}
