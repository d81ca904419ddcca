package dev.yakin.snapshotcheck;

import static dev.yakin.shared.Notice.Severity.CRITICAL;
import static dev.yakin.shared.Notice.Severity.WARNING;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The judgement of the backups: pure, and complete, good results included. The limits are those of the recovery promise
 * (RPO 5 minutes by point-in-time recovery, 24 hours in the second region); other numbers name their source.
 */
record Judge(Wanted wanted, Instant now, Observed observed, Database database) {
    private static final int LEAST_RETENTION_DAYS = 7;

    /** A backup a day, within a window of an hour, and some time to make it. */
    static final Duration OLDEST_SNAPSHOT = Duration.ofHours(26);

    /** RDS uploads the transaction log every five minutes: three uploads are missing, or twelve. */
    private static final Duration SLOW_LOG = Duration.ofMinutes(15);

    private static final Duration STUCK_LOG = Duration.ofMinutes(60);

    /** A snapshot of a small database takes minutes; a copy to another region an hour or two. */
    private static final Duration STUCK_SNAPSHOT = Duration.ofHours(6);

    /** A copy is begun within an hour of its snapshot, and may itself take some. */
    private static final Duration OLD_COPY = Duration.ofHours(30);

    private static final Duration MISSED_COPIES = Duration.ofHours(54);

    List<Judgement> all() {
        var all = new ArrayList<Judgement>();
        all.add(Facilities.status(database));
        all.add(retention());
        all.add(snapshotAge());
        all.add(snapshotState());
        all.add(pitrLag());
        all.add(encryption());
        all.add(sharing());
        observed.key().ifPresent(key -> all.add(key(key)));
        all.add(MonthlySnapshots.of(wanted, now, observed).judge());
        if (wanted.secondRegion().isPresent()) {
            all.add(drCopy());
        }
        all.addAll(new Facilities(wanted, now, database).judge());
        return List.copyOf(all);
    }

    private Judgement retention() {
        var days = database.retentionDays();
        var severity = days == 0 ? CRITICAL : WARNING;
        return Judgement.of(Check.RETENTION, days + " d", "≥ 7 d", days >= LEAST_RETENTION_DAYS, severity);
    }

    private Judgement snapshotAge() {
        var newest = newestAutomated();
        // A database that slept, or is new, could not have made one.
        var age = newest(newest.map(Snapshot::taken), database.runningSince()).map(this::since);
        var figure = newest.map(snapshot -> Spans.text(since(snapshot.taken()))).orElse("–");
        var good = age.map(span -> span.compareTo(OLDEST_SNAPSHOT) < 0).orElse(false);
        return Judgement.of(Check.SNAPSHOT_AGE, figure, "< 26 h", good, CRITICAL);
    }

    /** Snapshots that failed lately, or hang half-made; here and in the second region. */
    private Judgement snapshotState() {
        var bad = everywhere()
                .filter(one -> (one.isBroken() && since(one.begun()).compareTo(OLDEST_SNAPSHOT) < 0)
                        || (one.isUnderWay() && since(one.begun()).compareTo(STUCK_SNAPSHOT) > 0))
                .toList();
        var figure = bad.stream().map(one -> one.name() + ": " + one.status()).collect(joining(", "));
        var severity = bad.stream().anyMatch(one -> one.automated() && one.isBroken()) ? CRITICAL : WARNING;
        return Judgement.of(
                Check.SNAPSHOT_STATE, bad.isEmpty() ? "available" : figure, "available", bad.isEmpty(), severity);
    }

    private Judgement pitrLag() {
        var lag = lag();
        var figure = lag.map(Spans::text).orElse("–");
        if (lag.isEmpty() || lag.get().compareTo(STUCK_LOG) > 0) {
            return Judgement.of(Check.PITR_LAG, figure, "≤ 15 min", false, CRITICAL);
        }
        return Judgement.of(Check.PITR_LAG, figure, "≤ 15 min", lag.get().compareTo(SLOW_LOG) <= 0, WARNING);
    }

    /**
     * How much would be lost now; empty when nothing can be restored. A database that has just been made or started could
     * not have uploaded a log before.
     */
    Optional<Duration> lag() {
        var sinceStart = database.runningSince().map(this::since);
        if (database.restorableTo().isEmpty()) {
            return sinceStart.filter(span -> span.compareTo(STUCK_LOG) <= 0);
        }
        return newest(database.restorableTo(), database.runningSince()).map(this::since);
    }

    /** The age of the data in the newest good automated snapshot. */
    Optional<Duration> age() {
        return newestAutomated().map(snapshot -> since(snapshot.taken()));
    }

    /** The age of the data in the newest good copy abroad. */
    Optional<Duration> ageAbroad() {
        return observed.abroad().stream()
                .filter(Snapshot::isGood)
                .max(comparing(Snapshot::taken))
                .map(copy -> since(copy.taken()));
    }

    private Judgement encryption() {
        var clear =
                everywhere().filter(one -> !one.encrypted()).map(Snapshot::name).toList();
        if (!database.encrypted()) {
            return Judgement.of(Check.ENCRYPTION, database.id() + ": –", "KMS", false, CRITICAL);
        }
        var figure = clear.isEmpty() ? "KMS" : shown(clear) + ": –";
        return Judgement.of(Check.ENCRYPTION, figure, "KMS", clear.isEmpty(), CRITICAL);
    }

    private Judgement sharing() {
        var shared = new TreeSet<String>();
        everywhere()
                .forEach(one -> one.sharedWith().stream()
                        .filter(account -> !wanted.trustedAccounts().contains(account))
                        .forEach(account -> shared.add(one.name() + " → " + account)));
        var figure = shared.isEmpty() ? "0" : shown(List.copyOf(shared));
        return Judgement.of(Check.SHARING, figure, "0", shared.isEmpty(), CRITICAL);
    }

    private Judgement key(Key key) {
        if (!key.usable()) {
            return Judgement.of(Check.KEY, key.state(), "Enabled", false, CRITICAL);
        }
        var good = !key.managedByAws() || wanted.secondRegion().isEmpty();
        return Judgement.of(Check.KEY, key.managedByAws() ? "aws/rds" : "CMK", good ? "Enabled" : "CMK", good, WARNING);
    }

    private Judgement drCopy() {
        var age = ageAbroad();
        if (observed.blind().isPresent()) {
            return Judgement.of(Check.DR_COPY, observed.blind().get(), "≤ 30 h", false, WARNING);
        }
        var limit = "≤ 30 h, " + wanted.secondRegion().orElseThrow();
        if (age.isEmpty()) {
            var coming = observed.abroad().stream().anyMatch(Snapshot::isUnderWay);
            // The first snapshot of a new database is copied by the next look.
            var soon = age().map(fresh -> fresh.compareTo(STUCK_SNAPSHOT) < 0).orElse(false);
            return Judgement.of(Check.DR_COPY, coming ? "copying" : "–", limit, coming || soon, WARNING);
        }
        var span = age.get();
        var severity = span.compareTo(MISSED_COPIES) > 0 ? CRITICAL : WARNING;
        return Judgement.of(Check.DR_COPY, Spans.text(span), limit, span.compareTo(OLD_COPY) <= 0, severity);
    }

    private Optional<Snapshot> newestAutomated() {
        return observed.snapshots().stream()
                .filter(Snapshot::automated)
                .filter(Snapshot::isGood)
                .max(comparing(Snapshot::taken));
    }

    private Stream<Snapshot> everywhere() {
        return Stream.concat(observed.snapshots().stream(), observed.abroad().stream());
    }

    private Duration since(Instant then) {
        return Spans.since(then, now);
    }

    private static Optional<Instant> newest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(naturalOrder());
    }

    private static String shown(List<String> names) {
        var first = names.stream().limit(3).collect(joining(", "));
        return names.size() > 3 ? first + " … (" + names.size() + ")" : first;
    }
}
