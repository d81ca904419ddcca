package dev.yakin.salescaling.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.salescaling.ServiceState;
import dev.yakin.salescaling.ServiceState.Known;
import dev.yakin.salescaling.ServiceState.Unknown;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.calendar.Capacity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoScalingFleetTest {
    private final FakeScaling scaling = new FakeScaling();
    private final FakeEcs ecs = new FakeEcs();

    @Test
    void bounds_and_desired_counts_come_together_in_the_configured_order() {
        ecs.run("worker", 1);
        ecs.run("app", 3);
        var fleet = fleet(List.of("app", "worker", "gone"));
        fleet.setCapacity("app", new Capacity(2, 10), false);
        assertThat(fleet.look())
                .containsExactly(
                        new Known("app", Optional.of(new Capacity(2, 10)), 3, false),
                        new Known("worker", Optional.empty(), 1, false),
                        new Unknown("gone", "MISSING"));
    }

    @Test
    void people_and_ecs_may_know_a_service_by_different_names() {
        ecs.run("shop-EcsService-9k2dX", 3);
        var fleet = fleet(List.of("app=shop-EcsService-9k2dX", "api=shop-ApiService-b7"));
        fleet.setCapacity("app", new Capacity(2, 10), false);
        fleet.setDesiredCount("app", 6);
        assertThat(fleet.look())
                .containsExactly(
                        new Known("app", Optional.of(new Capacity(2, 10)), 6, false), new Unknown("api", "MISSING"));
    }

    @Test
    void a_name_that_stands_twice_is_refused_at_start() {
        assertThatThrownBy(() -> ServiceNames.of(List.of("app=one", "app=two")))
                .hasMessage("environment variable SERVICES names app twice");
    }

    @Test
    void a_deleted_service_that_is_still_described_is_unknown() {
        ecs.run("app", 3);
        ecs.delete("app");
        assertThat(fleet(List.of("app")).look()).containsExactly(new Unknown("app", "INACTIVE"));
    }

    @Test
    void the_desired_count_is_set_at_the_service() {
        ecs.run("app", 1);
        var fleet = fleet(List.of("app"));
        fleet.setDesiredCount("app", 6);
        assertThat(fleet.look()).containsExactly(new Known("app", Optional.empty(), 6, false));
    }

    @Test
    void a_hundred_services_are_asked_for_in_the_batches_that_aws_allows() {
        var names = IntStream.range(0, 100).mapToObj(i -> "s" + i).toList();
        names.forEach(name -> ecs.run(name, 2));
        var fleet = fleet(names);
        names.forEach(name -> fleet.setCapacity(name, new Capacity(2, 10), false));
        assertThat(fleet.look())
                .hasSize(100)
                .allSatisfy(state -> assertThat(((Known) state).bounds()).isPresent());
        assertThat(ecs.calls()).isEqualTo(10);
    }

    @Test
    void suspending_the_schedules_leaves_alone_what_somebody_else_has_suspended() {
        ecs.run("app", 3);
        var fleet = fleet(List.of("app"));
        scaling.registerScalableTarget(request -> request.resourceId("service/shop/app")
                .minCapacity(2)
                .maxCapacity(10)
                .suspendedState(state -> state.dynamicScalingInSuspended(true)));
        fleet.look();
        fleet.setCapacity("app", new Capacity(6, 20), true);
        assertThat(fleet.look()).containsExactly(new Known("app", Optional.of(new Capacity(6, 20)), 3, true));
        assertThat(fleet.target("app").orElseThrow().suspendedState().dynamicScalingInSuspended())
                .isTrue();
    }

    @Test
    void a_service_with_the_tag_of_dev_shutdown_is_asleep() {
        ecs.run("app", 0);
        ecs.tag("app", Asleep.TAG, "desired=2 min=2 max=10");
        assertThat(fleet(List.of("app")).look()).containsExactly(new ServiceState.Asleep("app"));
    }

    private AutoScalingFleet fleet(List<String> services) {
        return new AutoScalingFleet(scaling, ecs, "shop", ServiceNames.of(services));
    }
}
