package dev.yakin.restoredrill;

import dev.yakin.restoredrill.DrillAction.Delete;
import dev.yakin.restoredrill.DrillAction.Restore;
import dev.yakin.restoredrill.DrillAction.Wait;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a drill begins now, and with which backup: no drill is there. */
record Beginning(Wanted wanted, Instant now, Observed observed, DrillVoice voice) {
    static final LocalTime BEGINS = LocalTime.of(3, 0);

    /** A drill that could not begin by then waits for the next Sunday. */
    static final LocalTime LATEST = LocalTime.of(5, 0);

    private static final int MINUTES = 60;

    List<DrillAction> plan() {
        var day = now.atZone(wanted.zone()).toLocalDate();
        if (!isTime() || RestoreDrill.isReported(day, observed.past())) {
            return List.of();
        }
        return obstacle()
                .map(reason -> List.<DrillAction>of(new Wait("drill", reason)))
                .orElseGet(() -> begin(day));
    }

    private boolean isTime() {
        var local = now.atZone(wanted.zone());
        return local.getDayOfWeek() == DayOfWeek.SUNDAY
                && !local.toLocalTime().isBefore(BEGINS)
                && local.toLocalTime().isBefore(LATEST);
    }

    private Optional<String> obstacle() {
        var freeze = observed.freeze().during(now, now.plus(RestoreDrill.LONGEST));
        if (freeze.isPresent()) {
            return Optional.of("sale %s freezes".formatted(freeze.get().sale()));
        }
        var spent = observed.past().stream().mapToLong(Past::minutes).sum();
        return spent < (long) wanted.maxHours() * MINUTES
                ? Optional.empty()
                : Optional.of("%d of %d hours of this month are spent".formatted(spent / MINUTES, wanted.maxHours()));
    }

    private List<DrillAction> begin(LocalDate day) {
        var id = id(wanted, day);
        var source = observed.source().orElseThrow();
        var kind = kind(day, source);
        if (kind.isEmpty()) {
            return new Report(voice, now, nothing(id, day, now), Optional.empty())
                    .failed("there is no backup: no automated snapshot, and no second that can be restored").stream()
                            .filter(action -> !(action instanceof Delete))
                            .toList();
        }
        return List.of(
                voice.begins(id, kind.get()),
                RestoreDrill.manifest(id, day),
                new Restore(id, day, kind.get(), source, now, "the drill of this Sunday has not begun"));
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

    private static Drill nothing(String id, LocalDate day, Instant now) {
        return new Drill(id, day, Kind.ofWeek(day), now, "none", Optional.empty(), false, Optional.empty());
    }
}
