package dev.yakin.salescaling;

import java.util.List;

/**
 * What a look found.
 *
 * @param health of the services that {@link SaleScaling#watched} names
 */
public record Observed(SalesVersions sales, List<ServiceState> services, List<ServiceHealth> health) {
    public Observed {
        services = List.copyOf(services);
        health = List.copyOf(health);
    }
}
