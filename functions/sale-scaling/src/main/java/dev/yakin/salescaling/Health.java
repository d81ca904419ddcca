package dev.yakin.salescaling;

import java.time.Instant;
import java.util.List;

/** The tasks behind the services, and what was said about them. */
public interface Health {
    /** @param services those that a sale needs now */
    List<ServiceHealth> look(List<String> services, Instant now);

    /** Writes down what was said. */
    void remember(String service, Said said);
}
