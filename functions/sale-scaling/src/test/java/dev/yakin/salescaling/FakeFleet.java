package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Services that keep their state. As Application Auto Scaling does, setting bounds brings the desired count within them;
 * a desired count set by hand stays where it was put.
 */
public final class FakeFleet implements Fleet {
    private final List<String> names;
    private final Map<String, Task> services = new LinkedHashMap<>();
    private final Set<String> asleep = new HashSet<>();
    private @Nullable String failing;

    private record Task(Optional<Capacity> bounds, int desired, boolean suspended) {}

    public FakeFleet(Capacity bounds, String... names) {
        this.names = List.of(names);
        this.names.forEach(name -> services.put(name, new Task(Optional.of(bounds), bounds.min(), false)));
    }

    /** A service that ECS has lost; it stays configured. */
    public void forget(String service) {
        services.remove(service);
    }

    public void deregister(String service) {
        services.computeIfPresent(service, (name, was) -> new Task(Optional.empty(), was.desired(), false));
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
            if (service == null) {
                states.add(new ServiceState.Unknown(name, "MISSING"));
            } else if (asleep.contains(name)) {
                states.add(new ServiceState.Asleep(name));
            } else {
                states.add(new ServiceState.Known(name, service.bounds(), service.desired(), service.suspended()));
            }
        }
        return states;
    }

    @Override
    public void setCapacity(String service, Capacity capacity, boolean suspended) {
        changing(service);
        var desired = Math.clamp(desired(service), capacity.min(), capacity.max());
        services.put(service, new Task(Optional.of(capacity), desired, suspended));
    }

    /** A deploy or a hand: what is suspended stays so. */
    public void setCapacity(String service, Capacity capacity) {
        setCapacity(service, capacity, isSuspended(service));
    }

    public boolean isSuspended(String service) {
        return Optional.ofNullable(services.get(service)).map(Task::suspended).orElse(false);
    }

    /** dev-shutdown puts it to bed. */
    public void sleep(String service) {
        setCapacity(service, new Capacity(0, 0));
        asleep.add(service);
    }

    public void wake(String service) {
        asleep.remove(service);
    }

    @Override
    public void setDesiredCount(String service, int desired) {
        changing(service);
        services.computeIfPresent(service, (name, was) -> new Task(was.bounds(), desired, was.suspended()));
    }

    private void changing(String service) {
        if (service.equals(failing)) {
            throw new IllegalStateException("ThrottlingException: Rate exceeded");
        }
    }
}
