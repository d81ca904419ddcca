package dev.yakin.salescaling.aws;

import static java.util.stream.Collectors.toMap;
import static software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension.ECS_SERVICE_DESIRED_COUNT;
import static software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace.ECS;

import dev.yakin.salescaling.Fleet;
import dev.yakin.salescaling.ServiceState;
import dev.yakin.shared.calendar.Capacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Service;

/** The services of one ECS cluster, with the bounds that Application Auto Scaling has for them. */
public record AutoScalingFleet(
        ApplicationAutoScalingClient autoScaling, EcsClient ecs, String cluster, ServiceNames services)
        implements Fleet {
    /** Source: ECS API Reference, DescribeServices ("up to 10 services to describe in a single operation"). */
    static final int SERVICES_IN_A_CALL = 10;

    /** Source: Application Auto Scaling API Reference, DescribeScalableTargets ({@code MaxResults}: 1 to 50). */
    private static final int TARGETS_IN_A_CALL = 50;

    @Override
    public List<ServiceState> look() {
        var bounds = bounds();
        var states = new HashMap<String, ServiceState>();
        for (var names : batches(services.inEcs(), SERVICES_IN_A_CALL)) {
            var found = ecs.describeServices(request -> request.cluster(cluster).services(names));
            found.services().forEach(service -> put(states, state(service, bounds)));
            found.failures().forEach(failure -> put(states, unknown(failure)));
        }
        return services.ours().stream()
                .map(service -> states.getOrDefault(service, new ServiceState.Unknown(service, "MISSING")))
                .toList();
    }

    @Override
    public void setCapacity(String service, Capacity capacity) {
        autoScaling.registerScalableTarget(request -> request.serviceNamespace(ECS)
                .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                .resourceId(resourceId(service))
                .minCapacity(capacity.min())
                .maxCapacity(capacity.max()));
    }

    @Override
    public void setDesiredCount(String service, int desired) {
        ecs.updateService(request ->
                request.cluster(cluster).service(services.inEcs(service)).desiredCount(desired));
    }

    private Map<String, Capacity> bounds() {
        return targets(services.ours()).stream()
                .collect(toMap(
                        ScalableTarget::resourceId,
                        target -> new Capacity(target.minCapacity(), target.maxCapacity())));
    }

    /** The scalable targets of the services that have one. */
    List<ScalableTarget> targets(List<String> services) {
        var ids = services.stream().map(this::resourceId).toList();
        var targets = new ArrayList<ScalableTarget>();
        for (var batch : batches(ids, TARGETS_IN_A_CALL)) {
            autoScaling
                    .describeScalableTargetsPaginator(request -> request.serviceNamespace(ECS)
                            .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                            .resourceIds(batch))
                    .scalableTargets()
                    .forEach(targets::add);
        }
        return targets;
    }

    /** A deleted service is still described for a while, as INACTIVE or DRAINING. */
    private ServiceState state(Service service, Map<String, Capacity> bounds) {
        var name = services.ours(service.serviceName());
        return service.status().equals("ACTIVE")
                ? new ServiceState.Known(
                        name, Optional.ofNullable(bounds.get(resourceId(name))), service.desiredCount())
                : new ServiceState.Unknown(name, service.status());
    }

    String resourceId(String service) {
        return "service/%s/%s".formatted(cluster, services.inEcs(service));
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
