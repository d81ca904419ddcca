package dev.yakin.salescaling;

import java.util.List;

/**
 * What a look found.
 *
 * @param health of the services that {@link SaleScaling#watched} names
 * @param raises what is left with Application Auto Scaling
 */
public record Observed(
        SalesVersions sales, List<ServiceState> services, List<ServiceHealth> health, Raises.Left raises) {
    public Observed {
        services = List.copyOf(services);
        health = List.copyOf(health);
    }
}
