package dev.yakin.salescaling;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look found.
 *
 * @param health of the services that {@link Agenda#watched} names
 * @param raises what is left with Application Auto Scaling
 * @param told what people know already
 * @param agenda what they may have to be told
 * @param surroundings when a pre-flight or a report is due
 * @param traffic of the sales that are open or just over
 */
public record Observed(
        SalesVersions sales,
        List<ServiceState> services,
        List<ServiceHealth> health,
        Raises.Left raises,
        Found<Told> told,
        Agenda agenda,
        Optional<Surroundings> surroundings,
        Map<Moment, Found<Traffic>> traffic) {
    public Observed {
        services = List.copyOf(services);
        health = List.copyOf(health);
        traffic = Map.copyOf(traffic);
    }
}
