package dev.yakin.restoredrill;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What the installation chose.
 *
 * @param maxHours hours of drill instances that a calendar month may cost; a drill that would begin above it does not. 0
 *     rests: nothing begins, and what was left behind is still deleted
 * @param secondRegion with copies of the snapshots, which no drill restores
 */
public record Wanted(String stack, ZoneId zone, String language, int maxHours, Optional<String> secondRegion) {}
