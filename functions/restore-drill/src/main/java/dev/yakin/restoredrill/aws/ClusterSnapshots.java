package dev.yakin.restoredrill.aws;

import static java.util.Comparator.comparing;

import dev.yakin.restoredrill.HomeCopy;
import dev.yakin.restoredrill.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;

/**
 * The backups of an Aurora cluster, and the copies that drills made of them.
 *
 * @param abroad the second region, when its copies are drilled
 */
record ClusterSnapshots(RdsClient rds, Optional<Abroad> abroad, Shape shape, ZoneId zone) {
    Optional<String> automated() {
        return newest(rds, "automated").map(DBClusterSnapshot::dbClusterSnapshotIdentifier);
    }

    /** The ARN of the newest copy in the second region. */
    Optional<String> copied() {
        return abroad.flatMap(there -> newest(there.rds(), "manual")).map(DBClusterSnapshot::dbClusterSnapshotArn);
    }

    /** The newest good snapshot of the database. Unlike an instance's, a copy does not say how old its source is. */
    private Optional<DBClusterSnapshot> newest(RdsClient region, String type) {
        return region
                .describeDBClusterSnapshotsPaginator(
                        request -> request.dbClusterIdentifier(shape.database()).snapshotType(type))
                .dbClusterSnapshots()
                .stream()
                .filter(one -> "available".equals(one.status()) && one.snapshotCreateTime() != null)
                .max(comparing(DBClusterSnapshot::snapshotCreateTime));
    }

    List<HomeCopy> copies() {
        return rds
                .describeDBClusterSnapshotsPaginator(request -> request.snapshotType("manual"))
                .dbClusterSnapshots()
                .stream()
                .flatMap(found -> Marks.read(shape.stack(), found.tagList()).map(marks -> copy(found, marks)).stream())
                .toList();
    }

    private HomeCopy copy(DBClusterSnapshot found, Marks marks) {
        return new HomeCopy(
                found.dbClusterSnapshotIdentifier(),
                marks.day(found.snapshotCreateTime(), zone),
                marks.begun(found.snapshotCreateTime()),
                found.status());
    }

    /** It is encrypted again with the key of the live database: its own one cannot leave its region. */
    void copyHome(String id, LocalDate day, String copyArn, Instant begun, Optional<String> key) {
        try {
            rds.copyDBClusterSnapshot(request -> request.sourceDBClusterSnapshotIdentifier(copyArn)
                    .sourceRegion(abroad.orElseThrow().region())
                    .targetDBClusterSnapshotIdentifier(id)
                    .kmsKeyId(key.orElse(null))
                    .tags(Marks.of(shape.stack(), day, Kind.DR_COPY, begun)));
        } catch (DbClusterSnapshotAlreadyExistsException made) {
            // Begun before; the next look finds it.
        }
    }

    void delete(String id) {
        try {
            rds.deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(id));
        } catch (DbClusterSnapshotNotFoundException gone) {
            // Deleted before.
        }
    }
}
