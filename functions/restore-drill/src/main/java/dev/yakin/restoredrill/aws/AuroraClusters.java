package dev.yakin.restoredrill.aws;

import static java.util.stream.Collectors.toSet;

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
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;

/** The database at Aurora, and what drills made of its backups: clusters with one instance each. */
record AuroraClusters(RdsClient rds, ClusterSnapshots snapshots, Shape shape, ZoneId zone) implements Instances {
    private static final String ENGINE = "aurora-postgresql";

    /** From the least to the 4 GiB that a count of all rows may take; above zero, so that it does not fall asleep. */
    private static final ServerlessV2ScalingConfiguration CAPACITY = ServerlessV2ScalingConfiguration.builder()
            .minCapacity(0.5)
            .maxCapacity(2.0)
            .build();

    /** Aurora cannot do without: 1 is the least. Source: RDS API Reference, ModifyDBCluster. */
    private static final int DAYS_OF_BACKUPS = 1;

    @Override
    public Source source(Kind turn) {
        return new Source(
                shape.database(),
                snapshots.automated(),
                cluster(shape.database()).map(DBCluster::latestRestorableTime),
                turn == Kind.DR_COPY ? snapshots.copied() : Optional.empty());
    }

    private Optional<DBCluster> cluster(String id) {
        try {
            return rds.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                    .findFirst();
        } catch (DbClusterNotFoundException gone) {
            return Optional.empty();
        }
    }

    /** The clusters, and every marked instance that belongs to none of them. */
    @Override
    public List<Drill> drills() {
        var clusters = rds.describeDBClustersPaginator().dbClusters().stream()
                .filter(found -> marks(found).isPresent())
                .toList();
        var instances =
                rds.describeDBInstancesPaginator().dbInstances().stream().toList();
        var ids = clusters.stream().map(DBCluster::dbClusterIdentifier).collect(toSet());
        return Stream.concat(
                        clusters.stream().map(found -> drill(found, instances)),
                        instances.stream()
                                .filter(found -> !ids.contains(String.valueOf(found.dbClusterIdentifier())))
                                .flatMap(found -> astray(found).stream()))
                .toList();
    }

    private Optional<Marks> marks(DBCluster found) {
        return Marks.read(shape.stack(), found.tagList());
    }

    private Drill drill(DBCluster found, List<DBInstance> instances) {
        var marks = marks(found).orElseThrow();
        var secret = Optional.ofNullable(found.masterUserSecret());
        return new Drill(
                found.dbClusterIdentifier(),
                marks.day(found.clusterCreateTime(), zone),
                marks.kind(),
                marks.begun(found.clusterCreateTime()),
                status(found, instances),
                secret.map(MasterUserSecret::secretArn),
                secret.map(one -> "active".equals(one.secretStatus())).orElse(false),
                Optional.ofNullable(found.endpoint()).map(host -> new Place(host, found.port(), shape.databaseName())));
    }

    /** Of the cluster and its instance the one that is behind. */
    private static String status(DBCluster cluster, List<DBInstance> instances) {
        if (!"available".equals(cluster.status())) {
            return cluster.status();
        }
        return instances.stream()
                .filter(one -> cluster.dbClusterIdentifier().equals(one.dbClusterIdentifier()))
                .map(DBInstance::dbInstanceStatus)
                .findFirst()
                .orElse(Drill.WITHOUT_MEMBER);
    }

    /** A marked instance that has lost its cluster, or never had one: it only waits for its end. */
    private Optional<Drill> astray(DBInstance found) {
        var status = "deleting".equals(found.dbInstanceStatus()) ? "deleting" : "without its cluster";
        return Marks.read(shape.stack(), found.tagList())
                .map(marks -> new Drill(
                        found.dbInstanceIdentifier(),
                        marks.day(found.instanceCreateTime(), zone),
                        marks.kind(),
                        marks.begun(found.instanceCreateTime()),
                        status,
                        Optional.empty(),
                        false,
                        Optional.empty()));
    }

    @Override
    public void restore(String id, LocalDate day, Kind kind, String from, Instant begun) {
        var tags = Marks.of(shape.stack(), day, kind, begun);
        try {
            switch (kind) {
                case SNAPSHOT, DR_COPY ->
                    rds.restoreDBClusterFromSnapshot(request -> request.dbClusterIdentifier(id)
                            .snapshotIdentifier(from)
                            .engine(ENGINE)
                            .serverlessV2ScalingConfiguration(CAPACITY)
                            .dbSubnetGroupName(shape.subnetGroup())
                            .vpcSecurityGroupIds(shape.securityGroup())
                            .dbClusterParameterGroupName(shape.parameterGroup())
                            .deletionProtection(false)
                            .copyTagsToSnapshot(false)
                            .tags(tags));
                case POINT_IN_TIME ->
                    rds.restoreDBClusterToPointInTime(request -> request.dbClusterIdentifier(id)
                            .sourceDBClusterIdentifier(from)
                            .useLatestRestorableTime(true)
                            .serverlessV2ScalingConfiguration(CAPACITY)
                            .dbSubnetGroupName(shape.subnetGroup())
                            .vpcSecurityGroupIds(shape.securityGroup())
                            .dbClusterParameterGroupName(shape.parameterGroup())
                            .deletionProtection(false)
                            .copyTagsToSnapshot(false)
                            .tags(tags));
            }
        } catch (DbClusterAlreadyExistsException made) {
            // Begun before; the next look finds it.
        }
    }

    /** RDS takes it only when the cluster is available. Source: RDS API Reference, RestoreDBClusterFromSnapshot. */
    @Override
    public void addMember(String id, LocalDate day, Kind kind, Instant begun) {
        try {
            rds.createDBInstance(request -> request.dbInstanceIdentifier(id + "-1")
                    .dbClusterIdentifier(id)
                    .engine(ENGINE)
                    .dbInstanceClass(shape.instanceClass())
                    .publiclyAccessible(false)
                    .tags(Marks.of(shape.stack(), day, kind, begun)));
        } catch (DbInstanceAlreadyExistsException made) {
            // Begun before; the next look finds it.
        }
    }

    /**
     * RDS makes a password that nobody has seen.
     *
     * <p>Source: Aurora User Guide, "Password management with Amazon Aurora and AWS Secrets Manager".
     */
    @Override
    public void setCredentials(String id) {
        rds.modifyDBCluster(request -> request.dbClusterIdentifier(id)
                .manageMasterUserPassword(true)
                .backupRetentionPeriod(DAYS_OF_BACKUPS)
                .applyImmediately(true));
    }

    /**
     * The instances first: RDS refuses to delete a cluster with one that is not on its way, too.
     *
     * <p>Source: AWS CLI Command Reference, rds delete-db-instance, "To delete a DB instance in a DB cluster".
     */
    @Override
    public void delete(String id) {
        var found = cluster(id);
        if (found.isEmpty()) {
            deleteMember(id);
            return;
        }
        found.get().dbClusterMembers().forEach(member -> deleteMember(member.dbInstanceIdentifier()));
        if ("deleting".equals(found.get().status())) {
            return;
        }
        try {
            rds.deleteDBCluster(request ->
                    request.dbClusterIdentifier(id).skipFinalSnapshot(true).deleteAutomatedBackups(true));
        } catch (DbClusterNotFoundException gone) {
            // Deleted meanwhile.
        }
    }

    private void deleteMember(String id) {
        RdsInstances.unlessGoing(() ->
                rds.deleteDBInstance(request -> request.dbInstanceIdentifier(id).skipFinalSnapshot(true)));
    }

    @Override
    public List<HomeCopy> copies() {
        return snapshots.copies();
    }

    @Override
    public void copyHome(String id, LocalDate day, String copyArn, Instant begun) {
        snapshots.copyHome(id, day, copyArn, begun, cluster(shape.database()).map(DBCluster::kmsKeyId));
    }

    @Override
    public void deleteCopy(String id) {
        snapshots.delete(id);
    }
}
