package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.SaleCalendar;
import java.time.Instant;

/**
 * What asks for bounds: a sale before the clock, the clock before the baseline of the template. A sale never takes away
 * what an ordinary day would have at that time.
 *
 * @param isKnown false when a call failed, so that something may ask for more; then bounds are never lowered
 */
record Demand(SaleCalendar calendar, Timetable timetable, Capacity baseline, boolean isKnown) {
    Capacity wanted(String service, Instant time) {
        return calendar.wanted(service, time, everyday(service, time));
    }

    Capacity everyday(String service, Instant time) {
        return timetable.everyday(service, time, baseline);
    }

    /** During a sale nothing that somebody scheduled may set other bounds; outside of one everything may. */
    boolean suspends(String service, Instant time) {
        return timetable.knows(service) && !calendar.at(service, time).isEmpty();
    }
}
