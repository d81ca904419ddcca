package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.DaysOff;
import dev.yakin.devshutdown.Observed.Saved;
import dev.yakin.devshutdown.OfficeHours;
import dev.yakin.devshutdown.PriceList;
import dev.yakin.devshutdown.Tags;
import dev.yakin.devshutdown.Wanted;
import dev.yakin.shared.Asleep.Bounds;
import dev.yakin.shared.JapaneseHolidays;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A dev environment in virtual time, with the real handler and the real adapters on AWS clients that keep state. */
final class TestDev {
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    static final Map<String, String> OURS =
            Map.of(Tags.SCHEDULE, Tags.OFFICE_HOURS, Tags.STACK, "dev", Tags.STAGE, "dev");
    private static final PriceList PRICES = PriceList.packaged();
    private static final JapaneseHolidays HOLIDAYS = JapaneseHolidays.published();
    static final String KEEP_AWAKE = "/yakin/dev/keep-awake";
    static final String NOTEBOOK = "/yakin/dev/dev-shutdown";

    final FakeWorld world;
    final FakeEcs ecs;
    final FakeRds rds;
    final FakeRest.Parameters parameters;
    final List<Notice> said = new ArrayList<>();
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    Saved saved = new Saved(123.4, 2345.6, 400, 7000, "2025-09");
    boolean hasEvents = true;
    private String daysOff = "";

    TestDev(String localTime) {
        world = new FakeWorld(tokyo(localTime));
        ecs = new FakeEcs(world);
        rds = new FakeRds(world);
        parameters = new FakeRest.Parameters(world);
        parameters.put(KEEP_AWAKE, "none");
        parameters.put(NOTEBOOK, "{}");
    }

    static Instant tokyo(String localTime) {
        return LocalDateTime.parse(localTime).atZone(TOKYO).toInstant();
    }

    static Map<String, String> ours(String... more) {
        var tags = new TreeMap<>(OURS);
        for (var at = 0; at < more.length; at += 2) {
            tags.put(more[at], more[at + 1]);
        }
        return tags;
    }

    /** What the template has, and everything that makes it harder. */
    TestDev furnished() {
        ecs.add("app", 3, new Bounds(2, 10, Set.of()), OURS);
        ecs.add("worker", 1, null, OURS);
        ecs.add("paused", 0, new Bounds(2, 4, Set.of(dev.yakin.shared.Asleep.Suspended.SCHEDULED)), OURS);
        ecs.add("foreign", 2, new Bounds(2, 10, Set.of()), Map.of("team", "other"));
        ecs.add("other-stack", 2, null, ours(Tags.STACK, "staging"));
        rds.add("db:orders", "available", OURS);
        rds.add("cluster:users", "available", OURS);
        rds.add("db:retired", "stopped", OURS);
        rds.add("db:foreign", "available", Map.of());
        return this;
    }

    TestDev daysOff(String text) {
        daysOff = text;
        return this;
    }

    /** A cold look: nothing is remembered but what is outside. */
    void look() {
        handler().look(false);
    }

    DevShutdownHandler handler() {
        var journal = new Journal("dev", "dev-shutdown", world, new PrintStream(log, true, StandardCharsets.UTF_8));
        var limits = Limits.of(world, world::pause);
        var fleet = new AwsFleet(
                new EcsServices(
                        ecs,
                        new ScalableTargets(new FakeScaling(ecs), limits.scaling()),
                        new FakeRest.Tagging(ecs),
                        new TaskPrices(ecs, PRICES),
                        limits,
                        "dev"),
                new RdsDatabases(rds, PRICES, limits, journal, "dev"),
                new FakeRest.Balancers());
        var outside = new Outside(
                fleet,
                new ParameterNotebook(parameters, KEEP_AWAKE, NOTEBOOK),
                (_, _, _) -> saved,
                notice -> world.call("sns:Publish", () -> said.add(notice)));
        return new DevShutdownHandler(wanted(), outside, world, journal);
    }

    Wanted wanted() {
        var hours = OfficeHours.of(
                "cron(0 9 ? * MON-FRI *)", "cron(0 18 ? * MON-FRI *)", TOKYO, DaysOff.of(HOLIDAYS, daysOff));
        return new Wanted("dev", hours, Duration.ofMinutes(30), KEEP_AWAKE, "en");
    }

    /** Minute by minute; a look every five minutes and, where events arrive, at each event of RDS. */
    void runUntil(String localTime, Runnable everyMinute) {
        var end = tokyo(localTime);
        while (world.now.isBefore(end)) {
            ecs.tick();
            var happened = rds.tick();
            if (world.now.getEpochSecond() % 300 == 0 || (happened && hasEvents)) {
                look();
            }
            everyMinute.run();
            world.now = world.now.plus(Duration.ofMinutes(1));
        }
        ecs.tick();
        rds.tick();
    }

    void runUntil(String localTime) {
        runUntil(localTime, () -> {});
    }

    /** Everything that must be as it was, foreign things included. */
    List<String> state() {
        var state = new ArrayList<String>();
        ecs.services.forEach((arn, fake) -> state.add(arn + " " + fake.state()));
        rds.databases.forEach((arn, fake) -> state.add(arn + " " + fake.state()));
        return state;
    }

    List<String> titles() {
        return said.stream().map(Notice::title).toList();
    }
}
