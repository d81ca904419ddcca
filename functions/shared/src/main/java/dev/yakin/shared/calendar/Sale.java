package dev.yakin.shared.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * One sale of the calendar.
 *
 * @param warmUp how long before the doors open the capacity must be there
 * @param services the ECS services that it covers
 */
public record Sale(
        String name, Instant opens, Instant closes, Capacity capacity, Duration warmUp, Set<String> services) {
    public Sale {
        if (!closes.isAfter(opens)) {
            throw new IllegalArgumentException("sale %s closes before it opens".formatted(name));
        }
        services = Set.copyOf(services);
    }

    public boolean covers(String service) {
        return services.contains(service);
    }

    /** When the capacity goes up: the warm-up before the doors open. */
    public Instant begins() {
        return opens.minus(warmUp);
    }

    /**
     * True from the begin of the warm-up, included, until the doors close, excluded. It is one span, not "open now or
     * open in {@code warmUp}": that would drop the fleet inside a sale that is shorter than its warm-up.
     */
    public boolean needsCapacityAt(Instant time) {
        return !time.isBefore(begins()) && time.isBefore(closes);
    }
}
