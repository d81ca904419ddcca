package dev.yakin.restoredrill;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What the installation chose.
 *
 * @param maxHours hours of drill instances that a calendar month may cost; a drill that would begin above it does not. 0
 *     rests: nothing begins, and what was left behind is still deleted
 * @param secondRegion with copies of the snapshots
 * @param drillsCopies whether the copies are drilled, too: without a way out of the network the second region is not
 *     reached
 */
public record Wanted(
        String stack,
        ZoneId zone,
        String language,
        int maxHours,
        Optional<String> secondRegion,
        boolean drillsCopies) {}
