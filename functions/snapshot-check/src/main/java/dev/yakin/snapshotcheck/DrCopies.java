package dev.yakin.snapshotcheck;

import static java.util.Comparator.comparing;

import dev.yakin.snapshotcheck.CheckAction.CopyAbroad;
import dev.yakin.snapshotcheck.CheckAction.DeleteCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The copies in the second region: of each newest automated snapshot one, named after it. Only one copy is under way at
 * a time, since AWS limits them and a hanging one must not pile up others.
 *
 * <p>What is deleted: only copies that this function made by this name; the good ones beyond the seven newest, and only
 * while a newer one is good; broken ones at once, for they hold nothing.
 */
record DrCopies(Wanted wanted, Instant now, Observed observed) {
    static final int KEPT = 7;

    List<CheckAction> plan() {
        if (wanted.secondRegion().isEmpty() || observed.blind().isPresent()) {
            return List.of();
        }
        var plan = new ArrayList<CheckAction>();
        var broken = ours().stream().filter(Snapshot::isBroken).toList();
        broken.forEach(copy -> plan.add(new DeleteCopy(copy.name(), "it is " + copy.status() + ", so no backup")));
        newest().filter(one -> observed.abroad().stream().noneMatch(Snapshot::isUnderWay))
                .filter(one ->
                        observed.abroad().stream().noneMatch(copy -> copy.name().equals(name(one))))
                .ifPresent(one -> plan.add(new CopyAbroad(
                        one.arn(), name(one), "the newest automated snapshot is not in the second region yet")));
        ours().stream()
                .filter(Snapshot::isGood)
                .sorted(comparing(Snapshot::taken).reversed())
                .skip(KEPT)
                .forEach(copy -> plan.add(new DeleteCopy(copy.name(), "%d newer copies are good".formatted(KEPT))));
        return plan;
    }

    private Optional<Snapshot> newest() {
        return observed.snapshots().stream()
                .filter(Snapshot::automated)
                .filter(Snapshot::isGood)
                .max(comparing(Snapshot::taken));
    }

    /** {@code rds:shop-2026-11-22-18-03} becomes {@code shop-dr-2026-11-22-18-03}. */
    private String name(Snapshot automated) {
        var plain = automated.name().substring(automated.name().indexOf(':') + 1);
        var time = plain.startsWith(wanted.database() + "-")
                ? plain.substring(wanted.database().length() + 1)
                : plain;
        return prefix() + time;
    }

    private List<Snapshot> ours() {
        return observed.abroad().stream()
                .filter(copy -> copy.isOurs() && copy.name().startsWith(prefix()))
                .toList();
    }

    private String prefix() {
        return wanted.database() + "-dr-";
    }
}
