package dev.yakin.snapshotcheck;

import java.util.List;
import java.util.Optional;

/**
 * What one look saw.
 *
 * @param database empty when RDS does not know it
 * @param snapshots all of the database's in the stack's region
 * @param abroad its copies in the second region; empty list without one
 * @param blind why the second region could not be read, if so
 * @param key empty when the storage is not encrypted
 * @param said what people were last told; empty before the first time
 */
public record Observed(
        Optional<Database> database,
        List<Snapshot> snapshots,
        List<Snapshot> abroad,
        Optional<String> blind,
        Optional<Key> key,
        Optional<Said> said) {
    public Observed {
        snapshots = List.copyOf(snapshots);
        abroad = List.copyOf(abroad);
    }
}
