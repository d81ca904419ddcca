package dev.yakin.salescaling;

/** Where the sale calendar is kept, with its versions. */
public interface SalesParameter {
    /** Never fails: what cannot be read is {@link SalesVersions.Unreadable}. */
    SalesVersions look();

    /** A label is at one version at a time: it moves from the version that had it. */
    void label(long version, String label);

    void removeLabel(long version, String label);
}
