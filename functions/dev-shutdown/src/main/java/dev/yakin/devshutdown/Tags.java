package dev.yakin.devshutdown;

import dev.yakin.shared.Asleep;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a resource's tags say about its nights. */
public record Tags(Map<String, String> all) {
    /** Opts in, with the value {@link #OFFICE_HOURS}; without it nothing is ever touched. */
    public static final String SCHEDULE = "yakin:schedule";

    public static final String OFFICE_HOURS = "office-hours";

    /** The stack whose night shift looks after the resource. */
    public static final String STACK = "yakin:stack";

    /** The stage; what says that it is production is refused whatever else it says. */
    public static final String STAGE = "yakin:stage";

    /** Keeps the one resource awake, see {@link KeepUntil}. */
    public static final String KEEP_UNTIL = "yakin:keep-until";

    /** The databases that a service needs, with spaces between them; without it: all. */
    public static final String USES = "yakin:uses";

    private static final Set<String> PRODUCTION = Set.of("prod", "production");

    private static final String DATABASE_PREFIX = "available since=";

    public Tags {
        all = Map.copyOf(all);
    }

    boolean optsIn(String stack) {
        return OFFICE_HOURS.equals(all.get(SCHEDULE)) && stack.equals(all.get(STACK));
    }

    boolean isProduction() {
        return PRODUCTION.contains(all.getOrDefault(STAGE, ""));
    }

    KeepUntil keepUntil(ZoneId zone) {
        return KeepUntil.parse(all.getOrDefault(KEEP_UNTIL, ""), zone);
    }

    boolean uses(String database) {
        var uses = all.get(USES);
        return uses == null || (" " + uses + " ").contains(" " + database + " ");
    }

    boolean isAsleep() {
        return all.containsKey(Asleep.TAG);
    }

    /** What a service goes back to; empty when there is no tag, or one that cannot be read. */
    Optional<Asleep> asleep() {
        return Optional.ofNullable(all.get(Asleep.TAG)).flatMap(Asleep::parse);
    }

    /** Since when a database sleeps; empty when there is no tag, the beginning of time when a hand wrote it. */
    Optional<Instant> databaseAsleepSince() {
        return Optional.ofNullable(all.get(Asleep.TAG)).map(Tags::since);
    }

    /** The tag's value for a database that is put to bed. */
    static String databaseAsleep(Instant since) {
        return DATABASE_PREFIX + since.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant since(String value) {
        try {
            return Instant.parse(value.replace(DATABASE_PREFIX, ""));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
