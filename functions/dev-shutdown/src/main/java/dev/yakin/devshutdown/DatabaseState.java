package dev.yakin.devshutdown;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * An RDS instance or an Aurora cluster as it is now.
 *
 * @param status in RDS's words
 * @param yenPerHour what it costs while it runs, its storage aside; empty when it is not known
 */
public record DatabaseState(String arn, Kind kind, Tags tags, String status, OptionalDouble yenPerHour) {
    /** Instances and clusters are stopped by other calls. */
    public enum Kind {
        INSTANCE,
        CLUSTER
    }

    /** Queries are answered. Source: RDS User Guide, "Viewing Amazon RDS DB instance status". */
    private static final Set<String> USABLE = Set.of(
            "available",
            "backing-up",
            "configuring-enhanced-monitoring",
            "configuring-iam-database-auth",
            "configuring-log-exports",
            "modifying",
            "storage-config-upgrade",
            "storage-optimization");

    public String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    boolean isUsable() {
        return USABLE.contains(status);
    }

    /** RDS stops only what is available. Source: RDS User Guide, "Stopping an Amazon RDS DB instance temporarily". */
    boolean canBeStopped() {
        return status.equals("available");
    }

    boolean isStopped() {
        return status.equals("stopped");
    }

    boolean isGoingToBed() {
        return isStopped() || status.equals("stopping");
    }
}
