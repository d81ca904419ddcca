package dev.yakin.snapshotcheck;

/**
 * The KMS key of the database's storage.
 *
 * @param managedByAws it is {@code aws/rds}: what it encrypts can never be shared with another account
 * @param usable false when it is disabled or about to be deleted: then no snapshot can be restored
 * @param state KMS's own word, for example {@code Enabled}
 */
public record Key(boolean managedByAws, boolean usable, String state) {}
