package dev.yakin.salescaling;

import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;

/**
 * What is wanted, as far as the template says it.
 *
 * @param stack the stack's name, for the keys of notices
 * @param parameter the name of the calendar's SSM parameter
 * @param baseline the bounds outside sales, now: a deploy may change them, so nothing remembers them
 * @param rules how the calendar is read
 * @param language of notices: {@code ja} or {@code en}
 */
public record Wanted(String stack, String parameter, Capacity baseline, CalendarRules rules, String language) {}
