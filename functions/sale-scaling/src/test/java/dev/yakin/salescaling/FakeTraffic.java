package dev.yakin.salescaling;

import static java.util.stream.Collectors.toMap;

import dev.yakin.salescaling.Traffic.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Customers, the same in every minute until a test changes them. The newest two minutes are not known yet. */
public final class FakeTraffic implements TrafficReader {
    private static final Duration BEHIND = Duration.ofMinutes(2);

    int tasks = 6;
    double requests = 4_000;
    double errors = 4;
    double slow = 0.2;
    Optional<String> unreadable = Optional.empty();

    /** More than the tasks can serve. */
    public void crowd() {
        tasks = 20;
        errors = 400;
    }

    public void leave() {
        tasks = 6;
        errors = 0;
    }

    @Override
    public Found<Traffic> look(List<String> services, Instant from, Instant until) {
        if (unreadable.isPresent()) {
            return new Found.Unreadable<>(unreadable.get());
        }
        var points = new ArrayList<Point>();
        for (var at = from; at.isBefore(until.minus(BEHIND)); at = at.plusSeconds(60)) {
            var running = services.stream().collect(toMap(service -> service, _ -> tasks));
            points.add(new Point(at, running, requests, errors, Optional.of(slow)));
        }
        return new Found.Is<>(new Traffic(Duration.ofMinutes(1), points));
    }
}
