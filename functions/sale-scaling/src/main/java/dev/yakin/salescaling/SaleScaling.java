package dev.yakin.salescaling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.yakin.salescaling.SaleAction.GiveUp;
import dev.yakin.salescaling.SaleAction.RaiseDesiredCount;
import dev.yakin.salescaling.SaleAction.SetCapacity;
import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decision: from what is wanted, the time and what was observed to a plan. Same inputs, same plan; an empty plan
 * means that everything is as wanted.
 *
 * <p><b>Notices stand before the change that they announce</b>, and the label that remembers a notice stands behind it.
 * After a change nothing is left to see that it happened: a crash between a change and its notice would be silence. A
 * crash between a notice and its change is only a repeat, because the next look finds the same difference. The repeat
 * has the same id, which is a function of what is announced, so whoever shows notices can fold the two.
 */
public final class SaleScaling {
    private SaleScaling() {}

    public static List<SaleAction> plan(Wanted wanted, Instant now, Observed observed) {
        var voice = new Voice(wanted, now);
        var notices = new FleetNotices(voice);
        var force = CalendarInForce.choose(wanted, observed.sales(), new CalendarNotices(voice));
        var unknown = unknown(observed);
        var raises = observed.raises();
        var isKnown = force.isKnown() && raises.unreadable().isEmpty();
        var demand = new Demand(force.calendar(), raises.timetable(), wanted.baseline(), isKnown);
        var differences = differences(demand, now, observed, force);
        var told = differences.stream()
                .filter(Difference::isTold)
                .collect(groupingBy(notices::id, LinkedHashMap::new, toList()));

        var plan = new ArrayList<SaleAction>(force.says());
        unknown.forEach(service -> plan.add(notices.unknownService(service)));
        told.values().forEach(together -> {
            plan.add(notices.announce(together));
            together.forEach(difference -> plan.add(difference.action()));
        });
        differences.stream()
                .filter(difference -> !difference.isTold())
                .forEach(difference -> plan.add(difference.action()));
        if (force.isKnown()) {
            plan.addAll(new ComingRaises(demand, now).plan(observed.services(), raises));
        }
        var changing = differences.stream().map(one -> one.action().target()).collect(toSet());
        plan.addAll(new Readiness(voice, demand, changing).plan(observed.health()));
        plan.addAll(new SaleMoments(voice, demand, observed).plan());
        plan.addAll(force.then());
        unknown.forEach(service -> plan.add(giveUp(service)));
        return List.copyOf(plan);
    }

    private static List<Difference> differences(Demand demand, Instant now, Observed observed, CalendarInForce force) {
        return known(observed)
                .flatMap(state -> difference(demand, now, state, force).stream())
                .toList();
    }

    private static Optional<Difference> difference(
            Demand demand, Instant now, ServiceState.Known state, CalendarInForce force) {
        var asked = demand.wanted(state.service(), now);
        // Somebody unknown may ask for more: go up, but never down, and suspend and resume nothing.
        var capacity =
                demand.isKnown() ? asked : state.bounds().map(asked::atLeast).orElse(asked);
        var suspended = demand.isKnown() ? demand.suspends(state.service(), now) : state.suspended();
        var isRight = state.bounds().equals(Optional.of(capacity)) && state.suspended() == suspended;
        if (isRight && state.desired() >= capacity.min()) {
            return Optional.empty();
        }
        var cause = Cause.of(force, demand, now, state);
        return Optional.of(isRight ? raise(state, capacity.min(), cause) : set(state, capacity, suspended, cause));
    }

    private static Difference set(ServiceState.Known state, Capacity capacity, boolean suspended, Cause cause) {
        var from = state.bounds().map(Capacity::toString).orElse("-");
        return new Difference(
                new SetCapacity(state.service(), state.bounds(), capacity, suspended, cause.reason()),
                cause,
                from + " → " + capacity);
    }

    /**
     * Application Auto Scaling lifts a desired count that somebody set below the min only with its next scale-out.
     * Source: ECS Developer Guide, "Automatically scale your Amazon ECS service".
     */
    private static Difference raise(ServiceState.Known state, int min, Cause cause) {
        return new Difference(
                new RaiseDesiredCount(state.service(), state.desired(), min, cause.reason()),
                cause,
                "desired %d → %d".formatted(state.desired(), min));
    }

    private static GiveUp giveUp(ServiceState.Unknown service) {
        return new GiveUp(service.service(), "ECS cannot scale the service: " + service.cause());
    }

    private static Stream<ServiceState.Known> known(Observed observed) {
        return observed.services().stream()
                .filter(ServiceState.Known.class::isInstance)
                .map(ServiceState.Known.class::cast);
    }

    private static List<ServiceState.Unknown> unknown(Observed observed) {
        return observed.services().stream()
                .filter(ServiceState.Unknown.class::isInstance)
                .map(ServiceState.Unknown.class::cast)
                .toList();
    }
}
