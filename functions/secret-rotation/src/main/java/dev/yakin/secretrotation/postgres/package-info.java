/** The adapter to PostgreSQL: pgjdbc, TLS with the trust bundle of RDS. */
@NullMarked
package dev.yakin.secretrotation.postgres;

import org.jspecify.annotations.NullMarked;
