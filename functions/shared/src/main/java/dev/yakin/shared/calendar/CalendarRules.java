package dev.yakin.shared.calendar;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * What a calendar is read with: everything that it may leave out, and what it must fit.
 *
 * @param zone of times without an offset
 * @param services the ECS service names that a sale may cover; a sale without {@code services} covers all
 * @param min the default of a sale's {@code min}, in tasks
 * @param max the default of a sale's {@code max}, in tasks
 * @param warmUp the default of a sale's {@code warmUp}
 */
public record CalendarRules(ZoneId zone, List<String> services, int min, int max, Duration warmUp) {
    /**
     * An advanced parameter's value in bytes of UTF-8. A standard one holds 4,096, and becomes advanced when somebody
     * saves more with {@code --tier Intelligent-Tiering}; the template leaves the tier alone, because any change to the
     * parameter there would write an empty calendar over the people's. Source: Systems Manager User Guide, "Managing
     * parameter tiers" and "Specifying a default parameter tier".
     */
    public static final int MAX_BYTES = 8192;

    /** Tasks of one service. Source: ECS Developer Guide, "Amazon ECS service quotas" (tasks per service: 5,000). */
    public static final int MAX_TASKS = 5_000;

    /** Longer is a slip of the pen, such as {@code PT60H} for {@code PT60M}. */
    public static final Duration LONGEST_WARM_UP = Duration.ofHours(24);

    /** Longer is a slip of the pen, such as last year's year in {@code opens}; it would cost months of tasks. */
    public static final Duration LONGEST_SALE = Duration.ofDays(62);

    /** In characters; a title in Slack must hold it. */
    public static final int LONGEST_NAME = 60;

    public CalendarRules {
        services = List.copyOf(services);
    }
}
