package dev.yakin.devshutdown.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.devshutdown.Tags;
import dev.yakin.shared.Asleep.Bounds;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand services and two hundred databases within ECS's limits, each look inside its time. */
class LoadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(290);

    @ParameterizedTest(name = "{0} ms a call")
    @ValueSource(ints = {0, 30, 100})
    void a_thousand_services_and_two_hundred_databases_sleep_within_an_hour(int latencyMillis) {
        var dev = new TestDev("2026-12-10T17:55");
        for (var number = 0; number < 1000; number++) {
            var uses = "d" + number % 200;
            dev.ecs.add("s%04d".formatted(number), 2, new Bounds(1, 4, Set.of()), TestDev.ours(Tags.USES, uses));
        }
        for (var number = 0; number < 200; number++) {
            dev.rds.add("db:d" + number, "available", TestDev.OURS);
        }
        var before = dev.state();
        dev.world.latency = Duration.ofMillis(latencyMillis);
        var evening = run(dev, "2026-12-10T18:00", "2026-12-10T19:00");
        assertThat(dev.ecs.services.values()).allMatch(service -> service.running == 0 && service.desired == 0);
        assertThat(dev.rds.databases.values())
                .allMatch(database -> database.status().equals("stopped"));
        var morning = run(dev, "2026-12-11T08:30", "2026-12-11T09:30");
        assertThat(dev.state()).isEqualTo(before);
        assertThat(dev.log.toString(UTF_8)).contains("on the way");
        System.out.printf(
                "1000 services, 200 databases, %d ms a call: asleep after %s, longest look %s; awake after %s, longest look"
                        + " %s; throttled calls: %d%n",
                latencyMillis, evening.done, evening.longest, morning.done, morning.longest, dev.ecs.throttled);
        assertThat(dev.ecs.throttled).isZero();
        assertThat(evening.done).isLessThan(Duration.ofHours(1));
    }

    private record Run(Duration done, Duration longest) {}

    private static Run run(TestDev dev, String from, String to) {
        var begin = TestDev.tokyo(from);
        var end = TestDev.tokyo(to);
        var done = Duration.ZERO;
        var longest = Duration.ZERO;
        for (var look = begin; look.isBefore(end); look = look.plusSeconds(300)) {
            dev.world.now = look;
            dev.ecs.tick();
            dev.rds.tick();
            var changes = changes(dev);
            dev.look();
            var took = Duration.between(look, dev.world.now);
            assertThat(took).as("the look of %s", look).isLessThan(TIMEOUT);
            longest = took.compareTo(longest) > 0 ? took : longest;
            done = changes(dev) > changes ? Duration.between(begin, dev.world.now) : done;
        }
        dev.world.now = end;
        dev.ecs.tick();
        dev.rds.tick();
        return new Run(done, longest);
    }

    private static long changes(TestDev dev) {
        return dev.world.calls.stream()
                .filter(call -> !call.contains("Describe") && !call.contains("Get"))
                .count();
    }
}
