package dev.yakin.salescaling;

import dev.yakin.salescaling.SaleAction.DeleteScheduledRaise;
import dev.yakin.salescaling.SaleAction.GiveUp;
import dev.yakin.salescaling.SaleAction.PutScheduledRaise;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the raises that are left with Application Auto Scaling in step with the calendar. Only raises: a lowering that
 * nobody watches could hit a sale that was extended. A look does the raise first and tells people; what was left behind
 * finds nothing to change then.
 */
record ComingRaises(Demand demand, Instant now) {
    /** How long the function may be unable to run before a sale opens unscaled. */
    private static final Duration AHEAD = Duration.ofDays(7);

    /** Two looks, which do the same and tell it, come before; of a short warm-up half is left for the tasks to start. */
    private static final Duration AFTER_THE_LOOKS = Duration.ofMinutes(10);

    /** A sleeping service is left nothing that would wake it. */
    List<SaleAction> plan(List<ServiceState> states, Raises.Left left) {
        if (left.unreadable().isPresent()) {
            var reason =
                    "the scheduled actions cannot be read: " + left.unreadable().get();
            return List.of(new GiveUp("scheduled actions", reason));
        }
        var services = states.stream()
                .filter(state -> !(state instanceof ServiceState.Unknown))
                .map(ServiceState::service)
                .toList();
        var needed = states.stream()
                .filter(ServiceState.Known.class::isInstance)
                .map(ServiceState::service)
                .flatMap(this::needed)
                .toList();
        var plan = new ArrayList<SaleAction>();
        needed.stream()
                .filter(raise -> !left.raises().contains(raise))
                .map(raise -> new PutScheduledRaise(raise, "the sale must open scaled even if no look happens"))
                .forEach(plan::add);
        left.raises().stream()
                .filter(raise -> services.contains(raise.service()))
                .filter(raise -> needed.stream().noneMatch(one -> isSame(one, raise)))
                .map(raise -> new DeleteScheduledRaise(raise, "the calendar has no such raise to come"))
                .forEach(plan::add);
        return plan;
    }

    private Stream<ScheduledRaise> needed(String service) {
        return demand.calendar().sales().stream()
                .filter(sale -> sale.covers(service))
                .map(sale -> raise(sale, service))
                .filter(raise -> raise.at().isAfter(now) && !raise.at().isAfter(now.plus(AHEAD)));
    }

    private ScheduledRaise raise(Sale sale, String service) {
        var half = sale.warmUp().dividedBy(2);
        var later = half.compareTo(AFTER_THE_LOOKS) < 0 ? half : AFTER_THE_LOOKS;
        var at = sale.begins().plus(later).truncatedTo(ChronoUnit.SECONDS);
        var name = Raises.PREFIX + escaped(sale.name()) + "-" + service;
        return new ScheduledRaise(name, service, at, demand.wanted(service, at));
    }

    private static boolean isSame(ScheduledRaise one, ScheduledRaise other) {
        return one.name().equals(other.name()) && one.service().equals(other.service());
    }

    /** Source: Application Auto Scaling API Reference, PutScheduledAction (a name holds no colon, slash or bar). */
    private static String escaped(String name) {
        return name.replace("%", "%25").replace(":", "%3A").replace("/", "%2F").replace("|", "%7C");
    }
}
