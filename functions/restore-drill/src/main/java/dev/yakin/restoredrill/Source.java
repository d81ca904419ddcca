package dev.yakin.restoredrill;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to restore.
 *
 * @param database the live database's identifier
 * @param snapshot the newest good automated snapshot
 * @param restorableTo the newest second that can be restored
 * @param copy the ARN of the newest good copy in the second region; looked for only when it is a copy's turn
 */
public record Source(
        String database, Optional<String> snapshot, Optional<Instant> restorableTo, Optional<String> copy) {

    /** What a restore of this kind names: a snapshot, the live database, or a copy's ARN. Empty when there is none. */
    Optional<String> of(Kind kind) {
        return switch (kind) {
            case SNAPSHOT -> snapshot;
            case POINT_IN_TIME -> restorableTo.map(_ -> database);
            case DR_COPY -> copy;
        };
    }
}
