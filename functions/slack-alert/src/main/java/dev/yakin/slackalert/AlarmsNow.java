package dev.yakin.slackalert;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What CloudWatch says of alarms now: the look before a digest is told. */
public interface AlarmsNow {
    /**
     * Of these alarms those that are OK, and since when. What can't be looked at is not in the answer.
     *
     * @param names alarm names of this region, at most some hundred
     */
    Map<String, Instant> over(List<String> names);

    /** What the alarm's metric was in the hour before {@code now}, the newest last; empty where nobody can say. */
    List<Double> lastValues(String name, Instant now);
}
