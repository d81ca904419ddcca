package dev.yakin.salescaling;

import static java.util.stream.Collectors.joining;

import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a service is not as wanted. The state alone cannot tell "the warm-up has just begun" from "a deploy has reset the
 * bounds", so the time does: a difference belongs to the begin or end of a sale, or to an edit of the calendar, for
 * {@link #FRESH} after it. Later it is drift: a deploy, a change by hand, or looks that did not happen.
 */
sealed interface Cause {
    /** What people are told. */
    sealed interface Told extends Cause {}

    /** Three looks, five minutes apart. */
    Duration FRESH = Duration.ofMinutes(15);

    /** The one English sentence for log, answer and test. */
    String reason();

    record WarmUp(Sale sale) implements Told {
        @Override
        public String reason() {
            return "warm-up of sale %s: it opens at %s".formatted(sale.name(), sale.opens());
        }
    }

    /** @param late true when the end is no longer fresh, but the bounds are still those of the sale */
    record Over(Sale sale, boolean late) implements Told {
        @Override
        public String reason() {
            return "sale %s is over: it closed at %s".formatted(sale.name(), sale.closes());
        }
    }

    /** @param sales the sales that count now, by the new version */
    record Edited(SalesVersions.Version version, List<Sale> sales) implements Told {
        @Override
        public String reason() {
            return "calendar version %d: %s"
                    .formatted(version.number(), sales.isEmpty() ? "no sale now" : named(sales));
        }
    }

    /**
     * @param sales the sales that count now
     * @param was what is not as wanted, for example {@code min was 2}
     */
    record Drift(List<Sale> sales, String was) implements Told {
        @Override
        public String reason() {
            return "drift %s: %s".formatted(sales.isEmpty() ? "outside sales" : "during " + named(sales), was);
        }
    }

    /**
     * The clock has changed the bounds of an ordinary day, and Application Auto Scaling did not, or not yet. It happens
     * every day, so nobody is told.
     */
    record Clock(Timetable.Run run) implements Cause {
        @Override
        public String reason() {
            return "schedule %s ran at %s".formatted(run.entry().name(), run.at());
        }
    }

    static Cause of(CalendarInForce force, Demand demand, Instant now, ServiceState.Known state) {
        var calendar = force.calendar();
        var wanted = demand.wanted(state.service(), now);
        var run = demand.timetable().lastRun(state.service(), now);
        var sales = calendar.at(state.service(), now);
        var edge = calendar.lastEdge(state.service(), now);
        if (edge.isPresent() && isFresh(edge.get().at(), now)) {
            var sale = edge.get().sale();
            return edge.get().begins() ? new WarmUp(sale) : new Over(sale, false);
        }
        var version = force.version();
        if (version.isPresent() && (force.isNew() || isFresh(version.get().modified(), now))) {
            return new Edited(version.get(), sales);
        }
        if (edge.isPresent() && !edge.get().begins() && isAsBefore(edge.get().at(), demand, state, wanted)) {
            return new Over(edge.get().sale(), true);
        }
        if (run.isPresent()
                && (isFresh(run.get().at(), now) || isAsBefore(run.get().at(), demand, state, wanted))) {
            return new Clock(run.get());
        }
        return new Drift(sales, was(state, wanted, demand.suspends(state.service(), now)));
    }

    /** The bounds are still those of the moment before: nobody made the change that was due then. */
    private static boolean isAsBefore(Instant change, Demand demand, ServiceState.Known state, Capacity wanted) {
        var before = demand.wanted(state.service(), change.minusNanos(1));
        return state.bounds().equals(Optional.of(before)) && !before.equals(wanted);
    }

    private static boolean isFresh(Instant edge, Instant now) {
        return edge.plus(FRESH).isAfter(now);
    }

    private static String was(ServiceState.Known state, Capacity wanted, boolean suspended) {
        if (state.bounds().isEmpty()) {
            return "there was no scalable target";
        }
        var bounds = state.bounds().get();
        if (bounds.equals(wanted)) {
            return state.suspended() == suspended
                    ? "desired count was " + state.desired()
                    : "scheduled actions were " + (state.suspended() ? "suspended" : "not suspended");
        }
        var min = bounds.min() == wanted.min() ? "" : "min was " + bounds.min();
        var max = bounds.max() == wanted.max() ? "" : "max was " + bounds.max();
        return min.isEmpty() || max.isEmpty() ? min + max : min + ", " + max;
    }

    static String named(List<Sale> sales) {
        return sales.stream().map(Sale::name).collect(joining(" and ", "sale ", ""));
    }
}
