package dev.yakin.restoredrill.aws;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.Drill.Place;
import dev.yakin.restoredrill.Instances;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Source;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;
import software.amazon.awssdk.services.rds.model.Tag;

/** Drill instances at RDS. What a drill has to remember stands in its tags, from the moment that it exists. */
record RdsInstances(RdsClient rds, Shape shape, ZoneId zone) implements Instances {
    /** By this tag an instance is a drill of a stack; the role may change and delete no other. */
    static final String DRILL = "yakin:drill";

    private static final String DAY = "yakin:drill-day";
    private static final String KIND = "yakin:drill-kind";
    private static final String BEGUN = "yakin:drill-begun";

    /**
     * What a drill instance looks like.
     *
     * @param instanceClass the smallest that fits
     * @param databaseName that is looked into; RDS names none for a database that was itself restored
     */
    record Shape(
            String stack,
            String database,
            String databaseName,
            String instanceClass,
            String subnetGroup,
            String securityGroup,
            String parameterGroup) {}

    @Override
    public Source source() {
        var live =
                rds
                        .describeDBInstances(request -> request.dbInstanceIdentifier(shape.database()))
                        .dbInstances()
                        .stream()
                        .findFirst();
        var snapshot = rds
                .describeDBSnapshotsPaginator(request ->
                        request.dbInstanceIdentifier(shape.database()).snapshotType("automated"))
                .dbSnapshots()
                .stream()
                .filter(one -> "available".equals(one.status()) && one.snapshotCreateTime() != null)
                .max(comparing(DBSnapshot::snapshotCreateTime))
                .map(DBSnapshot::dbSnapshotIdentifier);
        return new Source(shape.database(), snapshot, live.map(DBInstance::latestRestorableTime));
    }

    @Override
    public List<Drill> drills() {
        return rds.describeDBInstancesPaginator().dbInstances().stream()
                .flatMap(found -> drill(found).stream())
                .toList();
    }

    private Optional<Drill> drill(DBInstance found) {
        var tags = found.tagList().stream().collect(toMap(Tag::key, Tag::value));
        if (!shape.stack().equals(tags.get(DRILL))) {
            return Optional.empty();
        }
        var secret = Optional.ofNullable(found.masterUserSecret());
        var endpoint = Optional.ofNullable(found.endpoint());
        return Optional.of(new Drill(
                found.dbInstanceIdentifier(),
                day(tags, found),
                Kind.ofWord(tags.getOrDefault(KIND, "")),
                begun(tags, found),
                found.dbInstanceStatus(),
                secret.map(MasterUserSecret::secretArn),
                secret.map(one -> "active".equals(one.secretStatus())).orElse(false),
                endpoint.map(one -> new Place(one.address(), one.port(), shape.databaseName()))));
    }

    /** A hand may have changed the tags: then the instance's own time tells how old it is, and so when it goes. */
    private static Instant begun(Map<String, String> tags, DBInstance found) {
        try {
            return Instant.parse(tags.getOrDefault(BEGUN, ""));
        } catch (DateTimeException e) {
            return Objects.requireNonNullElse(found.instanceCreateTime(), Instant.EPOCH);
        }
    }

    private LocalDate day(Map<String, String> tags, DBInstance found) {
        try {
            return LocalDate.parse(tags.getOrDefault(DAY, ""));
        } catch (DateTimeException e) {
            return begun(tags, found).atZone(zone).toLocalDate();
        }
    }

    @Override
    public void restore(String id, LocalDate day, Kind kind, Source source, Instant begun) {
        var tags = List.of(
                tag(DRILL, shape.stack()),
                tag(DAY, day.toString()),
                tag(KIND, kind.word()),
                tag(BEGUN, begun.toString()));
        try {
            switch (kind) {
                case SNAPSHOT ->
                    rds.restoreDBInstanceFromDBSnapshot(request -> request.dbInstanceIdentifier(id)
                            .dbSnapshotIdentifier(source.snapshot().orElseThrow())
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
                            .sourceDBInstanceIdentifier(source.database())
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
        try {
            rds.deleteDBInstance(request ->
                    request.dbInstanceIdentifier(id).skipFinalSnapshot(true).deleteAutomatedBackups(true));
        } catch (DbInstanceNotFoundException gone) {
            // Deleted before.
        } catch (InvalidDbInstanceStateException busy) {
            if (!String.valueOf(busy.getMessage()).contains("already being deleted")) {
                throw busy;
            }
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
