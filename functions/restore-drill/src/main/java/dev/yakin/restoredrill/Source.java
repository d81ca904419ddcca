package dev.yakin.restoredrill;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to restore.
 *
 * @param database the live database's identifier
 * @param snapshot the newest good automated snapshot
 * @param restorableTo the newest second that can be restored
 */
public record Source(String database, Optional<String> snapshot, Optional<Instant> restorableTo) {}
