package dev.yakin.salescaling.aws;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many connections a PostgreSQL database of AWS takes, when nobody has changed {@code max_connections}. Source: RDS
 * User Guide, "Quotas and constraints for Amazon RDS" ({@code LEAST(DBInstanceClassMemory / 9531392, 5000)}); the memory
 * by class from "DB instance class types"; Aurora User Guide, "Maximum connections for Aurora Serverless v2".
 */
final class MaxConnections {
    private static final long BYTES_EACH = 9_531_392;
    private static final int MOST = 5_000;

    /** RDS keeps about a sixth of the memory for itself: {@code DBInstanceClassMemory} is what is left. */
    private static final double LEFT = 5.0 / 6.0;

    /** GiB of a {@code large}, by the letter of the family; the other sizes are multiples of it. */
    private static final Map<Character, Double> LARGE = Map.of('t', 8.0, 'm', 8.0, 'r', 16.0);

    private static final Map<String, Double> SIZES = Map.ofEntries(
            Map.entry("micro", 0.125),
            Map.entry("small", 0.25),
            Map.entry("medium", 0.5),
            Map.entry("large", 1.0),
            Map.entry("xlarge", 2.0),
            Map.entry("2xlarge", 4.0),
            Map.entry("4xlarge", 8.0),
            Map.entry("8xlarge", 16.0),
            Map.entry("12xlarge", 24.0),
            Map.entry("16xlarge", 32.0),
            Map.entry("24xlarge", 48.0));

    /** By the most capacity units; a value between two has those of the smaller. */
    private static final NavigableMap<Double, Integer> SERVERLESS =
            new TreeMap<>(Map.of(0.0, 90, 1.0, 189, 4.0, 823, 8.0, 1_669, 16.0, 3_360, 32.0, MOST));

    private static final int WITH_A_SMALL_MIN = 2_000;

    private MaxConnections() {}

    /** For example {@code db.t4g.small}: 188, an estimate on the safe side. */
    static Optional<Integer> of(String instanceClass) {
        var parts = instanceClass.split("\\.", -1);
        var large = parts.length == 3 && !parts[1].isEmpty() ? LARGE.get(parts[1].charAt(0)) : null;
        var size = parts.length == 3 ? SIZES.get(parts[2]) : null;
        if (large == null || size == null) {
            return Optional.empty();
        }
        var bytes = (long) (LEFT * large * size * 1_024 * 1_024 * 1_024);
        return Optional.of((int) Math.min(MOST, Math.ceilDiv(bytes, BYTES_EACH)));
    }

    /**
     * @param min fewest capacity units; with half a unit or less there are at most 2,000 connections
     * @param max most capacity units
     */
    static int serverless(double min, double max) {
        var most = SERVERLESS.floorEntry(max).getValue();
        return min <= 0.5 ? Math.min(WITH_A_SMALL_MIN, most) : most;
    }
}
