package dev.yakin.snapshotcheck.aws;

import dev.yakin.snapshotcheck.Database;
import dev.yakin.snapshotcheck.Said;
import dev.yakin.snapshotcheck.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

/** The calls that RDS has twice: for DB instances and for Aurora clusters, in one region. */
interface Shelf {
    /** By this tag a snapshot is ours; the role may delete no other. */
    String MADE_BY = "yakin:made-by";

    String US = "snapshot-check";

    /** The tag of the database that holds what people were told. */
    String SAID = "yakin:backups-said";

    /** The database with its tags; empty when RDS does not know it. */
    Optional<Described> database();

    List<Snapshot> snapshots(Instant now);

    void create(String snapshot);

    void delete(String snapshot);

    /** Copies a snapshot of another region to here. */
    void copy(String sourceArn, String sourceRegion, String name, String keyArn);

    RdsClient rds();

    /** Writes down on the database what people were told. */
    default void remember(String databaseArn, Said said) {
        rds().addTagsToResource(request -> request.resourceName(databaseArn).tags(Tags.tag(SAID, said.toString())));
    }

    /**
     * What both kinds of snapshot tell. An automated one cannot be shared, and RDS lists nothing of one that is not ready.
     *
     * @param begun empty while RDS has not begun
     * @param dataOf when the data was taken, if the snapshot is a copy that says so
     */
    static Snapshot snapshot(
            String id,
            String arn,
            String type,
            String status,
            Optional<Instant> begun,
            Optional<Instant> dataOf,
            boolean encrypted,
            List<Tag> tags,
            Instant now,
            Supplier<Set<String>> restorers) {
        var automated = type.equals("automated");
        return new Snapshot(
                id,
                arn,
                automated,
                status,
                begun.orElse(now),
                dataOf.or(() -> begun).orElse(now),
                encrypted,
                Tags.isOurs(tags),
                automated || !status.equals("available") ? Set.of() : restorers.get());
    }

    record Described(Database database, String arn, Map<String, String> tags) {
        public Described {
            tags = Map.copyOf(tags);
        }
    }
}
