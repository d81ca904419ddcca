package dev.yakin.devshutdown.aws;

import dev.yakin.shared.Asleep.Bounds;
import dev.yakin.shared.Asleep.Suspended;
import java.util.EnumSet;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;

/** Scalable targets. New bounds move the desired count into them, as Application Auto Scaling does. */
record FakeScaling(FakeEcs ecs) implements ApplicationAutoScalingClient {
    private static final String PREFIX = FakeEcs.PREFIX.substring(0, FakeEcs.PREFIX.indexOf("service/"));

    @Override
    public DescribeScalableTargetsResponse describeScalableTargets(DescribeScalableTargetsRequest request) {
        return ecs.world.call("application-autoscaling:DescribeScalableTargets", () -> {
            var targets = request.resourceIds().stream()
                    .filter(id -> ecs.services.containsKey(PREFIX + id))
                    .flatMap(id ->
                            Optional.ofNullable(ecs.known(PREFIX + id).bounds)
                                    .map(bounds -> target(id, bounds))
                                    .stream())
                    .toList();
            return DescribeScalableTargetsResponse.builder()
                    .scalableTargets(targets)
                    .build();
        });
    }

    @Override
    public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest request) {
        return ecs.world.call("application-autoscaling:RegisterScalableTarget", () -> {
            var fake = ecs.known(PREFIX + request.resourceId());
            var suspended = EnumSet.noneOf(Suspended.class);
            if (request.suspendedState().dynamicScalingInSuspended()) {
                suspended.add(Suspended.IN);
            }
            if (request.suspendedState().dynamicScalingOutSuspended()) {
                suspended.add(Suspended.OUT);
            }
            if (request.suspendedState().scheduledScalingSuspended()) {
                suspended.add(Suspended.SCHEDULED);
            }
            fake.bounds = new Bounds(request.minCapacity(), request.maxCapacity(), suspended);
            ecs.setDesired(fake, Math.clamp(fake.desired, request.minCapacity(), request.maxCapacity()));
            return RegisterScalableTargetResponse.builder().build();
        });
    }

    private static ScalableTarget target(String id, Bounds bounds) {
        return ScalableTarget.builder()
                .resourceId(id)
                .minCapacity(bounds.min())
                .maxCapacity(bounds.max())
                .suspendedState(state -> state.dynamicScalingInSuspended(
                                bounds.suspended().contains(Suspended.IN))
                        .dynamicScalingOutSuspended(bounds.suspended().contains(Suspended.OUT))
                        .scheduledScalingSuspended(bounds.suspended().contains(Suspended.SCHEDULED)))
                .build();
    }

    @Override
    public String serviceName() {
        return "application-autoscaling";
    }

    @Override
    public void close() {}
}
