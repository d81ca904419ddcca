/** The clock agent: lets production code that asks {@code Clock.systemUTC()} see the rehearsal's time. JDK only. */
@NullMarked
package dev.yakin.rehearsal.jvm;

import org.jspecify.annotations.NullMarked;
