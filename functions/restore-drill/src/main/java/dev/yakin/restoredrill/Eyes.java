package dev.yakin.restoredrill;

/** Looks into databases with SQL, and changes nothing in them. */
public interface Eyes {
    /** @throws RuntimeException when nobody could look */
    Inspection live();

    /** What was found, or why nobody could look: then it is tried again. */
    Observed.Looked restored(Drill drill);
}
