package dev.yakin.devshutdown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The decision: from what is wanted, the time and what was observed to a plan. Same inputs, same plan; an empty plan
 * means that everything sleeps that should, and everything is awake that should be.
 *
 * <p>Notices stand before the change that they announce: the one that says that dev goes to sleep is what keeps the
 * alarms of sleeping resources from waking a person.
 */
public final class DevShutdown {
    /** Asking the load balancer about more services in one look would take too long; the others count as they run. */
    static final int WATCHED = 100;

    private DevShutdown() {}

    /** The services whose health must be looked at: those that have started, until people know that dev is up. */
    public static List<ServiceState> watched(Wanted wanted, Instant now, Observed observed) {
        var wakefulness = new Wakefulness(wanted, now, observed);
        return new Mornings(wakefulness, new Told(observed.told())).isAwaited()
                ? wakefulness.services().stream()
                        .filter(service -> service.desired() > 0 && service.running() >= service.desired())
                        .limit(WATCHED)
                        .toList()
                : List.of();
    }

    /** True when people are to hear about the week, so that what was saved must be looked up. */
    public static boolean needsSavings(Wanted wanted, Instant now, Observed observed) {
        return new Weeks(new Wakefulness(wanted, now, observed), new Told(observed.told())).isDue();
    }

    public static Instant weekBegins(Wanted wanted, Instant now) {
        return Weeks.weekBegins(wanted.hours(), now);
    }

    public static Instant monthBegins(Wanted wanted, Instant now) {
        return Weeks.monthBegins(wanted.hours(), now);
    }

    public static List<DevAction> plan(Wanted wanted, Instant now, Observed observed) {
        var wakefulness = new Wakefulness(wanted, now, observed);
        var told = new Told(observed.told());
        var nights = new Nights(wakefulness);
        var plan = new ArrayList<DevAction>();
        plan.addAll(new Mornings(wakefulness, told).plan());
        plan.addAll(new Irregularities(wakefulness, nights, told).plan());
        plan.addAll(new Mistakes(wakefulness, told).plan());
        plan.addAll(new Weeks(wakefulness, told).plan());
        plan.addAll(nights.plan());
        return List.copyOf(plan);
    }

    /** For the metrics and the log. */
    public static Rest rest(Wanted wanted, Instant now, Observed observed) {
        return Rest.of(new Wakefulness(wanted, now, observed));
    }
}
