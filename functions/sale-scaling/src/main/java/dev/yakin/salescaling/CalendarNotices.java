package dev.yakin.salescaling;

import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.salescaling.SalesVersions.Version;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.CalendarParser.Parsed;
import dev.yakin.shared.calendar.Problem;
import dev.yakin.shared.calendar.SaleCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people are told about the calendar: one incident, opened by a bad version and resolved by a good one. */
record CalendarNotices(Voice voice) {
    private static final String KEY = "calendar";
    private static final int WINDOWS_SHOWN = 3;

    /** A message shows ten facts, and three more are wanted: how many problems are left, the parameter, what to do. */
    private static final int PROBLEMS_SHOWN = 7;

    Say accepted(Version version, SaleCalendar calendar) {
        var next = calendar.next(voice.now(), WINDOWS_SHOWN).stream()
                .map(sale -> voice.fact("fact.sale", voice.times().window(sale), sale.name()))
                .toList();
        return voice.notice(Severity.INFO, State.RESOLVED, id("accepted", version), KEY)
                .with(next.isEmpty() ? List.of(voice.fact("fact.next", voice.say("none"))) : next)
                .with(voice.zone())
                .titled(
                        voice.say("accepted.title", number(version)),
                        "calendar version %d is good, sales: %d"
                                .formatted(version.number(), calendar.sales().size()));
    }

    /** Without a good version nobody prepares a sale, and that may wake a person. */
    Say refused(Version version, Parsed parsed, Optional<Version> inForce) {
        var title = inForce.map(good -> voice.say("refused.title", number(version), number(good)))
                .orElseGet(() -> voice.say("refused-first.title", number(version)));
        var severity = inForce.isPresent() ? Severity.WARNING : Severity.CRITICAL;
        return wrong(severity, "refused", version, parsed)
                .titled(title, "calendar version %d is refused, %s".formatted(version.number(), summary(parsed)));
    }

    /** A version that was accepted once; a deploy has taken something away that it needs. */
    Say noLongerFits(Version version, Parsed parsed) {
        return wrong(Severity.CRITICAL, "unfit", version, parsed)
                .titled(
                        voice.say("unfit.title", number(version)),
                        "calendar version %d no longer fits, %s".formatted(version.number(), summary(parsed)));
    }

    Say missing() {
        var parameter = voice.wanted().parameter();
        return voice.notice(Severity.CRITICAL, State.OPEN, "calendar/missing/" + voice.today(), KEY)
                .with(voice.fact("fact.parameter", parameter))
                .with(voice.fact("fact.todo", voice.say("todo.missing", "{\"sales\": []}")))
                .titled(voice.say("missing.title"), "there is no parameter " + parameter);
    }

    /** For a log line: how many problems, and the place of the first. */
    static String summary(Parsed parsed) {
        var problems = parsed.problems();
        return "problems: %d, the first at %s"
                .formatted(problems.size(), problems.getFirst().place());
    }

    private Voice.Draft wrong(Severity severity, String kind, Version version, Parsed parsed) {
        return voice.notice(severity, State.OPEN, id(kind, version), KEY)
                .with(problems(parsed.problems()))
                .with(voice.fact("fact.parameter", voice.wanted().parameter()))
                .with(voice.fact("fact.todo", voice.say("todo.calendar")));
    }

    private List<Fact> problems(List<Problem> problems) {
        var facts = new ArrayList<Fact>();
        for (var problem : problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))) {
            var line = voice.say("problem.line", problem.reason(voice.phrases()), problem.example());
            facts.add(voice.fact("fact.place", line, problem.place()));
        }
        if (problems.size() > PROBLEMS_SHOWN) {
            var rest = String.valueOf(problems.size() - PROBLEMS_SHOWN);
            facts.add(voice.fact("fact.more", voice.say("more", rest)));
        }
        return facts;
    }

    /** With the time of writing: numbers begin anew when a parameter is deleted and created again. */
    private static String id(String kind, Version version) {
        return "calendar/%s/%d@%s".formatted(kind, version.number(), version.modified());
    }

    private static String number(Version version) {
        return String.valueOf(version.number());
    }
}
