package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.FakeFleet;
import dev.yakin.salescaling.FakeHealth;
import dev.yakin.salescaling.FakeMemory;
import dev.yakin.salescaling.FakeRaises;
import dev.yakin.salescaling.FakeSalesParameter;
import dev.yakin.salescaling.FakeSurroundings;
import dev.yakin.salescaling.FakeTraffic;
import dev.yakin.salescaling.Outside;
import dev.yakin.salescaling.TestShop;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A stack with two services; its handler is started anew for each look, so that nothing is remembered in a process. */
final class TestStack {
    static final String APP = "app";
    static final String WORKER = "worker";

    final FakeFleet fleet = new FakeFleet(TestShop.EVERYDAY, APP, WORKER);
    final FakeHealth health = new FakeHealth();
    final FakeRaises raises = new FakeRaises();
    final FakeMemory memory = new FakeMemory();
    final FakeSurroundings surroundings = new FakeSurroundings();
    final FakeTraffic traffic = new FakeTraffic();
    final FakeSalesParameter sales = new FakeSalesParameter();
    final List<Notice> said = new ArrayList<>();
    final ByteArrayOutputStream log = new ByteArrayOutputStream();

    SaleScalingHandler handler(String localTime, Trouble trouble) {
        var clock = Clock.fixed(TestShop.tokyo(localTime), ZoneOffset.UTC);
        var journal = new Journal("shop", "sale-scaling", clock, new PrintStream(log, true, StandardCharsets.UTF_8));
        var outside = new Outside(
                trouble.in(sales),
                trouble.in(fleet),
                trouble.in(health),
                trouble.in(raises),
                trouble.in(memory),
                surroundings,
                traffic,
                trouble.in(said::add));
        return new SaleScalingHandler(TestShop.wanted("en", APP, WORKER), outside, clock, journal);
    }

    void look(String localTime) {
        handler(localTime, Trouble.none()).look(false);
    }

    Set<String> saidIds() {
        return said.stream().map(Notice::id).collect(Collectors.toSet());
    }

    /** All that lasts: what another look at the same time must find in order. */
    String state() {
        return "%s %s %b %b %d %d %s %s %s %s"
                .formatted(
                        fleet.bounds(APP),
                        fleet.bounds(WORKER),
                        fleet.isSuspended(APP),
                        fleet.isSuspended(WORKER),
                        fleet.desired(APP),
                        fleet.desired(WORKER),
                        sales.look(),
                        health.said(),
                        raises.all(),
                        memory);
    }
}
