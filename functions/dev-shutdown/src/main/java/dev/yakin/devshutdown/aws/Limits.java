package dev.yakin.devshutdown.aws;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How fast this function may call. Sources: ECS API Reference, "Request throttling for the Amazon ECS API" (changes of
 * services: 50 at once, 5 a second sustained). AWS publishes no numbers for tags of services, Application Auto Scaling
 * and RDS; the same for the first two, and less for RDS, is what this function allows itself.
 */
record Limits(Pace services, Pace tags, Pace scaling, Pace databases) {
    static Limits of(Clock clock, Consumer<Duration> pause) {
        return new Limits(
                new Pace(50, 5, clock, pause),
                new Pace(50, 5, clock, pause),
                new Pace(50, 5, clock, pause),
                new Pace(20, 2, clock, pause));
    }
}
