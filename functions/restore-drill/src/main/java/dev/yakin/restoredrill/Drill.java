package dev.yakin.restoredrill;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A drill's instance, or cluster, as RDS describes it: everything that the next step needs stands on the thing itself, so
 * a look in a new process knows as much as the one that began.
 *
 * @param id the identifier of the instance or the cluster
 * @param day the Sunday that it was begun for, on local clocks
 * @param begun when the restore was asked for
 * @param status RDS's own word, or {@link #WITHOUT_MEMBER}; of a cluster and its instance that of the one which is behind
 * @param secret the master's secret; empty before it was asked for
 * @param secretReady whether RDS has filled the secret
 */
public record Drill(
        String id,
        LocalDate day,
        Kind kind,
        Instant begun,
        String status,
        Optional<String> secret,
        boolean secretReady,
        Optional<Place> place) {

    /** The cluster is available, but there is no instance that would answer. */
    public static final String WITHOUT_MEMBER = "without an instance";

    /** Where the restored database answers. */
    public record Place(String host, int port, String database) {}

    /** One that has no instance yet. */
    static Drill without(String id, LocalDate day, Kind kind, Instant begun, String status) {
        return new Drill(id, day, kind, begun, status, Optional.empty(), false, Optional.empty());
    }

    boolean isAvailable() {
        return status.equals("available");
    }

    boolean lacksMember() {
        return status.equals(WITHOUT_MEMBER);
    }

    boolean isGoing() {
        return status.equals("deleting");
    }

    /** Source: RDS User Guide, "Viewing DB instance status": from these it does not come back. */
    boolean isBroken() {
        return status.equals("failed")
                || status.startsWith("incompatible-")
                || status.equals("restore-error")
                || status.equals("insufficient-capacity")
                || status.equals("storage-full")
                || status.startsWith("inaccessible-encryption");
    }
}
