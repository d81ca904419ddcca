package dev.yakin.devshutdown.aws;

import static software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension.ECS_SERVICE_DESIRED_COUNT;
import static software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace.ECS;

import dev.yakin.devshutdown.ServiceState;
import dev.yakin.shared.Asleep.Bounds;
import dev.yakin.shared.Asleep.Suspended;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

/** The bounds that Application Auto Scaling has for services. */
record ScalableTargets(ApplicationAutoScalingClient autoScaling, Pace pace) {
    /** Source: Application Auto Scaling API Reference, DescribeScalableTargets ({@code MaxResults}: 1 to 50). */
    private static final int TARGETS_IN_A_CALL = 50;

    /** The bounds of those that have a scalable target, by resource id. */
    Map<String, Bounds> look(List<String> resourceIds) {
        var bounds = new HashMap<String, Bounds>();
        for (var batch : EcsServices.batches(resourceIds, TARGETS_IN_A_CALL)) {
            autoScaling
                    .describeScalableTargetsPaginator(request -> request.serviceNamespace(ECS)
                            .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                            .resourceIds(batch))
                    .scalableTargets()
                    .forEach(target -> bounds.put(target.resourceId(), bounds(target)));
        }
        return bounds;
    }

    void set(ServiceState service, Bounds bounds) {
        pace.take();
        autoScaling.registerScalableTarget(request -> request.serviceNamespace(ECS)
                .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                .resourceId(service.resourceId())
                .minCapacity(bounds.min())
                .maxCapacity(bounds.max())
                .suspendedState(state -> state.dynamicScalingInSuspended(
                                bounds.suspended().contains(Suspended.IN))
                        .dynamicScalingOutSuspended(bounds.suspended().contains(Suspended.OUT))
                        .scheduledScalingSuspended(bounds.suspended().contains(Suspended.SCHEDULED))));
    }

    private static Bounds bounds(ScalableTarget target) {
        return new Bounds(target.minCapacity(), target.maxCapacity(), suspended(target.suspendedState()));
    }

    private static Set<Suspended> suspended(@Nullable SuspendedState state) {
        var suspended = EnumSet.noneOf(Suspended.class);
        if (state == null) {
            return suspended;
        }
        add(suspended, Suspended.IN, state.dynamicScalingInSuspended());
        add(suspended, Suspended.OUT, state.dynamicScalingOutSuspended());
        add(suspended, Suspended.SCHEDULED, state.scheduledScalingSuspended());
        return suspended;
    }

    private static void add(Set<Suspended> suspended, Suspended what, @Nullable Boolean isSuspended) {
        if (Boolean.TRUE.equals(isSuspended)) {
            suspended.add(what);
        }
    }
}
