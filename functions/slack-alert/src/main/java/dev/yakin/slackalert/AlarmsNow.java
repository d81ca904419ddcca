package dev.yakin.slackalert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CloudWatch says of alarms now: the look before a digest is told. */
public interface AlarmsNow {
    /**
     * Of these alarms those that are OK, and since when. What can't be looked at is not in the answer.
     *
     * @param names alarm names of this region, at most some hundred
     */
    Map<String, Instant> over(List<String> names);

    /** The alarm's name in the key of an incident: {@code alarm/123456789012/ap-northeast-1/name}. */
    static Optional<String> nameOf(String key) {
        var parts = key.split("/", 4);
        return parts.length == 4 && parts[0].equals("alarm") ? Optional.of(parts[3]) : Optional.empty();
    }

    /** What the alarm's metric was in the hour before {@code now}, the newest last; empty where nobody can say. */
    List<Double> lastValues(String name, Instant now);
}
