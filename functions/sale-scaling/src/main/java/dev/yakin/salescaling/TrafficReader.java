package dev.yakin.salescaling;

import java.time.Instant;
import java.util.List;

/** What customers brought. */
public interface TrafficReader {
    /**
     * Never fails: what cannot be read is {@link Found.Unreadable}.
     *
     * @param from included
     * @param until excluded
     */
    Found<Traffic> look(List<String> services, Instant from, Instant until);
}
