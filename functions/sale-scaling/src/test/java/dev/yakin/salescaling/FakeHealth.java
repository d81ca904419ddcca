package dev.yakin.salescaling;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tasks as a test says they are; of a service that it says nothing about nothing is known. Keeps what was said. */
public final class FakeHealth implements Health {
    private final Map<String, ServiceHealth.Seen> tasks = new HashMap<>();
    private final Map<String, Said> said = new TreeMap<>();

    public void tasks(String service, int running, int healthy, String... reasons) {
        tasks.put(service, new ServiceHealth.Seen(service, running, healthy, List.of(reasons), Optional.empty()));
    }

    public Map<String, Said> said() {
        return said;
    }

    @Override
    public List<ServiceHealth> look(List<String> services, Instant now) {
        return services.stream().filter(tasks::containsKey).map(this::seen).toList();
    }

    private ServiceHealth seen(String service) {
        var seen = tasks.getOrDefault(service, new ServiceHealth.Seen(service, 0, 0, List.of(), Optional.empty()));
        return new ServiceHealth.Seen(
                service, seen.running(), seen.healthy(), seen.reasons(), Optional.ofNullable(said.get(service)));
    }

    @Override
    public void remember(String service, Said what) {
        said.put(service, what);
    }
}
