package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Services that keep their state. As Application Auto Scaling does, setting bounds brings the desired count within them;
 * a desired count set by hand stays where it was put.
 */
public final class FakeFleet implements Fleet {
    private final List<String> names;
    private final Map<String, Task> services = new LinkedHashMap<>();
    private @Nullable String failing;

    private record Task(Optional<Capacity> bounds, int desired) {}

    public FakeFleet(Capacity bounds, String... names) {
        this.names = List.of(names);
        this.names.forEach(name -> services.put(name, new Task(Optional.of(bounds), bounds.min())));
    }

    /** A service that ECS has lost; it stays configured. */
    public void forget(String service) {
        services.remove(service);
    }

    public void deregister(String service) {
        services.computeIfPresent(service, (name, was) -> new Task(Optional.empty(), was.desired()));
    }

    /** From now on every change of this service fails; null: none does. */
    public void failOn(@Nullable String service) {
        failing = service;
    }

    public Optional<Capacity> bounds(String service) {
        return Optional.ofNullable(services.get(service)).flatMap(Task::bounds);
    }

    public int desired(String service) {
        return Optional.ofNullable(services.get(service)).map(Task::desired).orElse(0);
    }

    @Override
    public List<ServiceState> look() {
        var states = new ArrayList<ServiceState>();
        for (var name : names) {
            var service = services.get(name);
            states.add(
                    service == null
                            ? new ServiceState.Unknown(name, "MISSING")
                            : new ServiceState.Known(name, service.bounds(), service.desired()));
        }
        return states;
    }

    @Override
    public void setCapacity(String service, Capacity capacity) {
        changing(service);
        var desired = Math.clamp(desired(service), capacity.min(), capacity.max());
        services.put(service, new Task(Optional.of(capacity), desired));
    }

    @Override
    public void setDesiredCount(String service, int desired) {
        changing(service);
        services.computeIfPresent(service, (name, was) -> new Task(was.bounds(), desired));
    }

    private void changing(String service) {
        if (service.equals(failing)) {
            throw new IllegalStateException("ThrottlingException: Rate exceeded");
        }
    }
}
