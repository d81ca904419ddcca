package dev.yakin.snapshotcheck;

import java.time.Instant;

/** The database with its backups, in the stack's region and in the second one. */
public interface Backups {
    /** @param now what has no time yet has just begun */
    Observed look(Instant now);

    /** Making one that is there already is no error. */
    void create(String snapshot);

    /** Deleting one that is gone already is no error. */
    void delete(String snapshot);

    /** Begins to copy into the second region; one that is there already is no error. */
    void copyAbroad(String sourceArn, String copy);

    void deleteAbroad(String copy);

    void remember(Said said);
}
