package dev.yakin.salescaling.aws;

import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.FakeMemory;
import dev.yakin.salescaling.FakeSalesParameter;
import dev.yakin.salescaling.FakeSurroundings;
import dev.yakin.salescaling.FakeTraffic;
import dev.yakin.salescaling.Outside;
import dev.yakin.salescaling.SaleAction;
import dev.yakin.salescaling.SaleScaling;
import dev.yakin.salescaling.SalesVersions;
import dev.yakin.salescaling.TestShop;
import dev.yakin.salescaling.Wanted;
import dev.yakin.shared.calendar.Capacity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fifty services, one sale for all: how many calls a look makes. ECS allows 20 reads of a cluster a second for long
 * (Source: ECS API Reference, "Request throttling"), so a whole look stays below that.
 */
class CallsTest {
    private static final int READS_A_SECOND = 20;
    private static final List<String> NAMES =
            IntStream.range(0, 50).mapToObj(i -> "s" + i).toList();

    private final FakeScaling scaling = new FakeScaling();
    private final FakeEcs ecs = new FakeEcs();
    private final FakeTargetGroups groups = new FakeTargetGroups();
    private final FakeSalesParameter sales = new FakeSalesParameter();
    private final AutoScalingFleet fleet = new AutoScalingFleet(scaling, ecs, "shop", ServiceNames.of(NAMES));
    private final Outside outside = new Outside(
            sales,
            fleet,
            new EcsHealth(fleet, groups),
            new ScheduledActions(fleet),
            new FakeMemory(),
            new FakeSurroundings(),
            new FakeTraffic(),
            _ -> {});

    @BeforeEach
    void fifty_services_and_a_sale() {
        NAMES.forEach(name -> ecs.run(name, 2));
        NAMES.forEach(name -> fleet.setCapacity(name, new Capacity(2, 10), false));
        sales.save(calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00")), tokyo("2026-01-01T00:00"));
        sales.label(1, SalesVersions.GOOD);
        scaling.forgetCalls();
        ecs.forgetCalls();
    }

    @Test
    void an_ordinary_look_asks_in_the_batches_that_aws_allows() {
        look("2026-12-01T12:00");
        assertThat(ecs.calls()).as("DescribeServices, ten at a time").isEqualTo(5);
        assertThat(scaling.calls())
                .as("DescribeScalableTargets in pages, DescribeScheduledActions")
                .isEqualTo(4);
    }

    @Test
    void a_look_that_raises_everything_sets_each_service_once() {
        look("2026-12-26T19:00");
        assertThat(scaling.registrations()).isEqualTo(50);
    }

    @Test
    void fifty_services_whose_tasks_do_not_start_stay_below_the_rate() {
        look("2026-12-26T19:00");
        NAMES.forEach(name -> ecs.run(name, 6));
        NAMES.forEach(name -> ecs.running(name, 0));
        ecs.stop(40);
        ecs.forgetCalls();
        var plan = look("2026-12-26T19:30");
        assertThat(plan)
                .anyMatch(action -> action instanceof SaleAction.Say say
                        && say.notice().title().contains("is not ready"));
        assertThat(ecs.calls()).isLessThanOrEqualTo(READS_A_SECOND);
    }

    private List<SaleAction> look(String time) {
        var wanted = new Wanted(
                "shop",
                TestShop.PARAMETER,
                TestShop.EVERYDAY,
                TestShop.rules(NAMES.toArray(String[]::new)),
                TestShop.SHOP,
                "en");
        var plan = SaleScaling.plan(wanted, tokyo(time), outside.look(wanted, tokyo(time)));
        plan.forEach(outside::apply);
        return plan;
    }
}
