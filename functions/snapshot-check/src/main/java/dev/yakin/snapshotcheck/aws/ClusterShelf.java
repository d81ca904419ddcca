package dev.yakin.snapshotcheck.aws;

import dev.yakin.snapshotcheck.Database;
import dev.yakin.snapshotcheck.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CertificateDetails;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.SourceType;

/**
 * An Aurora cluster and its snapshots.
 *
 * @param maySleep whether RDS's events are read for the last start
 */
record ClusterShelf(RdsClient rds, String id, boolean maySleep) implements Shelf {
    /** Source: Aurora User Guide, "Amazon RDS event categories and event messages for Aurora", RDS-EVENT-0151. */
    private static final String STARTED = "DB cluster started";

    @Override
    public Optional<Described> database() {
        try {
            return rds.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                    .findFirst()
                    .map(found -> new Described(of(found), found.dbClusterArn(), Tags.of(found.tagList())));
        } catch (DbClusterNotFoundException gone) {
            return Optional.empty();
        }
    }

    private Database of(DBCluster found) {
        return new Database(
                id,
                found.status(),
                Optional.ofNullable(found.clusterCreateTime()),
                maySleep ? Starts.last(rds, SourceType.DB_CLUSTER, id, STARTED) : Optional.empty(),
                Objects.requireNonNullElse(found.backupRetentionPeriod(), 0),
                Optional.ofNullable(found.latestRestorableTime()),
                Boolean.TRUE.equals(found.storageEncrypted()),
                Optional.ofNullable(found.kmsKeyId()),
                Boolean.TRUE.equals(found.multiAZ()),
                Boolean.TRUE.equals(found.deletionProtection()),
                Optional.ofNullable(found.certificateDetails()).map(CertificateDetails::validTill),
                found.engineVersion(),
                found.preferredBackupWindow(),
                found.preferredMaintenanceWindow());
    }

    @Override
    public List<Snapshot> snapshots(Instant now) {
        return rds
                .describeDBClusterSnapshotsPaginator(request -> request.dbClusterIdentifier(id))
                .dbClusterSnapshots()
                .stream()
                .map(found -> of(found, now))
                .toList();
    }

    /** A cluster's copy does not say when its data was taken; its name does, but only ours: the copy's time is an upper bound. */
    private Snapshot of(DBClusterSnapshot found, Instant now) {
        return Shelf.snapshot(
                found.dbClusterSnapshotIdentifier(),
                found.dbClusterSnapshotArn(),
                found.snapshotType(),
                found.status(),
                Optional.ofNullable(found.snapshotCreateTime()),
                Optional.empty(),
                Boolean.TRUE.equals(found.storageEncrypted()),
                found.tagList(),
                now,
                () -> sharedWith(found));
    }

    /** Source: RDS API Reference, DescribeDBClusterSnapshotAttributes. */
    private Set<String> sharedWith(DBClusterSnapshot found) {
        var attributes = rds.describeDBClusterSnapshotAttributes(
                request -> request.dbClusterSnapshotIdentifier(found.dbClusterSnapshotIdentifier()));
        return Tags.restorers(attributes.dbClusterSnapshotAttributesResult().dbClusterSnapshotAttributes().stream()
                .filter(attribute -> attribute.attributeName().equals("restore"))
                .flatMap(attribute -> attribute.attributeValues().stream()));
    }

    @Override
    public void create(String snapshot) {
        try {
            rds.createDBClusterSnapshot(request -> request.dbClusterIdentifier(id)
                    .dbClusterSnapshotIdentifier(snapshot)
                    .tags(Tags.ours()));
        } catch (DbClusterSnapshotAlreadyExistsException made) {
            // Another look, or this one before it died, was faster.
        }
    }

    @Override
    public void delete(String snapshot) {
        try {
            rds.deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(snapshot));
        } catch (DbClusterSnapshotNotFoundException gone) {
            // Deleted before.
        }
    }

    @Override
    public void copy(String sourceArn, String sourceRegion, String name, String keyArn) {
        try {
            rds.copyDBClusterSnapshot(request -> request.sourceDBClusterSnapshotIdentifier(sourceArn)
                    .sourceRegion(sourceRegion)
                    .targetDBClusterSnapshotIdentifier(name)
                    .kmsKeyId(keyArn)
                    .tags(Tags.ours()));
        } catch (DbClusterSnapshotAlreadyExistsException made) {
            // Begun before.
        }
    }
}
