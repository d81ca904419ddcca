package dev.yakin.devshutdown;

import dev.yakin.shared.Asleep.Bounds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An ECS service as it is now.
 *
 * @param running tasks that run or are about to, so that zero means drained
 * @param bounds of its scalable target; empty without one
 * @param targetGroups ARNs; a task counts as healthy when each of them finds it healthy
 * @param yenPerTaskHour what a task costs; empty when it is not known
 */
public record ServiceState(
        String arn,
        Tags tags,
        int desired,
        int running,
        Optional<Bounds> bounds,
        List<String> targetGroups,
        OptionalDouble yenPerTaskHour) {
    public ServiceState {
        targetGroups = List.copyOf(targetGroups);
    }

    /** As people know it: {@code app}. */
    public String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Application Auto Scaling's name for it: {@code service/cluster/name}. */
    public String resourceId() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    public String cluster() {
        var id = resourceId();
        return id.substring(id.indexOf('/') + 1, id.lastIndexOf('/'));
    }

    /** Nothing runs it and nothing would start it. Its last tasks may still be on their way out. */
    boolean isInBed() {
        return desired == 0 && bounds.map(Bounds::isAsleep).orElse(true);
    }

    boolean isDrained() {
        return isInBed() && running == 0;
    }
}
