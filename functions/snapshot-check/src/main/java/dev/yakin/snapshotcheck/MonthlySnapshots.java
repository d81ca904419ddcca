package dev.yakin.snapshotcheck;

import static dev.yakin.shared.Notice.Severity.WARNING;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import dev.yakin.snapshotcheck.CheckAction.CreateSnapshot;
import dev.yakin.snapshotcheck.CheckAction.DeleteSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot {@code <database>-monthly-2026-11}, due on the 1st at 06:00 on local clocks. A month that was missed is
 * made up for by the next look; the name makes it idempotent.
 *
 * <p>What is deleted: only what this function made by this name, only while this month's is good, and never one of the
 * twelve newest good ones.
 */
record MonthlySnapshots(
        Wanted wanted, Instant now, Optional<Database> database, List<Snapshot> ours, Optional<Snapshot> current) {
    static final int KEPT = 12;
    private static final LocalTime DUE = LocalTime.of(6, 0);

    /** RDS takes minutes; a database that is busy then (maintenance) is looked at again every hour. */
    private static final Duration LATE = Duration.ofHours(24);

    static MonthlySnapshots of(Wanted wanted, Instant now, Observed observed) {
        var prefix = prefix(wanted);
        var name = prefix + month(wanted, now);
        var ours = observed.snapshots().stream()
                .filter(one -> one.isOurs() && !one.automated() && one.name().startsWith(prefix))
                .toList();
        // A snapshot of that name that somebody else made is not ours to replace; it counts as this month's.
        var current = observed.snapshots().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        return new MonthlySnapshots(wanted, now, observed.database(), ours, current);
    }

    List<CheckAction> plan() {
        var plan = new ArrayList<CheckAction>();
        var name = prefix(wanted) + month(wanted, now);
        if (current.isEmpty() && database.map(Database::status).equals(Optional.of("available"))) {
            plan.add(new CreateSnapshot(name, "the snapshot of this month does not exist yet"));
        }
        // The next look makes it again under the same name.
        current.filter(one -> one.isOurs() && one.isBroken())
                .ifPresent(one -> plan.add(new DeleteSnapshot(one.name(), "it is " + one.status() + ", so no backup")));
        if (current.map(Snapshot::isGood).orElse(false)) {
            plan.addAll(tooMany());
        }
        return plan;
    }

    private List<CheckAction> tooMany() {
        var kept = ours.stream()
                .filter(Snapshot::isGood)
                .sorted(comparing(Snapshot::name).reversed())
                .limit(KEPT)
                .collect(toSet());
        var name = current.orElseThrow().name();
        return ours.stream()
                .filter(one ->
                        !kept.contains(one) && !one.isUnderWay() && one.name().compareTo(name) < 0)
                .<CheckAction>map(one -> new DeleteSnapshot(
                        one.name(),
                        one.isGood() ? "%d newer monthly snapshots are good".formatted(KEPT) : "it is " + one.status()))
                .toList();
    }

    Judgement judge() {
        var name = month(wanted, now).toString();
        var late = Spans.since(due(wanted, now).toInstant(), now).compareTo(LATE) > 0;
        var newDatabase = database.flatMap(Database::runningSince)
                .map(since -> Spans.since(since, now).compareTo(LATE) < 0)
                .orElse(true);
        var figure = current.map(one -> name + ": " + one.status()).orElse(name + ": –");
        var good = current.map(one -> one.isGood() || one.isUnderWay()).orElse(!late || newDatabase);
        return Judgement.of(Check.MONTHLY, figure, name + ": available", good, WARNING);
    }

    private static String prefix(Wanted wanted) {
        return wanted.database() + "-monthly-";
    }

    /** The month whose snapshot is due: before 06:00 on the 1st it is still the last one's. */
    private static YearMonth month(Wanted wanted, Instant now) {
        return YearMonth.from(due(wanted, now));
    }

    private static ZonedDateTime due(Wanted wanted, Instant now) {
        var local = now.atZone(wanted.zone());
        var due = local.toLocalDate().withDayOfMonth(1).atTime(DUE).atZone(wanted.zone());
        return local.isBefore(due) ? due.minusMonths(1) : due;
    }
}
