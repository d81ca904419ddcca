package dev.yakin.salescaling.aws;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Why tasks are missing, in ECS's own words: first why tasks stopped, then what the service's event log complains about.
 *
 * <p>Source: ECS Developer Guide, "Stopped task error codes" and "Viewing Amazon ECS service event messages".
 */
final class Troubles {
    private static final int STOPS_SHOWN = 2;
    private static final int EVENTS_SHOWN = 1;

    /** As long as ECS shows stopped tasks. */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final Pattern COMPLAINT = Pattern.compile("unable|unhealthy|failed|insufficient|limit");

    private Troubles() {}

    /** @param now older events than an hour are no reason for what is missing now: ECS keeps a hundred of them */
    static List<String> of(List<Task> stopped, List<ServiceEvent> events, Instant now) {
        var stops = stopped.stream()
                .filter(Troubles::isFailure)
                .map(Troubles::reason)
                .collect(groupingBy(identity(), LinkedHashMap::new, counting()));
        var complaints = events.stream()
                .filter(event -> event.createdAt().isAfter(now.minus(FRESH)))
                .map(ServiceEvent::message)
                .filter(message -> COMPLAINT.matcher(message).find());
        return Stream.concat(
                        stops.entrySet().stream()
                                .map(stop -> stop.getValue() + " × " + stop.getKey())
                                .limit(STOPS_SHOWN),
                        complaints.limit(EVENTS_SHOWN))
                .toList();
    }

    /** Not a task that a deployment, a scale-in or a person has ended. */
    private static boolean isFailure(Task task) {
        var reason = Objects.requireNonNullElse(task.stoppedReason(), "");
        return task.stopCode() == TaskStopCode.TASK_FAILED_TO_START
                || task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED
                || task.stopCode() == TaskStopCode.SPOT_INTERRUPTION
                || reason.startsWith("Task failed");
    }

    private static String reason(Task task) {
        var containers = task.containers().stream()
                .map(Container::reason)
                .filter(Objects::nonNull)
                .findFirst();
        return task.stoppedReason() + containers.map(reason -> ": " + reason).orElse("");
    }
}
