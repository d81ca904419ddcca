package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;

/**
 * A raise that is left with Application Auto Scaling, so that a sale opens scaled even if this function cannot run.
 *
 * @param name unique among those of its service
 * @param at in whole seconds
 */
public record ScheduledRaise(String name, String service, Instant at, Capacity capacity) {}
