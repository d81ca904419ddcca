package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A CloudWatch alarm's change of state, the same for both shapes in which it arrives.
 *
 * @param isNew it went from no data to OK within an hour of being set up: its first look, not a recovery
 * @param previously when the state before this one began; only EventBridge says so
 */
record AlarmState(
        String name,
        String arn,
        String description,
        String state,
        boolean isNew,
        String reason,
        Instant at,
        Optional<Instant> previously,
        Optional<Measure> measure) {

    /**
     * What a metric alarm measured. A composite alarm has none.
     *
     * @param values the last datapoints that are known, the newest last
     * @param isBand the limit is a band of usual values, made by anomaly detection
     * @param lasting for how long the threshold was crossed
     */
    record Measure(
            Metric metric,
            Map<String, String> dimensions,
            List<Double> values,
            OptionalDouble threshold,
            boolean isFloor,
            boolean isBand,
            Duration lasting) {}
}
