/**
 * Decides where the autoscaling bounds belong, from the sale calendar, the time and the baseline. Imports nothing from
 * AWS; the adapters live in {@code aws}.
 */
@NullMarked
package dev.yakin.salescaling;

import org.jspecify.annotations.NullMarked;
