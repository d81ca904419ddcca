package dev.yakin.salescaling.aws;

import static software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension.ECS_SERVICE_DESIRED_COUNT;
import static software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace.ECS;

import dev.yakin.salescaling.Fleet;
import dev.yakin.salescaling.ServiceState;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.calendar.Capacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/**
 * The services of one ECS cluster, with the bounds that Application Auto Scaling has for them. What the newest look has
 * read is kept for the rest of it: the tasks are judged by the same answers.
 */
public final class AutoScalingFleet implements Fleet {
    /** Source: ECS API Reference, DescribeServices ("up to 10 services to describe in a single operation"). */
    static final int SERVICES_IN_A_CALL = 10;

    /** Source: Application Auto Scaling API Reference, DescribeScalableTargets ({@code MaxResults}: 1 to 50). */
    private static final int TARGETS_IN_A_CALL = 50;

    private final ApplicationAutoScalingClient autoScaling;
    private final EcsClient ecs;
    private final String cluster;
    private final ServiceNames services;
    private final Map<String, ScalableTarget> targets = new HashMap<>();
    private final Map<String, Service> described = new HashMap<>();

    public AutoScalingFleet(
            ApplicationAutoScalingClient autoScaling, EcsClient ecs, String cluster, ServiceNames services) {
        this.autoScaling = autoScaling;
        this.ecs = ecs;
        this.cluster = cluster;
        this.services = services;
    }

    @Override
    public List<ServiceState> look() {
        targets.clear();
        described.clear();
        readTargets();
        var states = new HashMap<String, ServiceState>();
        for (var names : batches(services.inEcs(), SERVICES_IN_A_CALL)) {
            var found = ecs.describeServices(
                    request -> request.cluster(cluster).services(names).include(ServiceField.TAGS));
            found.services().forEach(service -> described.put(services.ours(service.serviceName()), service));
            found.services().forEach(service -> put(states, state(service)));
            found.failures().forEach(failure -> put(states, unknown(failure)));
        }
        return services.ours().stream()
                .map(service -> states.getOrDefault(service, new ServiceState.Unknown(service, "MISSING")))
                .toList();
    }

    /** What is suspended otherwise stays so: it is somebody else's. */
    @Override
    public void setCapacity(String service, Capacity capacity, boolean suspended) {
        var before = target(service).map(ScalableTarget::suspendedState);
        var state = before.map(SuspendedState::toBuilder).orElseGet(SuspendedState::builder);
        autoScaling.registerScalableTarget(request -> request.serviceNamespace(ECS)
                .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                .resourceId(resourceId(service))
                .minCapacity(capacity.min())
                .maxCapacity(capacity.max())
                .suspendedState(state.scheduledScalingSuspended(suspended).build()));
    }

    @Override
    public void setDesiredCount(String service, int desired) {
        ecs.updateService(request ->
                request.cluster(cluster).service(services.inEcs(service)).desiredCount(desired));
    }

    /** As the newest look has read it. */
    Optional<ScalableTarget> target(String service) {
        return Optional.ofNullable(targets.get(resourceId(service)));
    }

    /** As the newest look has read it. */
    Optional<Service> service(String service) {
        return Optional.ofNullable(described.get(service));
    }

    String resourceId(String service) {
        return "service/%s/%s".formatted(cluster, services.inEcs(service));
    }

    ApplicationAutoScalingClient autoScaling() {
        return autoScaling;
    }

    EcsClient ecs() {
        return ecs;
    }

    String cluster() {
        return cluster;
    }

    ServiceNames services() {
        return services;
    }

    private void readTargets() {
        var ids = services.ours().stream().map(this::resourceId).toList();
        for (var batch : batches(ids, TARGETS_IN_A_CALL)) {
            autoScaling
                    .describeScalableTargetsPaginator(request -> request.serviceNamespace(ECS)
                            .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                            .resourceIds(batch))
                    .scalableTargets()
                    .forEach(target -> targets.put(target.resourceId(), target));
        }
    }

    /** A deleted service is still described for a while, as INACTIVE or DRAINING. */
    private ServiceState state(Service service) {
        var name = services.ours(service.serviceName());
        if (!service.status().equals("ACTIVE")) {
            return new ServiceState.Unknown(name, service.status());
        }
        if (service.tags().stream().anyMatch(tag -> tag.key().equals(Asleep.TAG))) {
            return new ServiceState.Asleep(name);
        }
        var target = target(name);
        return new ServiceState.Known(
                name,
                target.map(one -> new Capacity(one.minCapacity(), one.maxCapacity())),
                service.desiredCount(),
                target.map(ScalableTarget::suspendedState)
                        .map(SuspendedState::scheduledScalingSuspended)
                        .orElse(false));
    }

    /** A failure names the service by its ARN, which ends in the name. */
    private ServiceState unknown(Failure failure) {
        var name = failure.arn().substring(failure.arn().lastIndexOf('/') + 1);
        return new ServiceState.Unknown(services.ours(name), failure.reason());
    }

    private static void put(Map<String, ServiceState> states, ServiceState state) {
        states.put(state.service(), state);
    }

    static <T> List<List<T>> batches(List<T> all, int size) {
        var batches = new ArrayList<List<T>>();
        for (var from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
