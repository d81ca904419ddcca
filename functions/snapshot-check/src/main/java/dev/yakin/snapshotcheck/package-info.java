/**
 * Judges the backups of the database, and keeps its monthly snapshots and the copies in a second region. Imports nothing
 * from AWS; the adapters live in {@code aws}.
 */
@NullMarked
package dev.yakin.snapshotcheck;

import org.jspecify.annotations.NullMarked;
