package dev.yakin.snapshotcheck;

import java.time.Instant;
import java.util.Optional;

/**
 * The database whose backups are judged: a DB instance or an Aurora cluster, as RDS describes it.
 *
 * @param status RDS's own word, for example {@code available}
 * @param created when RDS made it; empty while it is being made
 * @param awakeSince when it was last started after a stop, as far as RDS still remembers (14 days)
 * @param retentionDays days of automated backups, 0 when they are off
 * @param restorableTo the newest second that can be restored; empty before the first backup
 * @param keyId the KMS key of its storage; empty when it is not encrypted
 * @param certificateEnds when its server certificate expires; empty where RDS names none (Aurora clusters)
 * @param engineVersion for example {@code 17.9}
 * @param backupWindow UTC, for example {@code 18:00-19:00}
 * @param maintenanceWindow UTC, for example {@code sun:19:30-sun:20:30}
 */
public record Database(
        String id,
        String status,
        Optional<Instant> created,
        Optional<Instant> awakeSince,
        int retentionDays,
        Optional<Instant> restorableTo,
        boolean encrypted,
        Optional<String> keyId,
        boolean multiAz,
        boolean deletionProtection,
        Optional<Instant> certificateEnds,
        String engineVersion,
        String backupWindow,
        String maintenanceWindow) {

    boolean isAsleep() {
        return status.equals("stopped") || status.equals("stopping") || status.equals("starting");
    }

    /** Since when it can have made backups without a break: its creation or its last start. */
    Optional<Instant> runningSince() {
        return awakeSince.or(() -> created);
    }
}
