/** Looks into a PostgreSQL database, read-only and over TLS. */
@NullMarked
package dev.yakin.restoredrill.sql;

import org.jspecify.annotations.NullMarked;
