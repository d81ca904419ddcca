package dev.yakin.salescaling;

import java.util.List;
import java.util.Optional;

/** What readiness is judged by. */
public sealed interface ServiceHealth {
    /** The service's name in the calendar. */
    String service();

    /**
     * @param healthy tasks that the load balancer sends requests to; for a service without one, those that run
     * @param reasons ECS's own words on what is wrong, the most telling first
     * @param said what people were last told
     */
    record Seen(String service, int running, int healthy, List<String> reasons, Optional<Said> said)
            implements ServiceHealth {
        public Seen {
            reasons = List.copyOf(reasons);
        }

        /** Tasks that count: both running and healthy. */
        int ready() {
            return Math.min(running, healthy);
        }
    }

    /** @param cause why nobody can say */
    record Unseen(String service, String cause) implements ServiceHealth {}
}
