package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.Delete;
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
 * The decision: the next step of the drill, from the state of its instance. Same inputs, same plan; a look that was lost
 * or died is made up for by the next.
 *
 * <p>Nothing paid is left behind: whatever happens, an instance with a drill's tag is deleted when it was reported, when it
 * is broken, and at the latest when it is six hours old.
 */
public final class RestoreDrill {
    /** The limit of the recovery promise; a sale's warm-up may not fall into it. */
    static final Duration LONGEST = Duration.ofHours(4);

    /** Nobody could look into the database for so long: it counts as not restored. */
    static final Duration LAST_TRY = Duration.ofHours(2);

    static final Duration LEFTOVER = Duration.ofHours(6);

    private RestoreDrill() {}

    /** The drill whose database is to be looked into now. */
    public static Optional<Drill> toInspect(List<Drill> drills, List<Past> past, Instant now) {
        return drills.stream()
                .filter(drill -> drill.isAvailable() && drill.secret().isPresent() && drill.secretReady())
                .filter(drill -> !isReported(drill.day(), past))
                .findFirst();
    }

    /**
     * What was left behind goes, whatever else can be read or not: this needs nothing but the instances themselves. Empty
     * when nothing was.
     */
    public static List<DrillAction> reap(Wanted wanted, Instant now, List<Drill> drills) {
        var voice = new DrillVoice(wanted, now);
        return drills.stream()
                .filter(drill -> isLeftover(drill, now) && !drill.isGoing())
                .flatMap(drill -> Stream.<DrillAction>of(
                        voice.leftover(drill), new Delete(drill.id(), Optional.empty(), "it is older than six hours")))
                .toList();
    }

    /** The day whose manifest is needed: that of the running drill, or of the one that may begin now. */
    public static LocalDate day(Wanted wanted, Instant now, List<Drill> drills) {
        return drills.stream()
                .filter(drill -> !drill.isGoing())
                .map(Drill::day)
                .findFirst()
                .orElseGet(() -> now.atZone(wanted.zone()).toLocalDate());
    }

    public static List<DrillAction> plan(Wanted wanted, Instant now, Observed observed) {
        var voice = new DrillVoice(wanted, now);
        if (observed.drills().isEmpty()) {
            return new Beginning(wanted, now, observed, voice).plan();
        }
        return observed.drills().stream()
                .flatMap(drill -> next(voice, now, observed, drill))
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
                && toInspect(observed.drills(), observed.past(), now).equals(Optional.of(drill))) {
            return looked(report, now, observed.looked().get(), drill);
        }
        if (!drill.isAvailable() || (drill.secret().isPresent() && !drill.secretReady())) {
            var manifest = observed.manifest().isEmpty()
                    ? Stream.of(manifest(drill.id(), drill.day()))
                    : Stream.<DrillAction>empty();
            return Stream.concat(manifest, Stream.of(new Wait(drill.id(), "RDS says %s".formatted(drill.status()))));
        }
        return drill.secret().isEmpty()
                ? Stream.of(new SetCredentials(drill.id(), "nobody knows the password of a restored database"))
                : Stream.of(new Wait(drill.id(), "nobody looked into it"));
    }

    private static Stream<DrillAction> looked(Report report, Instant now, Observed.Looked looked, Drill drill) {
        return switch (looked) {
            case Observed.Looked.Found found -> report.done(found.inspection()).stream();
            case Observed.Looked.Refused refused ->
                Duration.between(drill.begun(), now).compareTo(LAST_TRY) < 0
                        ? Stream.of(new Wait(drill.id(), "it cannot be looked into yet: " + refused.cause()))
                        : report.failed(refused.cause()).stream();
        };
    }

    static SaveManifest manifest(String id, LocalDate day) {
        return new SaveManifest(id, day, "what the live database holds now, to compare with");
    }

    static boolean isReported(LocalDate day, List<Past> past) {
        return past.stream().anyMatch(one -> one.day().equals(day));
    }

    private static boolean isLeftover(Drill drill, Instant now) {
        return Duration.between(drill.begun(), now).compareTo(LEFTOVER) > 0;
    }
}
