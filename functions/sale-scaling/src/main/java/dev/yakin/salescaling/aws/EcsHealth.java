package dev.yakin.salescaling.aws;

import static java.util.stream.Collectors.toMap;

import dev.yakin.salescaling.Health;
import dev.yakin.salescaling.Said;
import dev.yakin.salescaling.ServiceHealth;
import dev.yakin.salescaling.ServiceHealth.Seen;
import dev.yakin.salescaling.ServiceHealth.Unseen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * The tasks of the services: how many run, how many the target groups find healthy, and why the others do not. What was
 * said is a tag of the scalable target: it survives a deploy, and it is gone with the service.
 */
record EcsHealth(AutoScalingFleet fleet, ElasticLoadBalancingV2Client balancers) implements Health {
    static final String TAG = "yakin:said";

    /** A service that cannot be judged does not keep the others from being judged, nor the bounds from being set. */
    @Override
    public List<ServiceHealth> look(List<String> services) {
        if (services.isEmpty()) {
            return List.of();
        }
        try {
            var targets = arns(services);
            return described(services).entrySet().stream()
                    .map(entry ->
                            look(entry.getKey(), entry.getValue(), Optional.ofNullable(targets.get(entry.getKey()))))
                    .toList();
        } catch (SdkException e) {
            return services.stream().map(name -> unseen(name, e)).toList();
        }
    }

    @Override
    public void remember(String service, Said said) {
        var arn = arns(List.of(service)).get(service);
        fleet.autoScaling().tagResource(request -> request.resourceARN(arn).tags(Map.of(TAG, said.toString())));
    }

    private ServiceHealth look(String name, Service service, Optional<String> target) {
        try {
            var healthy = healthy(service);
            var isShort = Math.min(service.runningCount(), healthy) < service.desiredCount();
            var reasons = isShort ? Troubles.of(stopped(service), service.events()) : List.<String>of();
            return new Seen(name, service.runningCount(), healthy, reasons, target.flatMap(this::said));
        } catch (SdkException e) {
            return unseen(name, e);
        }
    }

    /** A task counts when every target group of its service finds it healthy; the smallest number is that or more. */
    private int healthy(Service service) {
        return service.loadBalancers().stream()
                .map(LoadBalancer::targetGroupArn)
                .mapToInt(this::healthy)
                .min()
                .orElse(service.runningCount());
    }

    private int healthy(String targetGroup) {
        var targets = balancers
                .describeTargetHealth(request -> request.targetGroupArn(targetGroup))
                .targetHealthDescriptions();
        return (int) targets.stream()
                .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                .count();
    }

    /** ECS shows stopped tasks for an hour. Source: ECS API Reference, ListTasks and DescribeTasks (100 at most). */
    private List<Task> stopped(Service service) {
        var arns = fleet.ecs()
                .listTasks(request -> request.cluster(fleet.cluster())
                        .serviceName(service.serviceName())
                        .desiredStatus(DesiredStatus.STOPPED))
                .taskArns();
        return arns.isEmpty()
                ? List.of()
                : fleet.ecs()
                        .describeTasks(
                                request -> request.cluster(fleet.cluster()).tasks(arns))
                        .tasks();
    }

    private Optional<Said> said(String target) {
        var tags = fleet.autoScaling()
                .listTagsForResource(request -> request.resourceARN(target))
                .tags();
        return Optional.ofNullable(tags.get(TAG)).flatMap(Said::parse);
    }

    private Map<String, Service> described(List<String> services) {
        var found = new HashMap<String, Service>();
        for (var names : AutoScalingFleet.batches(services, AutoScalingFleet.SERVICES_IN_A_CALL)) {
            var inEcs = names.stream().map(fleet.services()::inEcs).toList();
            fleet.ecs()
                    .describeServices(
                            request -> request.cluster(fleet.cluster()).services(inEcs))
                    .services()
                    .forEach(service -> found.put(fleet.services().ours(service.serviceName()), service));
        }
        return found;
    }

    private Map<String, String> arns(List<String> services) {
        var byResource = fleet.targets(services).stream()
                .collect(toMap(ScalableTarget::resourceId, ScalableTarget::scalableTargetARN));
        return services.stream()
                .filter(name -> byResource.containsKey(fleet.resourceId(name)))
                .collect(toMap(name -> name, name -> byResource.get(fleet.resourceId(name))));
    }

    private static ServiceHealth unseen(String service, SdkException cause) {
        return new Unseen(service, String.valueOf(cause.getMessage()));
    }
}
