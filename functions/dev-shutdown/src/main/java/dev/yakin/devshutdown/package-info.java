/** Dev shutdown: what sleeps when, decided without AWS. Imports the JDK, Gson and {@code shared}. */
@NullMarked
package dev.yakin.devshutdown;

import org.jspecify.annotations.NullMarked;
