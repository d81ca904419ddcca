package dev.yakin.secretrotation;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A service and its tasks as ECS shows them.
 *
 * @param secrets the ARNs of the watched secrets that its task definition refers to
 * @param isDeploying a deployment is in progress
 * @param reasons why tasks are missing, in ECS's words
 */
public record WatchedService(
        String name, Set<String> secrets, int desired, boolean isDeploying, List<Task> tasks, List<String> reasons) {
    public WatchedService {
        secrets = Set.copyOf(secrets);
        tasks = List.copyOf(tasks);
        reasons = List.copyOf(reasons);
    }

    /** @param created when ECS made the task: it reads its secrets right after, never later */
    public record Task(Instant created, boolean isRunning, boolean isUnhealthy) {}

    long olderThan(Instant since) {
        return tasks.stream().filter(task -> task.created().isBefore(since)).count();
    }

    /** Every task that should run runs, is well, and was made after that time. */
    boolean isRenewedSince(Instant since) {
        var well = tasks.stream()
                .filter(task -> task.isRunning() && !task.isUnhealthy())
                .count();
        return !isDeploying && olderThan(since) == 0 && well >= desired;
    }
}
