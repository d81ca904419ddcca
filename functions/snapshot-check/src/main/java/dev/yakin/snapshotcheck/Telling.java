package dev.yakin.snapshotcheck;

import static java.util.stream.Collectors.joining;

import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.Phrases;
import dev.yakin.snapshotcheck.CheckAction.RememberSaid;
import dev.yakin.snapshotcheck.CheckAction.Say;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people are told, and when: something critical at once; what stays wrong once a day from 07:00 on; that all is well
 * again at once; and that all is well on Mondays, in one calm line. All troubles of a database are one incident.
 */
record Telling(Wanted wanted, Instant now, Optional<Said> said) {
    private static final String SOURCE = "snapshot-check";
    private static final LocalTime DAILY = LocalTime.of(7, 0);

    /** A message shows ten facts; the last is what is left out. */
    private static final int SHOWN = 9;

    List<CheckAction> plan(List<Judgement> judged) {
        var bad = judged.stream()
                .filter(one -> one.trouble().isPresent())
                .sorted((a, b) -> a.trouble().get().compareTo(b.trouble().get()))
                .toList();
        var known = said.map(Said::open).orElse(Map.of());
        if (bad.isEmpty()) {
            return known.isEmpty() ? calm(judged) : remember(resolved(), Map.of());
        }
        var news =
                bad.stream().anyMatch(one -> one.is(Severity.CRITICAL) && known.get(one.check()) != Severity.CRITICAL);
        return news || isDaily() ? remember(trouble(bad), open(bad)) : List.of();
    }

    /** There is no database to remember it on: the same id, every hour of a day, is one message. */
    List<CheckAction> missing() {
        var facts = List.of(new Fact(say("check.status"), say("remedy.missing")));
        return List.of(new Say(
                notice(
                        Severity.CRITICAL,
                        State.OPEN,
                        "missing/" + today(),
                        say("missing.title", wanted.database()),
                        facts),
                "RDS does not know the database " + wanted.database()));
    }

    private List<CheckAction> calm(List<Judgement> judged) {
        if (!isDaily() || today().getDayOfWeek() != DayOfWeek.MONDAY) {
            return List.of();
        }
        var title = say(
                "calm.title",
                wanted.database(),
                figure(judged, Check.SNAPSHOT_AGE),
                figure(judged, Check.PITR_LAG),
                String.valueOf(judged.size()));
        var notice = notice(Severity.INFO, State.OPEN, "calm/" + today(), title, List.of());
        return remember(new Say(notice, "all %d checks are good".formatted(judged.size())), Map.of());
    }

    private Say resolved() {
        var title = say("resolved.title", wanted.database());
        // A function of what is announced: what was open, and since which report.
        var id = "resolved/" + said.map(Said::toString).orElse("");
        return new Say(notice(Severity.INFO, State.RESOLVED, id, title, List.of()), "all that was open is well again");
    }

    private Say trouble(List<Judgement> bad) {
        var facts = new ArrayList<Fact>();
        bad.stream()
                .limit(SHOWN)
                .forEach(one -> facts.add(new Fact(
                        say("check." + one.check().label()),
                        say(
                                "fact",
                                one.figure(),
                                one.limit(),
                                say("remedy." + one.check().label())))));
        if (bad.size() > SHOWN) {
            facts.add(new Fact(say("more"), String.valueOf(bad.size() - SHOWN)));
        }
        var severity = bad.getFirst().trouble().orElseThrow();
        var title = say(
                severity == Severity.CRITICAL ? "critical.title" : "warning.title",
                wanted.database(),
                say("check." + bad.getFirst().check().label()),
                String.valueOf(bad.size()));
        var id = "trouble/" + new Said(today(), open(bad));
        return new Say(
                notice(severity, State.OPEN, id, title, facts),
                bad.stream().map(one -> one.check().label()).collect(joining(", ", "not as it has to be: ", "")));
    }

    private List<CheckAction> remember(Say say, Map<Check, Severity> open) {
        var day = isDaily() ? today() : said.map(Said::day).orElse(today().minusDays(1));
        return List.of(say, new RememberSaid(wanted.database(), new Said(day, open), say, say.reason()));
    }

    /** Whether today's report is still to come, and its time has. */
    private boolean isDaily() {
        var local = now.atZone(wanted.zone()).toLocalTime();
        return !local.isBefore(DAILY)
                && said.map(Said::day).map(today()::isAfter).orElse(true);
    }

    private static Map<Check, Severity> open(List<Judgement> bad) {
        var open = new EnumMap<Check, Severity>(Check.class);
        bad.forEach(one -> open.put(one.check(), one.trouble().orElseThrow()));
        return open;
    }

    private static String figure(List<Judgement> judged, Check check) {
        return judged.stream()
                .filter(one -> one.check() == check)
                .map(Judgement::figure)
                .findFirst()
                .orElse("–");
    }

    private LocalDate today() {
        return now.atZone(wanted.zone()).toLocalDate();
    }

    private String say(String phrase, Object... arguments) {
        return Phrases.of(Telling.class, wanted.language()).say(phrase, arguments);
    }

    private Notice notice(Severity severity, State state, String id, String title, List<Fact> facts) {
        // The calm line opens no incident: a trouble must not land in its thread.
        var key = state == State.OPEN && severity == Severity.INFO ? id : "backups";
        var scope = SOURCE + "/" + wanted.stack() + "/";
        return new Notice(scope + id, SOURCE, severity, scope + key, state, title, facts, List.of(), now);
    }
}
