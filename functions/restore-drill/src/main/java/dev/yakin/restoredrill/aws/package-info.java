/** The only place of this function that knows AWS: the adapters and the handler that wires them. */
@NullMarked
package dev.yakin.restoredrill.aws;

import org.jspecify.annotations.NullMarked;
