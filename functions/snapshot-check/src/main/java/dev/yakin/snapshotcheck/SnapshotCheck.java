package dev.yakin.snapshotcheck;

import dev.yakin.snapshotcheck.CheckAction.Find;
import dev.yakin.snapshotcheck.CheckAction.GiveUp;
import dev.yakin.snapshotcheck.CheckAction.Measure;
import dev.yakin.snapshotcheck.CheckAction.Skip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The decision: from what is wanted, the time and what was observed to a plan. Same inputs, same plan.
 *
 * <p>Every look judges everything, also the hourly ones: it costs a few reads, and a snapshot that somebody shares with
 * the world is seen within the hour. Only what is <em>said</em> follows the clock, see {@link Telling}. So a daily wake-up
 * that was lost is made up for an hour later.
 */
public final class SnapshotCheck {
    private SnapshotCheck() {}

    public static List<CheckAction> plan(Wanted wanted, Instant now, Observed observed) {
        var telling = new Telling(wanted, now, observed.said());
        if (observed.database().isEmpty()) {
            return telling.missing();
        }
        var database = observed.database().get();
        if (wanted.maySleep() && database.isAsleep()) {
            return List.of(new Skip(
                    database.id(),
                    "the database is %s: a sleeping dev database makes no backups".formatted(database.status())));
        }
        var judge = new Judge(wanted, now, observed, database);
        var judged = judge.all();
        var plan = new ArrayList<CheckAction>(measures(judge));
        judged.stream()
                .filter(one -> one.trouble().isPresent())
                .forEach(one -> plan.add(new Find(
                        database.id(),
                        one,
                        "%s is %s, need %s".formatted(one.check().label(), one.figure(), one.limit()))));
        plan.addAll(telling.plan(judged));
        plan.addAll(MonthlySnapshots.of(wanted, now, observed).plan());
        plan.addAll(new DrCopies(wanted, now, observed).plan());
        observed.blind()
                .ifPresent(cause -> plan.add(
                        new GiveUp(wanted.secondRegion().orElse("-"), "the second region cannot be read: " + cause)));
        return List.copyOf(plan);
    }

    private static List<CheckAction> measures(Judge judge) {
        var measures = new ArrayList<CheckAction>();
        judge.lag()
                .ifPresent(lag -> measures.add(
                        new Measure("PitrLag", lag, "how much would be lost if the database were lost now")));
        judge.age()
                .ifPresent(
                        age -> measures.add(new Measure("SnapshotAge", age, "age of the newest automated snapshot")));
        judge.ageAbroad()
                .ifPresent(age ->
                        measures.add(new Measure("DrCopyAge", age, "age of the data in the newest copy abroad")));
        return measures;
    }
}
