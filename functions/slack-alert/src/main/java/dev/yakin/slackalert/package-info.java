/**
 * Reads what comes in, decides what is said and in which order. Imports java, Gson and {@code dev.yakin.shared} only;
 * Slack lives in {@code slack}, AWS in {@code aws}.
 */
@NullMarked
package dev.yakin.slackalert;

import org.jspecify.annotations.NullMarked;
