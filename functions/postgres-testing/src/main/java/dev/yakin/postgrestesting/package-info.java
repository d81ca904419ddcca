/** Real PostgreSQL servers on loopback, for tests and the rehearsal: TLS, SCRAM and a readable statement log. */
@NullMarked
package dev.yakin.postgrestesting;

import org.jspecify.annotations.NullMarked;
