package dev.yakin.snapshotcheck;

import java.util.Locale;

/** What is judged. The name in small letters stands in the log, in the tag and in the phrases. */
public enum Check {
    STATUS,
    RETENTION,
    SNAPSHOT_AGE,
    SNAPSHOT_STATE,
    PITR_LAG,
    ENCRYPTION,
    SHARING,
    KEY,
    MONTHLY,
    DR_COPY,
    MULTI_AZ,
    DELETION_PROTECTION,
    CERTIFICATE,
    ENGINE,
    WINDOW;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
