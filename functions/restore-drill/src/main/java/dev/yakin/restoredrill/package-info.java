/**
 * Decides the next step of a restore drill, and judges what was restored. Imports nothing from AWS and no database; the
 * adapters live in {@code aws} and {@code sql}.
 */
@NullMarked
package dev.yakin.restoredrill;

import org.jspecify.annotations.NullMarked;
