package dev.yakin.restoredrill;

import java.time.ZoneId;

/**
 * What the installation chose.
 *
 * @param enabled off in dev by default
 * @param maxHours hours of drill instances that a calendar month may cost; a drill that would begin above it does not
 */
public record Wanted(String stack, ZoneId zone, String language, boolean enabled, int maxHours) {}
