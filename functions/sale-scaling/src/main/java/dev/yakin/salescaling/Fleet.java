package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import java.util.List;

/** The services that are scaled. */
public interface Fleet {
    /** Every configured service, in the configured order. */
    List<ServiceState> look();

    /**
     * Sets the bounds; registers the service where it is not scalable yet.
     *
     * @param suspended whether its scheduled actions are suspended from then on
     */
    void setCapacity(String service, Capacity capacity, boolean suspended);

    void setDesiredCount(String service, int desired);
}
