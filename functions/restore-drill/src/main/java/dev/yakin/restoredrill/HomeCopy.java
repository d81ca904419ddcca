package dev.yakin.restoredrill;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A copy of the second region that a drill copied home: the shop has a network only here. It has the identifier of the
 * drill, whose instance is restored from it, and goes with the drill.
 *
 * @param day the Sunday that it was begun for, on local clocks
 * @param begun when the copy was asked for: the time to restore counts from then
 * @param status RDS's own word
 */
public record HomeCopy(String id, LocalDate day, Instant begun, String status) {
    boolean isAvailable() {
        return status.equals("available");
    }

    boolean isGoing() {
        return status.equals("deleting");
    }

    boolean isBroken() {
        return status.equals("failed") || status.startsWith("incompatible-");
    }

    /** The drill that it belongs to, before its instance is there. */
    Drill drill() {
        return Drill.without(id, day, Kind.DR_COPY, begun, status);
    }
}
