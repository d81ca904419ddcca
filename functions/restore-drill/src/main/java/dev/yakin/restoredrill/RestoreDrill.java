package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.AddMember;
import dev.yakin.restoredrill.DrillAction.Delete;
import dev.yakin.restoredrill.DrillAction.DeleteCopy;
import dev.yakin.restoredrill.DrillAction.Restore;
import dev.yakin.restoredrill.DrillAction.SaveManifest;
import dev.yakin.restoredrill.DrillAction.SetCredentials;
import dev.yakin.restoredrill.DrillAction.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decision: the next step of the drill, from the state of what was restored. Same inputs, same plan; a look that was
 * lost or died is made up for by the next.
 *
 * <p>Nothing paid is left behind: whatever happens, an instance or a snapshot with a drill's tag is deleted when the drill
 * was reported, when it is broken, and at the latest when it is six hours old.
 */
public final class RestoreDrill {
    /** The limit of the recovery promise: what is not usable by then has failed, and no sale's warm-up may fall into it. */
    static final Duration LONGEST = Duration.ofHours(4);

    static final Duration LEFTOVER = Duration.ofHours(6);

    private RestoreDrill() {}

    /** The drill whose database is to be looked into now. */
    public static Optional<Drill> toInspect(List<Drill> drills, List<Past> past) {
        return drills.stream()
                .filter(drill -> drill.isAvailable() && drill.secret().isPresent() && drill.secretReady())
                .filter(drill -> !isReported(drill.day(), past))
                .findFirst();
    }

    /** Whether a drill may begin now, so that what there is to restore has to be known. */
    public static boolean mayBegin(Wanted wanted, Instant now, LocalDate day, List<Past> past) {
        return Beginning.isTime(wanted, now) && !isReported(day, past);
    }

    /**
     * What was left behind goes, whatever else can be read or not: this needs nothing but the things themselves. Empty
     * when nothing was.
     */
    public static List<DrillAction> reap(Wanted wanted, Instant now, List<Drill> drills, List<HomeCopy> copies) {
        var voice = new DrillVoice(wanted, now);
        var instances = drills.stream()
                .filter(drill -> isOlder(LEFTOVER, drill.begun(), now) && !drill.isGoing())
                .flatMap(drill -> Stream.<DrillAction>of(
                        voice.leftover(drill.id()),
                        new Delete(drill.id(), Optional.empty(), "it is older than six hours")));
        var snapshots = copies.stream()
                .filter(copy -> isOlder(LEFTOVER, copy.begun(), now) && !copy.isGoing())
                .flatMap(copy -> Stream.<DrillAction>of(
                        voice.leftover(copy.id()), new DeleteCopy(copy.id(), "it is older than six hours")));
        return Stream.concat(instances, snapshots).toList();
    }

    /** The day whose manifest is needed: that of the running drill, or of the one that may begin now. */
    public static LocalDate day(Wanted wanted, Instant now, List<Drill> drills, List<HomeCopy> copies) {
        return Stream.concat(
                        drills.stream().filter(drill -> !drill.isGoing()).map(Drill::day),
                        copies.stream().filter(copy -> !copy.isGoing()).map(HomeCopy::day))
                .findFirst()
                .orElseGet(() -> now.atZone(wanted.zone()).toLocalDate());
    }

    public static List<DrillAction> plan(Wanted wanted, Instant now, Observed observed) {
        var voice = new DrillVoice(wanted, now);
        if (observed.drills().isEmpty() && observed.copies().isEmpty()) {
            return new Beginning(wanted, now, observed, voice).plan();
        }
        return Stream.concat(
                        observed.drills().stream().flatMap(drill -> next(voice, now, observed, drill)),
                        observed.copies().stream().flatMap(copy -> next(voice, now, observed, copy)))
                .toList();
    }

    private static Stream<DrillAction> next(DrillVoice voice, Instant now, Observed observed, Drill drill) {
        if (drill.isGoing()) {
            return Stream.of(new Wait(drill.id(), "RDS deletes it"));
        }
        if (isReported(drill.day(), observed.past())) {
            return Stream.of(new Delete(drill.id(), Optional.empty(), "the drill is reported"));
        }
        var report = new Report(voice, now, drill, observed.manifest());
        if (drill.isBroken()) {
            return report.failed(drill.status()).stream();
        }
        if (observed.looked().isPresent()
                && toInspect(observed.drills(), observed.past()).equals(Optional.of(drill))) {
            return looked(report, now, observed.looked().get(), drill);
        }
        if (isOlder(LONGEST, drill.begun(), now)) {
            var refusal = drill.lacksMember() ? observed.refusal() : Optional.<String>empty();
            return report.failed(refusal.orElse(voice.late(drill.status()))).stream();
        }
        if (drill.lacksMember()) {
            return Stream.of(new AddMember(
                    drill.id(), drill.day(), drill.kind(), drill.begun(), "a cluster is restored without an instance"));
        }
        if (!drill.isAvailable() || (drill.secret().isPresent() && !drill.secretReady())) {
            return waits(observed, drill.id(), drill.day(), drill.status());
        }
        return drill.secret().isEmpty()
                ? Stream.of(new SetCredentials(drill.id(), "nobody knows the password of a restored database"))
                : Stream.of(new Wait(drill.id(), "nobody looked into it"));
    }

    /** A copy that came home is restored, and goes when the drill is reported. */
    private static Stream<DrillAction> next(DrillVoice voice, Instant now, Observed observed, HomeCopy copy) {
        if (copy.isGoing()) {
            return Stream.of(new Wait(copy.id(), "RDS deletes the copy"));
        }
        if (isReported(copy.day(), observed.past())) {
            return Stream.of(new DeleteCopy(copy.id(), "the drill is reported"));
        }
        if (observed.drills().stream().anyMatch(drill -> drill.id().equals(copy.id()))) {
            return Stream.of();
        }
        var report = new Report(voice, now, copy.drill(), observed.manifest());
        if (copy.isBroken()) {
            return report.failedBefore(copy.status()).stream();
        }
        if (isOlder(LONGEST, copy.begun(), now)) {
            return report.failedBefore(observed.refusal().orElse(voice.late(copy.status()))).stream();
        }
        return copy.isAvailable()
                ? Stream.of(new Restore(
                        copy.id(), copy.day(), Kind.DR_COPY, copy.id(), copy.begun(), "the copy has come home"))
                : waits(observed, copy.id(), copy.day(), copy.status());
    }

    private static Stream<DrillAction> waits(Observed observed, String id, LocalDate day, String status) {
        var manifest = observed.manifest().isEmpty() ? Stream.of(manifest(id, day)) : Stream.<DrillAction>empty();
        return Stream.concat(manifest, Stream.of(new Wait(id, "RDS says %s".formatted(status))));
    }

    private static Stream<DrillAction> looked(Report report, Instant now, Observed.Looked looked, Drill drill) {
        return switch (looked) {
            case Observed.Looked.Found found -> report.done(found.inspection()).stream();
            case Observed.Looked.Refused refused ->
                isOlder(LONGEST, drill.begun(), now)
                        ? report.failed(refused.cause()).stream()
                        : Stream.of(new Wait(drill.id(), "it cannot be looked into yet: " + refused.cause()));
        };
    }

    static SaveManifest manifest(String id, LocalDate day) {
        return new SaveManifest(id, day, "what the live database holds now, to compare with");
    }

    static boolean isReported(LocalDate day, List<Past> past) {
        return past.stream().anyMatch(one -> one.day().equals(day));
    }

    private static boolean isOlder(Duration age, Instant begun, Instant now) {
        return Duration.between(begun, now).compareTo(age) > 0;
    }
}
