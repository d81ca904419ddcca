package dev.yakin.devshutdown.aws;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How fast this function may call. Sources: ECS API Reference, "Request throttling for the Amazon ECS API" (changes of
 * services: 50 at once, 5 a second sustained); RDS User Guide,
 * "Request throttling for the Amazon RDS API" (all calls of an account: 300 at once, 12 a second sustained), of which
 * this function takes a sixth, because others work there, too. Application Auto Scaling publishes quotas of its objects
 * and no rate of its calls: there, and for tags of services, the same as for changes of services is assumed. What is read needs no pace: Tag Editor User Guide,
 * "Service quotas" (GetResources: 15 a second, a hundred resources a call).
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
