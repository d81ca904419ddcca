package dev.yakin.salescaling;

import java.time.Instant;
import java.util.List;

/** Asks for everything that a pre-flight judges. */
public interface SurroundingsReader {
    /** Never fails: what cannot be read is {@link Found.Unreadable}. */
    Surroundings look(List<String> services, Instant now);
}
