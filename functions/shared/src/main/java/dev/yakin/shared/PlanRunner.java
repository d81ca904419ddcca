package dev.yakin.shared;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The end of every look: carries out a plan. Every action is tried, each leaves one log line, and what failed is thrown
 * together at the end, so that Lambda's retry and the error alarm work.
 */
public final class PlanRunner {
    private final String function;
    private final Clock clock;
    private final Journal journal;

    public PlanRunner(String function, Clock clock, Journal journal) {
        this.function = function;
        this.clock = clock;
        this.journal = journal;
    }

    /**
     * @param dryRun true leaves everything as it is; the answer says what would be done
     * @throws PlanFailedException when at least one action failed; the others were carried out all the same, but for
     *     those that need a failed one
     */
    public <A extends Action> Answer run(List<A> plan, boolean dryRun, Consumer<A> apply) {
        var done = new ArrayList<Answer.Done>();
        var undone = new HashSet<Action>();
        var failures = new ArrayList<RuntimeException>();
        for (var action : plan) {
            var outcome = dryRun ? "planned" : attempt(action, apply, undone, failures);
            var entry = new Answer.Done(action, outcome);
            if (entry.isOpen()) {
                undone.add(action);
            }
            journal.done(entry);
            done.add(entry);
        }
        var answer = new Answer(function, clock.instant(), done);
        if (!failures.isEmpty()) {
            throw new PlanFailedException(answer, failures);
        }
        return answer;
    }

    // Any failure counts, whatever its type: it is reported in the answer and rethrown with the others.
    private static <A extends Action> String attempt(
            A action, Consumer<A> apply, Set<Action> undone, List<RuntimeException> failures) {
        var missing = action.needs().filter(undone::contains);
        if (missing.isPresent()) {
            return "skipped: needs %s %s, which was not done"
                    .formatted(missing.get().action(), missing.get().target());
        }
        try {
            apply.accept(action);
            return "done";
        } catch (RuntimeException e) {
            failures.add(e);
            return "failed: " + why(e);
        }
    }

    private static String why(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** At least one action of a plan failed; each cause is attached as suppressed. */
    public static final class PlanFailedException extends RuntimeException {
        private final transient Answer answer;

        PlanFailedException(Answer answer, List<RuntimeException> failures) {
            super("%d of %d actions failed; the first: %s"
                    .formatted(failures.size(), answer.actions().size(), why(failures.getFirst())));
            this.answer = answer;
            failures.forEach(this::addSuppressed);
        }

        public Answer answer() {
            return answer;
        }
    }
}
