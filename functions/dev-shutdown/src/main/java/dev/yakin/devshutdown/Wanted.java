package dev.yakin.devshutdown;

import java.time.Duration;

/**
 * What is wanted, as far as the template says it.
 *
 * @param stack the stack's name: the value of the tag {@code yakin:stack}, and part of the keys of notices
 * @param lead how long before work begins waking begins
 * @param keepAwakeParameter the SSM parameter that keeps everything awake
 * @param language of notices: {@code ja} or {@code en}
 */
public record Wanted(String stack, OfficeHours hours, Duration lead, String keepAwakeParameter, String language) {
    /** Tasks that have not ended by then are stuck; their databases stay up. */
    public static final Duration DRAIN = Duration.ofMinutes(30);

    /** RDS starts a database that was stopped for seven days; an hour less, because it need not be punctual. */
    public static final Duration FORCED_START = Duration.ofDays(7).minusHours(1);
}
