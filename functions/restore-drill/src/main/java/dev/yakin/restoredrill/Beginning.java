package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.CopyHome;
import dev.yakin.restoredrill.DrillAction.Restore;
import dev.yakin.restoredrill.DrillAction.Wait;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a drill begins now, and with which backup: nothing of a drill is there. */
record Beginning(Wanted wanted, Instant now, Observed observed, DrillVoice voice) {
    static final LocalTime BEGINS = LocalTime.of(3, 0);

    /** A drill that could not begin by then waits for the next Sunday. */
    static final LocalTime LATEST = LocalTime.of(5, 0);

    private static final int MINUTES = 60;

    /** Whether a drill may begin at this time. */
    static boolean isTime(Wanted wanted, Instant now) {
        return isSunday(wanted, now) && !clock(wanted, now).isBefore(BEGINS) && !isOver(wanted, now);
    }

    /** Whether this Sunday's drill can no longer begin: then people hear why it did not. */
    static boolean isOver(Wanted wanted, Instant now) {
        return isSunday(wanted, now) && !clock(wanted, now).isBefore(LATEST);
    }

    List<DrillAction> plan() {
        var day = now.atZone(wanted.zone()).toLocalDate();
        if (RestoreDrill.isReported(day, observed.past())) {
            return List.of();
        }
        if (isTime(wanted, now)) {
            return obstacle(now)
                    .map(reason -> List.<DrillAction>of(new Wait("drill", reason)))
                    .orElseGet(() -> begin(day));
        }
        return isOver(wanted, now) ? over(day) : List.of();
    }

    /** What kept the drill from beginning. One that nobody looked at is told by the alarms of the function. */
    private List<DrillAction> over(LocalDate day) {
        var report = new Report(voice, now, nothing(day), Optional.empty());
        if (observed.refusal().isPresent()) {
            return report.failedBefore(observed.refusal().get());
        }
        // The manifest is taken when a drill begins, and nothing goes before it is reported.
        if (observed.manifest().isPresent()) {
            return report.failedBefore(voice.gone());
        }
        var last = day.atTime(LATEST).atZone(wanted.zone()).toInstant().minusSeconds(1);
        return wanted.maxHours() == 0
                ? List.of()
                : obstacle(last).map(report::skipped).orElse(List.of());
    }

    private Optional<String> obstacle(Instant at) {
        var freeze = observed.freeze().during(at, at.plus(RestoreDrill.LONGEST));
        if (freeze.isPresent()) {
            return Optional.of(voice.frozen(freeze.get().sale()));
        }
        var spent = observed.past().stream().mapToLong(Past::minutes).sum();
        return spent < (long) wanted.maxHours() * MINUTES
                ? Optional.empty()
                : Optional.of(voice.spent(spent / MINUTES, wanted.maxHours()));
    }

    private List<DrillAction> begin(LocalDate day) {
        var id = id(wanted, day);
        var source = observed.source().orElseThrow();
        return Kind.fromWeek(day, wanted.drillsCopies())
                .flatMap(kind -> source.of(kind).map(from -> begin(id, day, kind, from)).stream())
                .findFirst()
                .orElseGet(() -> new Report(voice, now, nothing(day), Optional.empty()).failedBefore(voice.noBackup()));
    }

    private List<DrillAction> begin(String id, LocalDate day, Kind kind, String from) {
        var reason = "the drill of this Sunday has not begun";
        return List.of(
                voice.begins(id, kind),
                RestoreDrill.manifest(id, day),
                kind == Kind.DR_COPY
                        ? new CopyHome(id, day, from, now, reason)
                        : new Restore(id, day, kind, from, now, reason));
    }

    /** {@code yakin-drill-shop-prod-20261122}. RDS takes 63 characters, and no two hyphens in a row nor at the end. */
    static String id(Wanted wanted, LocalDate day) {
        var stack = wanted.stack().toLowerCase(Locale.ROOT).replaceAll("-+", "-");
        var shown = stack.substring(0, Math.min(40, stack.length())).replaceAll("-$", "");
        return "yakin-drill-%s-%s".formatted(shown, day.toString().replace("-", ""));
    }

    private Drill nothing(LocalDate day) {
        return Drill.without(id(wanted, day), day, Kind.ofWeek(day, wanted.drillsCopies()), now, "none");
    }

    private static boolean isSunday(Wanted wanted, Instant now) {
        return now.atZone(wanted.zone()).getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static LocalTime clock(Wanted wanted, Instant now) {
        return now.atZone(wanted.zone()).toLocalTime();
    }
}
