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
 * @param shop what a pre-flight must know that AWS does not
 * @param language of notices: {@code ja} or {@code en}
 */
public record Wanted(
        String stack, String parameter, Capacity baseline, CalendarRules rules, Shop shop, String language) {
    /**
     * @param poolSize the most database connections that one task opens
     * @param errorsPercent of the requests; more is told during a sale
     */
    public record Shop(int poolSize, int errorsPercent) {
        public Shop {
            if (poolSize < 0 || errorsPercent < 0) {
                throw new IllegalArgumentException(
                        "need no negative numbers, got %d and %d".formatted(poolSize, errorsPercent));
            }
        }
    }
}
