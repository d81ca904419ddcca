package dev.yakin.restoredrill;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The database at RDS, and what drills made of its backups. */
public interface Instances {
    /** The second region is looked into only when it is a copy's turn: its loss must not stop the other drills. */
    Source source(Kind turn);

    /** Everything restored with the tag of this stack's drills, whatever its name: instances, or clusters. */
    List<Drill> drills();

    /** Every snapshot with that tag: copies that were copied home. */
    List<HomeCopy> copies();

    /** Copies a copy of the second region home. Doing it twice is no error. */
    void copyHome(String id, LocalDate day, String copyArn, Instant begun);

    /**
     * Restoring one that is there already is no error.
     *
     * @param from a snapshot, or the live database for a point in time
     */
    void restore(String id, LocalDate day, Kind kind, String from, Instant begun);

    /** Gives a restored cluster its instance: it comes back without one. Doing it twice is no error. */
    void addMember(String id, LocalDate day, Kind kind, Instant begun);

    void setCredentials(String id);

    /** Deleting one that is gone or going is no error. */
    void delete(String id);

    /** Likewise. */
    void deleteCopy(String id);
}
