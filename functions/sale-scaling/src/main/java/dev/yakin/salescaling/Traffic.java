package dev.yakin.salescaling;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What customers brought, in equal periods.
 *
 * @param points the oldest first; a period that CloudWatch knows nothing of is left out
 */
public record Traffic(Duration period, List<Point> points) {
    /**
     * @param running tasks by service
     * @param requests of all services
     * @param errors requests that were answered 5xx, by tasks or by the load balancer
     * @param slow the response time in seconds that 95 % of the requests stayed below, when there were any
     */
    public record Point(
            Instant at, Map<String, Integer> running, double requests, double errors, Optional<Double> slow) {
        public Point {
            running = Map.copyOf(running);
        }

        int running(String service) {
            return running.getOrDefault(service, 0);
        }
    }

    public Traffic {
        points = List.copyOf(points);
    }

    /** The newest so many points; fewer when there are no more. */
    Traffic newest(int count) {
        return new Traffic(period, points.subList(Math.max(0, points.size() - count), points.size()));
    }

    int peak(String service) {
        return points.stream().mapToInt(point -> point.running(service)).max().orElse(0);
    }

    /** How long as many tasks ran as may run. */
    Duration atLeast(int tasks, String service) {
        return period.multipliedBy(
                points.stream().filter(point -> point.running(service) >= tasks).count());
    }

    double requests() {
        return points.stream().mapToDouble(Point::requests).sum();
    }

    double errors() {
        return points.stream().mapToDouble(Point::errors).sum();
    }

    /** Percent of the requests; none without requests. */
    double errorPercent() {
        return requests() == 0 ? 0 : 100 * errors() / Math.max(requests(), errors());
    }

    /** Of the periods with requests the one in the middle. */
    Optional<Double> usuallySlow() {
        var sorted =
                points.stream().flatMap(point -> point.slow().stream()).sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }

    Optional<Double> slowest() {
        return points.stream().flatMap(point -> point.slow().stream()).max(naturalOrder());
    }
}
