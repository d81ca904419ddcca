package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.Delete;
import dev.yakin.restoredrill.DrillAction.Restore;
import dev.yakin.restoredrill.DrillAction.SaveManifest;
import dev.yakin.restoredrill.DrillAction.SetCredentials;
import dev.yakin.restoredrill.DrillAction.Wait;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    static final LocalTime BEGINS = LocalTime.of(3, 0);

    /** A drill that could not begin by then waits for the next Sunday. */
    static final LocalTime LATEST = LocalTime.of(5, 0);

    /** The limit of the recovery promise; a sale's warm-up may not fall into it. */
    static final Duration LONGEST = Duration.ofHours(4);

    /** Nobody could look into the database for so long: it counts as not restored. */
    static final Duration LAST_TRY = Duration.ofHours(2);

    static final Duration LEFTOVER = Duration.ofHours(6);

    private static final int MINUTES = 60;

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
            return begin(wanted, now, observed, voice);
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

    private static List<DrillAction> begin(Wanted wanted, Instant now, Observed observed, DrillVoice voice) {
        var local = now.atZone(wanted.zone());
        var day = local.toLocalDate();
        var isTime = day.getDayOfWeek() == DayOfWeek.SUNDAY
                && !local.toLocalTime().isBefore(BEGINS)
                && local.toLocalTime().isBefore(LATEST);
        if (!isTime || isReported(day, observed.past())) {
            return List.of();
        }
        var freeze = observed.freeze().during(now, now.plus(LONGEST));
        if (freeze.isPresent()) {
            return List.of(
                    new Wait("drill", "sale %s freezes".formatted(freeze.get().sale())));
        }
        var spent = observed.past().stream().mapToLong(Past::minutes).sum();
        if (spent >= (long) wanted.maxHours() * MINUTES) {
            return List.of(new Wait(
                    "drill", "%d of %d hours of this month are spent".formatted(spent / MINUTES, wanted.maxHours())));
        }
        var id = id(wanted, day);
        var source = observed.source().orElseThrow();
        var kind = kind(day, source);
        if (kind.isEmpty()) {
            return new Report(voice, now, nothing(id, day, now), Optional.empty())
                    .failed("there is no backup: no automated snapshot, and no second that can be restored").stream()
                            .filter(action -> !(action instanceof Delete))
                            .toList();
        }
        var plan = new ArrayList<DrillAction>();
        plan.add(voice.begins(id, kind.get()));
        plan.add(manifest(id, day));
        plan.add(new Restore(id, day, kind.get(), source, now, "the drill of this Sunday has not begun"));
        return plan;
    }

    /** The week's kind, or the other one when there is no backup of it. */
    private static Optional<Kind> kind(LocalDate day, Source source) {
        var turn = Kind.ofWeek(day);
        return Stream.of(turn, turn == Kind.SNAPSHOT ? Kind.POINT_IN_TIME : Kind.SNAPSHOT)
                .filter(kind -> kind == Kind.SNAPSHOT
                        ? source.snapshot().isPresent()
                        : source.restorableTo().isPresent())
                .findFirst();
    }

    /** {@code yakin-drill-shop-prod-20261122}. RDS takes 63 characters, and no two hyphens in a row nor at the end. */
    static String id(Wanted wanted, LocalDate day) {
        var stack = wanted.stack().toLowerCase(Locale.ROOT).replaceAll("-+", "-");
        var shown = stack.substring(0, Math.min(40, stack.length())).replaceAll("-$", "");
        return "yakin-drill-%s-%s".formatted(shown, day.toString().replace("-", ""));
    }

    private static SaveManifest manifest(String id, LocalDate day) {
        return new SaveManifest(id, day, "what the live database holds now, to compare with");
    }

    private static Drill nothing(String id, LocalDate day, Instant now) {
        return new Drill(id, day, Kind.ofWeek(day), now, "none", Optional.empty(), false, Optional.empty());
    }

    private static boolean isReported(LocalDate day, List<Past> past) {
        return past.stream().anyMatch(one -> one.day().equals(day));
    }

    private static boolean isLeftover(Drill drill, Instant now) {
        return Duration.between(drill.begun(), now).compareTo(LEFTOVER) > 0;
    }
}
