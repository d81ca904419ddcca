package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.Say;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people are told: that a drill begins (a planned state, until it is over or six hours at most), how it ended, and
 * that something was left behind. A failed drill is a warning: it is read in the morning, for the shop itself is well.
 */
record DrillVoice(Wanted wanted, Instant now) {
    private static final String SOURCE = "restore-drill";
    private static final int SHOWN = 6;

    /** The key of the planned state, as slack-alert's rules know it: {@code restore-drill/<stack>} without more. */
    private static final String PLANNED = "";

    Say begins(String id, Kind kind) {
        return say(
                Severity.INFO,
                State.OPEN,
                id + "/begins",
                PLANNED,
                say("begins.title", name(kind)),
                List.of(),
                Optional.of(now.plus(RestoreDrill.LEFTOVER)));
    }

    /** @return the result first, then the end of the planned state if that is another message */
    List<Say> result(
            Drill drill,
            boolean passed,
            Duration took,
            Optional<Duration> loss,
            List<Finding> findings,
            Inspection restored) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(say("fact.rto"), say("limits", minutes(took), "30 min", "4 h")));
        loss.ifPresent(lost -> facts.add(new Fact(
                say("fact.rpo"),
                say("limit", minutes(lost), minutes(drill.kind().promisedLoss())))));
        var rows = restored.tables().values().stream()
                .mapToLong(Inspection.Table::rows)
                .sum();
        facts.add(new Fact(
                say("fact.content"),
                say(
                        "content",
                        String.valueOf(restored.tables().size()),
                        String.valueOf(rows),
                        String.valueOf(restored.checks().size()))));
        wanted.secondRegion()
                .filter(_ -> !wanted.drillsCopies())
                .ifPresent(region -> facts.add(new Fact(say("fact.not-drilled"), say("not-drilled", region))));
        findings.stream().limit(SHOWN).forEach(finding -> facts.add(fact(finding)));
        if (findings.size() > SHOWN) {
            facts.add(new Fact(say("more"), String.valueOf(findings.size() - SHOWN)));
        }
        var kind = name(drill.kind());
        // Late, but whole: there is no finding that fails.
        var fails = findings.stream().filter(Finding::fails).toList();
        var isAsked = !fails.isEmpty() && fails.stream().allMatch(Finding::isCheck);
        if (!passed) {
            facts.add(new Fact(say("fact.todo"), say(isAsked ? "todo.checks" : "todo.content", wanted.stack())));
        }
        return passed
                ? List.of(say(
                        Severity.INFO,
                        State.RESOLVED,
                        drill.id() + "/passed",
                        PLANNED,
                        say(
                                "passed.title",
                                kind,
                                minutes(took),
                                loss.map(DrillVoice::minutes).orElse("–")),
                        facts,
                        Optional.empty()))
                : bad(
                        drill,
                        say(isAsked ? "failed.checks.title" : "failed.title", kind, String.valueOf(findings.size())),
                        facts);
    }

    List<Say> failed(Drill drill, String cause) {
        var facts = List.of(new Fact(say("fact.cause"), cause), new Fact(say("fact.todo"), say("todo")));
        return bad(drill, say("not-restored.title", name(drill.kind())), facts);
    }

    Say skipped(Drill drill, String reason) {
        return say(
                Severity.INFO,
                State.RESOLVED,
                drill.id() + "/skipped",
                "skipped/" + drill.id(),
                say("skipped.title"),
                List.of(new Fact(say("fact.cause"), reason)),
                Optional.empty());
    }

    String frozen(String sale) {
        return say("cause.frozen", sale);
    }

    String spent(long hours, int most) {
        return say("cause.spent", String.valueOf(hours), String.valueOf(most));
    }

    String noBackup() {
        return say("cause.no-backup");
    }

    String gone() {
        return say("cause.gone");
    }

    String late(String status) {
        return say("cause.late", status);
    }

    Say leftover(String id) {
        return say(
                Severity.WARNING,
                State.OPEN,
                id + "/leftover",
                "leftover/" + id,
                say("leftover.title", id),
                List.of(),
                Optional.empty());
    }

    private List<Say> bad(Drill drill, String title, List<Fact> facts) {
        return List.of(
                say(
                        Severity.WARNING,
                        State.OPEN,
                        drill.id() + "/failed",
                        "failed/" + drill.id(),
                        title,
                        facts,
                        Optional.empty()),
                say(
                        Severity.INFO,
                        State.RESOLVED,
                        drill.id() + "/over",
                        PLANNED,
                        say("over.title"),
                        List.of(),
                        Optional.empty()));
    }

    private Fact fact(Finding finding) {
        // Where there are no two values to compare, the thing itself says it all.
        var isCompared = !finding.wanted().equals("-");
        return new Fact(
                say("found." + finding.phrase()),
                isCompared ? say("found", finding.what(), finding.found(), finding.wanted()) : finding.what());
    }

    private Say say(
            Severity severity,
            State state,
            String id,
            String key,
            String title,
            List<Fact> facts,
            Optional<Instant> until) {
        var scope = SOURCE + "/" + wanted.stack();
        var whole = key.isEmpty() ? scope : scope + "/" + key;
        return new Say(
                new Notice(scope + "/" + id, SOURCE, severity, whole, state, title, facts, List.of(), now, until),
                title);
    }

    private String say(String phrase, Object... arguments) {
        return Phrases.of(DrillVoice.class, wanted.language()).say(phrase, arguments);
    }

    private String name(Kind kind) {
        return say("kind." + kind.word(), wanted.secondRegion().orElse("-"));
    }

    private static String minutes(Duration span) {
        return span.toMinutes() + " min";
    }
}
