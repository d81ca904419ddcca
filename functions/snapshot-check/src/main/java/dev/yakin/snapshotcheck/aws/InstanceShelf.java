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
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.SourceType;

/**
 * A DB instance and its snapshots.
 *
 * @param maySleep whether RDS's events are read for the last start
 */
record InstanceShelf(RdsClient rds, String id, boolean maySleep) implements Shelf {
    /** Source: RDS User Guide, "Amazon RDS event categories and event messages", RDS-EVENT-0088. */
    private static final String STARTED = "DB instance started";

    @Override
    public Optional<Described> database() {
        try {
            return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                    .findFirst()
                    .map(found -> new Described(of(found), found.dbInstanceArn(), Tags.of(found.tagList())));
        } catch (DbInstanceNotFoundException gone) {
            return Optional.empty();
        }
    }

    private Database of(DBInstance found) {
        return new Database(
                id,
                found.dbInstanceStatus(),
                Optional.ofNullable(found.instanceCreateTime()),
                maySleep ? Starts.last(rds, SourceType.DB_INSTANCE, id, STARTED) : Optional.empty(),
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
        return rds.describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(id)).dbSnapshots().stream()
                .map(found -> of(found, now))
                .toList();
    }

    private Snapshot of(DBSnapshot found, Instant now) {
        return Shelf.snapshot(
                found.dbSnapshotIdentifier(),
                found.dbSnapshotArn(),
                found.snapshotType(),
                found.status(),
                Optional.ofNullable(found.snapshotCreateTime()),
                Optional.ofNullable(found.originalSnapshotCreateTime()),
                Boolean.TRUE.equals(found.encrypted()),
                found.tagList(),
                now,
                () -> sharedWith(found));
    }

    /** Source: RDS API Reference, DescribeDBSnapshotAttributes: {@code restore} lists accounts, {@code all} is public. */
    private Set<String> sharedWith(DBSnapshot found) {
        var attributes =
                rds.describeDBSnapshotAttributes(request -> request.dbSnapshotIdentifier(found.dbSnapshotIdentifier()));
        return Tags.restorers(attributes.dbSnapshotAttributesResult().dbSnapshotAttributes().stream()
                .filter(attribute -> attribute.attributeName().equals("restore"))
                .flatMap(attribute -> attribute.attributeValues().stream()));
    }

    @Override
    public void create(String snapshot) {
        try {
            rds.createDBSnapshot(request -> request.dbInstanceIdentifier(id)
                    .dbSnapshotIdentifier(snapshot)
                    .tags(Tags.ours()));
        } catch (DbSnapshotAlreadyExistsException made) {
            // Another look, or this one before it died, was faster.
        }
    }

    @Override
    public void delete(String snapshot) {
        try {
            rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(snapshot));
        } catch (DbSnapshotNotFoundException gone) {
            // Deleted before.
        }
    }

    @Override
    public void copy(String sourceArn, String sourceRegion, String name, String keyArn) {
        try {
            rds.copyDBSnapshot(request -> request.sourceDBSnapshotIdentifier(sourceArn)
                    .sourceRegion(sourceRegion)
                    .targetDBSnapshotIdentifier(name)
                    .kmsKeyId(keyArn)
                    .tags(Tags.ours()));
        } catch (DbSnapshotAlreadyExistsException made) {
            // Begun before.
        }
    }
}
