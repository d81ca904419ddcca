package dev.yakin.salescaling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scheduled actions that keep their state; those of the past stay, as in Application Auto Scaling. */
public final class FakeRaises implements Raises {
    private final Map<String, ScheduledRaise> raises = new TreeMap<>();
    private Optional<String> unreadable = Optional.empty();

    public void deny() {
        unreadable = Optional.of("AccessDeniedException");
    }

    public List<ScheduledRaise> all() {
        return List.copyOf(raises.values());
    }

    @Override
    public Left look() {
        return unreadable.isPresent() ? new Left(List.of(), unreadable) : new Left(all(), unreadable);
    }

    @Override
    public void put(ScheduledRaise raise) {
        raises.put(raise.service() + "/" + raise.name(), raise);
    }

    @Override
    public void delete(ScheduledRaise raise) {
        raises.remove(raise.service() + "/" + raise.name());
    }
}
