package dev.yakin.salescaling.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.Said;
import dev.yakin.salescaling.ServiceHealth;
import dev.yakin.salescaling.ServiceHealth.Seen;
import dev.yakin.salescaling.ServiceHealth.Unseen;
import dev.yakin.shared.calendar.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class EcsHealthTest {
    private static final Instant NOW = Instant.parse("2026-12-26T10:30:00Z");
    private static final Said TOLD = new Said(Instant.parse("2026-12-26T10:30:00Z"), false);

    private final FakeScaling scaling = new FakeScaling();
    private final FakeEcs ecs = new FakeEcs();
    private final FakeTargetGroups groups = new FakeTargetGroups();
    private final AutoScalingFleet fleet =
            new AutoScalingFleet(scaling, ecs, "shop", ServiceNames.of(List.of("app=shop-EcsService-9k2dX", "worker")));
    private final EcsHealth health = new EcsHealth(fleet, groups);

    @Test
    void of_a_service_behind_a_load_balancer_the_healthy_targets_count() {
        ecs.run("shop-EcsService-9k2dX", 3, "group");
        groups.set("group", "healthy", "healthy", "unhealthy", "draining");
        assertThat(look("app")).containsExactly(new Seen("app", 3, 2, List.of(), Optional.empty()));
    }

    @Test
    void of_a_service_without_one_the_running_tasks_count() {
        ecs.run("worker", 3);
        assertThat(look("worker")).containsExactly(new Seen("worker", 3, 3, List.of(), Optional.empty()));
    }

    @Test
    void what_was_said_is_found_again_by_a_new_process() {
        ecs.run("worker", 3);
        fleet.setCapacity("worker", new Capacity(2, 10), false);
        fleet.look();
        health.remember("worker", TOLD);
        var anew = new EcsHealth(fleet, groups);
        assertThat(anew.look(List.of("worker"), NOW))
                .containsExactly(new Seen("worker", 3, 3, List.of(), Optional.of(TOLD)));
    }

    @Test
    void a_target_group_that_cannot_be_read_leaves_the_others_to_be_judged() {
        ecs.run("shop-EcsService-9k2dX", 3, "gone");
        ecs.run("worker", 3);
        assertThat(look("app", "worker"))
                .containsExactlyInAnyOrder(
                        new Unseen("app", "One or more target groups not found"),
                        new Seen("worker", 3, 3, List.of(), Optional.empty()));
    }

    @Test
    void without_a_sale_nothing_is_asked() {
        assertThat(health.look(List.of(), NOW)).isEmpty();
        assertThat(ecs.calls()).isZero();
    }

    @Test
    void the_reasons_are_failures_counted_and_complaints_but_no_orderly_ends() {
        var pull = stopped(TaskStopCode.TASK_FAILED_TO_START, "CannotPullContainerError: not found");
        var memory = Task.builder()
                .stopCode(TaskStopCode.ESSENTIAL_CONTAINER_EXITED)
                .stoppedReason("Essential container in task exited")
                .containers(Container.builder().reason("OutOfMemoryError").build())
                .build();
        var scaledIn = stopped(TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Scaling activity initiated by deployment");
        var events = List.of(
                event("(service app) has started 1 tasks: (task 1).", 1),
                event("(service app) was unable to place a task.", 59),
                event("(service app) deployment failed: tasks failed to start.", 60));
        assertThat(Troubles.of(List.of(pull, scaledIn, pull, memory), events, NOW))
                .containsExactly(
                        "2 × CannotPullContainerError: not found",
                        "1 × Essential container in task exited: OutOfMemoryError",
                        "(service app) was unable to place a task.");
    }

    @Test
    void more_stopped_tasks_than_one_page_holds_are_all_counted() {
        ecs.run("worker", 3);
        ecs.running("worker", 0);
        ecs.stop(230);
        assertThat(look("worker"))
                .containsExactly(new Seen(
                        "worker", 0, 0, List.of("230 × CannotPullContainerError: not found"), Optional.empty()));
    }

    private static Task stopped(TaskStopCode code, String reason) {
        return Task.builder().stopCode(code).stoppedReason(reason).build();
    }

    private static ServiceEvent event(String message, int minutesAgo) {
        return ServiceEvent.builder()
                .message(message)
                .createdAt(NOW.minus(Duration.ofMinutes(minutesAgo)))
                .build();
    }

    /** The fleet is looked at first, as in every look. */
    private List<ServiceHealth> look(String... services) {
        fleet.look();
        return health.look(List.of(services), NOW);
    }
}
