package dev.yakin.snapshotcheck;

import java.time.Instant;
import java.util.Set;

/**
 * A snapshot of the database, in the stack's region or a copy of it in another one.
 *
 * @param arn by which another region names it
 * @param automated made by RDS in the backup window, and deleted by RDS
 * @param status RDS's own word: {@code creating}, {@code copying}, {@code available}, {@code failed}
 * @param begun when this snapshot or copy was begun
 * @param taken the moment whose data it holds, also for a copy
 * @param isOurs made by this function, by its tag
 * @param sharedWith accounts that may restore it; {@code all} is everybody
 */
public record Snapshot(
        String name,
        String arn,
        boolean automated,
        String status,
        Instant begun,
        Instant taken,
        boolean encrypted,
        boolean isOurs,
        Set<String> sharedWith) {
    public Snapshot {
        sharedWith = Set.copyOf(sharedWith);
    }

    boolean isGood() {
        return status.equals("available");
    }

    boolean isUnderWay() {
        return status.equals("creating") || status.equals("copying") || status.equals("pending");
    }

    /** Neither usable nor about to be, for example {@code failed} or {@code incompatible-restore}. */
    boolean isBroken() {
        return !isGood() && !isUnderWay() && !status.equals("deleting");
    }
}
