/** Rules about the code that no single module can see. */
@NullMarked
package dev.yakin.checks;

import org.jspecify.annotations.NullMarked;
