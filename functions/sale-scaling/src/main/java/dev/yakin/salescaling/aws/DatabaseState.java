package dev.yakin.salescaling.aws;

import static java.util.Comparator.naturalOrder;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Surroundings.Database;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.PendingMaintenanceAction;

/**
 * The shop's database: an RDS instance, or an Aurora cluster.
 *
 * @param identifier of the instance or cluster
 */
record DatabaseState(RdsClient rds, String identifier, boolean isAurora) {
    Found<Database> look() {
        return Ask.some(() -> isAurora ? cluster() : instance());
    }

    /** Databases of restore drills: their names say it. */
    List<String> drills() {
        return rds.describeDBInstancesPaginator().dbInstances().stream()
                .map(DBInstance::dbInstanceIdentifier)
                .filter(name -> name.contains("drill"))
                .toList();
    }

    private Found<Database> instance() {
        var instance = rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                .dbInstances()
                .getFirst();
        var backups = rds
                .describeDBSnapshotsPaginator(
                        request -> request.dbInstanceIdentifier(identifier).snapshotType("automated"))
                .dbSnapshots()
                .stream()
                .filter(snapshot -> snapshot.status().equals("available"))
                .map(DBSnapshot::snapshotCreateTime);
        var connections = MaxConnections.of(instance.dbInstanceClass());
        if (connections.isEmpty()) {
            return new Found.Unreadable<>("the memory of " + instance.dbInstanceClass() + " is not known here");
        }
        return new Found.Is<>(new Database(
                instance.dbInstanceStatus(),
                connections.get(),
                pending(instance.dbInstanceArn()),
                instance.preferredMaintenanceWindow(),
                newest(backups),
                Optional.ofNullable(instance.latestRestorableTime())));
    }

    private Found<Database> cluster() {
        DBCluster cluster = rds.describeDBClusters(request -> request.dbClusterIdentifier(identifier))
                .dbClusters()
                .getFirst();
        var backups = rds
                .describeDBClusterSnapshotsPaginator(
                        request -> request.dbClusterIdentifier(identifier).snapshotType("automated"))
                .dbClusterSnapshots()
                .stream()
                .filter(snapshot -> snapshot.status().equals("available"))
                .map(DBClusterSnapshot::snapshotCreateTime);
        var scaling = cluster.serverlessV2ScalingConfiguration();
        return new Found.Is<>(new Database(
                cluster.status(),
                MaxConnections.serverless(scaling.minCapacity(), scaling.maxCapacity()),
                pending(cluster.dbClusterArn()),
                cluster.preferredMaintenanceWindow(),
                newest(backups),
                Optional.ofNullable(cluster.latestRestorableTime())));
    }

    private List<String> pending(String arn) {
        return rds
                .describePendingMaintenanceActions(request -> request.resourceIdentifier(arn))
                .pendingMaintenanceActions()
                .stream()
                .flatMap(resource -> resource.pendingMaintenanceActionDetails().stream())
                .map(PendingMaintenanceAction::action)
                .toList();
    }

    private static Optional<Instant> newest(Stream<Instant> backups) {
        return backups.filter(Objects::nonNull).max(naturalOrder());
    }
}
