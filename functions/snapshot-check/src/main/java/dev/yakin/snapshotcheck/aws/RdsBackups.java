package dev.yakin.snapshotcheck.aws;

import dev.yakin.snapshotcheck.Backups;
import dev.yakin.snapshotcheck.Database;
import dev.yakin.snapshotcheck.Key;
import dev.yakin.snapshotcheck.Observed;
import dev.yakin.snapshotcheck.Said;
import dev.yakin.snapshotcheck.Snapshot;
import dev.yakin.snapshotcheck.aws.Shelf.Described;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The backups at RDS, with the key at KMS. */
record RdsBackups(Shelf home, String region, Optional<Abroad> abroad, KmsClient kms) implements Backups {
    /** The second region, and its key, which the copies are encrypted with. */
    record Abroad(Shelf shelf, String keyArn) {}

    @Override
    public Observed look(Instant now) {
        var found = home.database();
        var database = found.map(Described::database);
        if (database.isEmpty()) {
            return new Observed(database, List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        var copies = List.<Snapshot>of();
        var blind = Optional.<String>empty();
        try {
            copies = abroad.map(there -> there.shelf().snapshots(now)).orElse(List.of());
        } catch (SdkException e) {
            // The loss of the second region must not stop the judgement of the first; the plan fails the look with it.
            blind = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Observed(
                database,
                home.snapshots(now),
                copies,
                blind,
                database.flatMap(Database::keyId).map(this::key),
                found.map(described -> described.tags().get(Shelf.SAID)).flatMap(Said::parse));
    }

    private Key key(String id) {
        var key = kms.describeKey(request -> request.keyId(id)).keyMetadata();
        return new Key(
                key.keyManager() == KeyManagerType.AWS, key.keyState() == KeyState.ENABLED, key.keyStateAsString());
    }

    @Override
    public void create(String snapshot) {
        home.create(snapshot);
    }

    @Override
    public void delete(String snapshot) {
        home.delete(snapshot);
    }

    @Override
    public void copyAbroad(String sourceArn, String copy) {
        var there = abroad.orElseThrow();
        there.shelf().copy(sourceArn, region, copy, there.keyArn());
    }

    @Override
    public void deleteAbroad(String copy) {
        abroad.orElseThrow().shelf().delete(copy);
    }

    @Override
    public void remember(Said said) {
        var database = home.database().orElseThrow(() -> new IllegalStateException("the database is gone"));
        home.remember(database.arn(), said);
    }
}
