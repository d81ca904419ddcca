package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import java.util.Optional;

/** A service as it is. */
public sealed interface ServiceState {
    /** The ECS service's name. */
    String service();

    /**
     * @param bounds of its scalable target; empty when it has none
     * @param desired ECS's desired count, in tasks
     * @param suspended true when its scheduled actions are suspended
     */
    record Known(String service, Optional<Capacity> bounds, int desired, boolean suspended) implements ServiceState {}

    /** dev-shutdown has put it to bed: only dev-shutdown wakes it, whatever the calendar says. */
    record Asleep(String service) implements ServiceState {}

    /** @param cause why ECS cannot scale it, for example {@code MISSING} or {@code INACTIVE} */
    record Unknown(String service, String cause) implements ServiceState {}
}
