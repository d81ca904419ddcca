package dev.yakin.restoredrill;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The database at RDS, and the instances that drills made of it. */
public interface Instances {
    Source source();

    /** Every instance with the tag of this stack's drills, whatever its name. */
    List<Drill> drills();

    /** Restoring one that is there already is no error. */
    void restore(String id, LocalDate day, Kind kind, Source source, Instant begun);

    void setCredentials(String id);

    /** Deleting one that is gone or going is no error. */
    void delete(String id);
}
