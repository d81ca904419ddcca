package dev.yakin.snapshotcheck.aws;

import dev.yakin.snapshotcheck.Database;
import dev.yakin.snapshotcheck.Said;
import dev.yakin.snapshotcheck.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    void remember(String databaseArn, Said said);

    record Described(Database database, String arn, Map<String, String> tags) {
        public Described {
            tags = Map.copyOf(tags);
        }
    }
}
