package dev.yakin.secretrotation;

import dev.yakin.secretrotation.Adoption.Open;
import dev.yakin.secretrotation.AdoptionAction.Say;
import dev.yakin.secretrotation.RotationTrouble.Kind;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.Phrases;
import dev.yakin.shared.SaleFreeze;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people are told about a secret and its services. One secret is one incident. */
public record AdoptionNotices(String stack, String language, ZoneId zone) {
    private static final String SOURCE = "secret-rotation";
    private static final int SHOWN = 3;

    /** The alarm rings at 35 days; people are told while there is still time. */
    private static final Duration NEARLY_TOO_OLD = Duration.ofDays(33);

    /** Monday at ten, local time; every look of that hour says it with the same id. */
    private static final int WEEKLY_HOUR = 10;

    Say begins(Open one, List<WatchedService> users, Instant now) {
        return say(
                one.secret(),
                Severity.INFO,
                State.OPEN,
                "adopting/%s".formatted(one.adopting().version()),
                "adopting",
                services(users, one.since()),
                now,
                Optional.of(now.plus(Adoption.PATIENCE)),
                "the secret changed: its services are deployed anew");
    }

    Say waits(Open one, List<WatchedService> users, Instant now, SaleFreeze.Window sale) {
        var facts = services(users, one.since());
        facts.add(fact("fact.until", time(sale.ends())));
        return say(
                one.secret(),
                Severity.INFO,
                State.OPEN,
                "waits/%s/%s".formatted(one.adopting().version(), sale.sale()),
                "waits",
                facts,
                now,
                Optional.of(sale.ends().plus(Adoption.PATIENCE)),
                "sale " + sale.sale() + " is on: no task is replaced before it ends");
    }

    Say done(Open one, List<WatchedService> users, Instant now) {
        var facts = services(users, one.since());
        one.secret().nextRotation().ifPresent(next -> facts.add(fact("fact.next", time(next))));
        return say(
                one.secret(),
                Severity.INFO,
                State.RESOLVED,
                "adopted/%s".formatted(one.adopting().version()),
                "adopted",
                facts,
                now,
                Optional.empty(),
                "every task was made after the change");
    }

    Say late(Open one, List<WatchedService> users, Instant now) {
        var facts = services(users, one.since());
        users.stream()
                .flatMap(service -> service.reasons().stream())
                .distinct()
                .limit(SHOWN)
                .forEach(reason -> facts.add(fact("fact.ecs-says", reason)));
        facts.add(fact("fact.todo", phrases().say("todo.late")));
        // Said anew when another deployment was tried.
        var attempt = one.adopting().tried().map(Instant::toString).orElse("none");
        return say(
                one.secret(),
                Severity.CRITICAL,
                State.OPEN,
                "late/%s/%s".formatted(one.adopting().version(), attempt),
                "late",
                facts,
                now,
                Optional.empty(),
                "tasks still use the password before; the next rotation waits for them");
    }

    /**
     * Trouble of a rotation; while the database sleeps it is only postponed. The same trouble is told once a day, and
     * once more when it gets worse.
     */
    List<AdoptionAction> trouble(WatchedSecret secret, Instant now, String database) {
        return secret.trouble().stream()
                .map(trouble -> {
                    var severity = severity(trouble, secret.age(now));
                    var title = title(trouble);
                    var facts = new ArrayList<Fact>();
                    facts.add(fact("fact.trouble", trouble.text()));
                    facts.add(fact("fact.database", database));
                    secret.rotated().ifPresent(_ -> facts.add(fact("fact.age", days(secret.age(now)))));
                    if (trouble.kind() != Kind.POSTPONED) {
                        facts.add(fact("fact.todo", phrases().say("todo." + title)));
                    }
                    var day = now.atZone(zone).toLocalDate();
                    return (AdoptionAction) say(
                            secret,
                            severity,
                            State.OPEN,
                            "trouble/%s/%s/%s"
                                    .formatted(
                                            day,
                                            severity.name().toLowerCase(Locale.ROOT),
                                            Integer.toHexString(trouble.text().hashCode())),
                            title,
                            facts,
                            now,
                            Optional.empty(),
                            trouble.text());
                })
                .toList();
    }

    /** A failed rotation can wait until somebody is at work, unless no task can start or the password gets too old. */
    private static Severity severity(RotationTrouble trouble, Duration age) {
        var isOld = age.compareTo(NEARLY_TOO_OLD) >= 0;
        return switch (trouble.kind()) {
            case POSTPONED -> isOld ? Severity.WARNING : Severity.INFO;
            case FAILED -> isOld ? Severity.CRITICAL : Severity.WARNING;
            case CURRENT_REFUSED -> Severity.CRITICAL;
        };
    }

    private static String title(RotationTrouble trouble) {
        return switch (trouble.kind()) {
            case POSTPONED -> "postponed";
            case FAILED -> "trouble";
            case CURRENT_REFUSED -> "refused";
        };
    }

    private String days(Duration age) {
        return phrases().say("days", String.valueOf(age.toDays()));
    }

    List<AdoptionAction> weekly(WatchedSecret secret, Instant now) {
        var local = now.atZone(zone);
        var isTime = local.getDayOfWeek() == DayOfWeek.MONDAY && local.getHour() == WEEKLY_HOUR;
        return secret.nextRotation().filter(_ -> isTime).stream()
                .map(next -> {
                    var facts = new ArrayList<Fact>();
                    secret.rotated().ifPresent(_ -> facts.add(fact("fact.age", days(secret.age(now)))));
                    facts.add(fact("fact.next", time(next)));
                    return (AdoptionAction) say(
                            secret,
                            Severity.INFO,
                            State.RESOLVED,
                            "weekly/%d-%d"
                                    .formatted(
                                            local.get(IsoFields.WEEK_BASED_YEAR),
                                            local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                            "weekly",
                            facts,
                            now,
                            Optional.empty(),
                            "it is Monday");
                })
                .toList();
    }

    private Say say(
            WatchedSecret secret,
            Severity severity,
            State state,
            String id,
            String title,
            List<Fact> facts,
            Instant now,
            Optional<Instant> until,
            String reason) {
        var notice = new Notice(
                "%s/%s/%s".formatted(SOURCE, secret.name(), id),
                SOURCE,
                severity,
                "secret-adoption/" + secret.name(),
                state,
                phrases().say(title + ".title", secret.name()),
                facts,
                List.of(),
                now,
                until);
        return new Say(notice, reason);
    }

    private List<Fact> services(List<WatchedService> users, Instant since) {
        var facts = new ArrayList<Fact>();
        users.stream()
                .limit(SHOWN)
                .forEach(service -> facts.add(new Fact(
                        service.name(),
                        phrases()
                                .say(
                                        "tasks",
                                        String.valueOf(service.tasks().size() - service.olderThan(since)),
                                        String.valueOf(service.desired())))));
        if (users.size() > SHOWN) {
            facts.add(fact("fact.more", String.valueOf(users.size() - SHOWN)));
        }
        return facts;
    }

    private Fact fact(String phrase, String value) {
        return new Fact(phrases().say(phrase), value);
    }

    private String time(Instant when) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(when.atZone(zone)) + " " + zone.getId();
    }

    private Phrases phrases() {
        return Phrases.of(AdoptionNotices.class, language);
    }
}
