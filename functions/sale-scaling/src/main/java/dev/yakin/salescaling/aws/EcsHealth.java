package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Health;
import dev.yakin.salescaling.Said;
import dev.yakin.salescaling.ServiceHealth;
import dev.yakin.salescaling.ServiceHealth.Seen;
import dev.yakin.salescaling.ServiceHealth.Unseen;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Source: ECS API Reference, DescribeTasks ("up to 100 task IDs"). */
    private static final int TASKS_IN_A_CALL = 100;

    /** A message shows three reasons, and ECS allows 20 reads a second: with fifty services in trouble a few say it. */
    private static final int REASONS_ASKED = 5;

    /** A service that cannot be judged does not keep the others from being judged, nor the bounds from being set. */
    @Override
    public List<ServiceHealth> look(List<String> services, Instant now) {
        var found = new ArrayList<ServiceHealth>();
        var asked = 0;
        for (var name : services) {
            var health = look(name, asked < REASONS_ASKED ? Optional.of(now) : Optional.empty());
            asked += health instanceof Seen seen && !seen.reasons().isEmpty() ? 1 : 0;
            found.add(health);
        }
        return found;
    }

    @Override
    public void remember(String service, Said said) {
        var arn = fleet.target(service)
                .map(ScalableTarget::scalableTargetARN)
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no scalable target yet: the next look writes down what was said".formatted(service)));
        fleet.autoScaling().tagResource(request -> request.resourceARN(arn).tags(Map.of(TAG, said.toString())));
    }

    /** @param now when reasons may be asked for */
    private ServiceHealth look(String name, Optional<Instant> now) {
        var service = fleet.service(name);
        if (service.isEmpty()) {
            return new Unseen(name, "ECS has not described it");
        }
        try {
            return look(name, service.get(), now);
        } catch (SdkException e) {
            return new Unseen(name, String.valueOf(e.getMessage()));
        }
    }

    private ServiceHealth look(String name, Service service, Optional<Instant> now) {
        var healthy = healthy(service);
        var isShort = Math.min(service.runningCount(), healthy) < service.desiredCount();
        var reasons = now.filter(_ -> isShort)
                .map(at -> Troubles.of(stopped(service), service.events(), at))
                .orElse(List.of());
        var said = fleet.target(name).flatMap(this::said);
        return new Seen(name, service.runningCount(), healthy, reasons, said);
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

    /** ECS shows stopped tasks for an hour. Source: ECS API Reference, ListTasks. */
    private List<Task> stopped(Service service) {
        var arns = fleet
                .ecs()
                .listTasksPaginator(request -> request.cluster(fleet.cluster())
                        .serviceName(service.serviceName())
                        .desiredStatus(DesiredStatus.STOPPED))
                .taskArns()
                .stream()
                .toList();
        var tasks = new ArrayList<Task>();
        for (var batch : AutoScalingFleet.batches(arns, TASKS_IN_A_CALL)) {
            tasks.addAll(fleet.ecs()
                    .describeTasks(request -> request.cluster(fleet.cluster()).tasks(batch))
                    .tasks());
        }
        return tasks;
    }

    private Optional<Said> said(ScalableTarget target) {
        var tags = fleet.autoScaling()
                .listTagsForResource(request -> request.resourceARN(target.scalableTargetARN()))
                .tags();
        return Optional.ofNullable(tags.get(TAG)).flatMap(Said::parse);
    }
}
