package dev.yakin.restoredrill.aws;

import static java.util.Comparator.comparing;

import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.Drill.Place;
import dev.yakin.restoredrill.HomeCopy;
import dev.yakin.restoredrill.Instances;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;

/**
 * The database at RDS as an instance, its backups, and what drills made of them.
 *
 * @param abroad the second region, when its copies are drilled
 */
record RdsInstances(RdsClient rds, Optional<Abroad> abroad, Shape shape, ZoneId zone) implements Instances {
    @Override
    public Source source(Kind turn) {
        return new Source(
                shape.database(),
                newest(rds, "automated").map(DBSnapshot::dbSnapshotIdentifier),
                live().map(DBInstance::latestRestorableTime),
                abroad.filter(_ -> turn == Kind.DR_COPY)
                        .flatMap(there -> newest(there.rds(), "manual"))
                        .map(DBSnapshot::dbSnapshotArn));
    }

    private Optional<DBInstance> live() {
        return rds.describeDBInstances(request -> request.dbInstanceIdentifier(shape.database())).dbInstances().stream()
                .findFirst();
    }

    /** The newest good snapshot of the database; copies are as old as what they are copies of. */
    private Optional<DBSnapshot> newest(RdsClient region, String type) {
        return region
                .describeDBSnapshotsPaginator(request ->
                        request.dbInstanceIdentifier(shape.database()).snapshotType(type))
                .dbSnapshots()
                .stream()
                .filter(one -> "available".equals(one.status()) && taken(one).isPresent())
                .max(comparing(one -> taken(one).orElseThrow()));
    }

    private static Optional<Instant> taken(DBSnapshot one) {
        return Optional.ofNullable(one.originalSnapshotCreateTime())
                .or(() -> Optional.ofNullable(one.snapshotCreateTime()));
    }

    @Override
    public List<Drill> drills() {
        return rds.describeDBInstancesPaginator().dbInstances().stream()
                .flatMap(found -> Marks.read(shape.stack(), found.tagList()).map(marks -> drill(found, marks)).stream())
                .toList();
    }

    private Drill drill(DBInstance found, Marks marks) {
        var secret = Optional.ofNullable(found.masterUserSecret());
        var endpoint = Optional.ofNullable(found.endpoint());
        return new Drill(
                found.dbInstanceIdentifier(),
                marks.day(found.instanceCreateTime(), zone),
                marks.kind(),
                marks.begun(found.instanceCreateTime()),
                found.dbInstanceStatus(),
                secret.map(MasterUserSecret::secretArn),
                secret.map(one -> "active".equals(one.secretStatus())).orElse(false),
                endpoint.map(one -> new Place(one.address(), one.port(), shape.databaseName())));
    }

    @Override
    public List<HomeCopy> copies() {
        return rds.describeDBSnapshotsPaginator(request -> request.snapshotType("manual")).dbSnapshots().stream()
                .flatMap(found -> Marks.read(shape.stack(), found.tagList()).map(marks -> copy(found, marks)).stream())
                .toList();
    }

    private HomeCopy copy(DBSnapshot found, Marks marks) {
        return new HomeCopy(
                found.dbSnapshotIdentifier(),
                marks.day(found.snapshotCreateTime(), zone),
                marks.begun(found.snapshotCreateTime()),
                found.status());
    }

    /** It is encrypted again with the key of the live database: its own one cannot leave its region. */
    @Override
    public void copyHome(String id, LocalDate day, String copyArn, Instant begun) {
        var key = live().map(DBInstance::kmsKeyId).orElse(null);
        try {
            rds.copyDBSnapshot(request -> request.sourceDBSnapshotIdentifier(copyArn)
                    .sourceRegion(abroad.orElseThrow().region())
                    .targetDBSnapshotIdentifier(id)
                    .kmsKeyId(key)
                    .tags(Marks.of(shape.stack(), day, Kind.DR_COPY, begun)));
        } catch (DbSnapshotAlreadyExistsException made) {
            // Begun before; the next look finds it.
        }
    }

    @Override
    public void restore(String id, LocalDate day, Kind kind, String from, Instant begun) {
        var tags = Marks.of(shape.stack(), day, kind, begun);
        try {
            switch (kind) {
                case SNAPSHOT, DR_COPY ->
                    rds.restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(id)
                            .dbSnapshotIdentifier(from)
                            .dbInstanceClass(shape.instanceClass())
                            .dbSubnetGroupName(shape.subnetGroup())
                            .vpcSecurityGroupIds(shape.securityGroup())
                            .dbParameterGroupName(shape.parameterGroup())
                            .publiclyAccessible(false)
                            .multiAZ(false)
                            .deletionProtection(false)
                            .copyTagsToSnapshot(false)
                            .tags(tags));
                case POINT_IN_TIME ->
                    rds.restoreDBInstanceToPointInTime(request -> request.targetDBInstanceIdentifier(id)
                            .sourceDBInstanceIdentifier(from)
                            .useLatestRestorableTime(true)
                            .dbInstanceClass(shape.instanceClass())
                            .dbSubnetGroupName(shape.subnetGroup())
                            .vpcSecurityGroupIds(shape.securityGroup())
                            .dbParameterGroupName(shape.parameterGroup())
                            .publiclyAccessible(false)
                            .multiAZ(false)
                            .deletionProtection(false)
                            .copyTagsToSnapshot(false)
                            .tags(tags));
            }
        } catch (DbInstanceAlreadyExistsException made) {
            // Begun before; the next look finds it.
        }
    }

    @Override
    public void addMember(String id, LocalDate day, Kind kind, Instant begun) {
        throw new IllegalStateException(id + " is an instance itself");
    }

    /**
     * RDS makes a password that nobody has seen. No backups of a drill: they would cost, and be left behind.
     *
     * <p>Source: RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager".
     */
    @Override
    public void setCredentials(String id) {
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(id)
                .manageMasterUserPassword(true)
                .backupRetentionPeriod(0)
                .applyImmediately(true));
    }

    @Override
    public void delete(String id) {
        unlessGoing(() -> rds.deleteDBInstance(request ->
                request.dbInstanceIdentifier(id).skipFinalSnapshot(true).deleteAutomatedBackups(true)));
    }

    /** Deletes an instance; one that is gone or going is no error. */
    static void unlessGoing(Runnable deletion) {
        try {
            deletion.run();
        } catch (DbInstanceNotFoundException gone) {
            // Deleted before.
        } catch (InvalidDbInstanceStateException busy) {
            if (!String.valueOf(busy.getMessage()).contains("already being deleted")) {
                throw busy;
            }
        }
    }

    /** One that is still being copied is cancelled by this. Source: RDS User Guide, "Copying a DB snapshot". */
    @Override
    public void deleteCopy(String id) {
        try {
            rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(id));
        } catch (DbSnapshotNotFoundException gone) {
            // Deleted before.
        }
    }
}
