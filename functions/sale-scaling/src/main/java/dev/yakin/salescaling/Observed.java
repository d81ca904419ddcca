package dev.yakin.salescaling;

import java.util.List;

/** What a look found. */
public record Observed(SalesVersions sales, List<ServiceState> services) {
    public Observed {
        services = List.copyOf(services);
    }
}
