package dev.yakin.secretrotation.aws;

import static java.util.stream.Collectors.toSet;

import dev.yakin.secretrotation.Services;
import dev.yakin.secretrotation.WatchedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/** The services of one cluster. */
record EcsServices(EcsClient ecs, String cluster) implements Services {
    /** Source: ECS API Reference, DescribeServices (10) and DescribeTasks (100). */
    private static final int SERVICES_IN_A_CALL = 10;

    private static final int TASKS_IN_A_CALL = 100;
    private static final int EVENTS_READ = 10;

    @Override
    public List<WatchedService> look(Set<String> secrets) {
        var arns = ecs.listServicesPaginator(request -> request.cluster(cluster)).serviceArns().stream()
                .toList();
        var found = new ArrayList<WatchedService>();
        for (var batch : batches(arns, SERVICES_IN_A_CALL)) {
            for (var service : ecs.describeServices(
                            request -> request.cluster(cluster).services(batch))
                    .services()) {
                var referred = referred(service.taskDefinition(), secrets);
                if (!referred.isEmpty()) {
                    found.add(watched(service, referred));
                }
            }
        }
        return found;
    }

    @Override
    public void redeploy(String service) {
        ecs.updateService(request -> request.cluster(cluster).service(service).forceNewDeployment(true));
    }

    private WatchedService watched(Service service, Set<String> secrets) {
        var tasks = tasks(service.serviceName()).stream()
                .map(task -> new WatchedService.Task(
                        task.createdAt(),
                        "RUNNING".equals(task.lastStatus()),
                        task.healthStatus() == HealthStatus.UNHEALTHY))
                .toList();
        return new WatchedService(
                service.serviceName(), secrets, service.desiredCount(), isDeploying(service), tasks, reasons(service));
    }

    /** COMPLETED says that the load balancer found the new tasks healthy and the old ones have left. */
    private static boolean isDeploying(Service service) {
        return service.deployments().stream()
                        .map(Deployment::rolloutState)
                        .anyMatch(DeploymentRolloutState.IN_PROGRESS::equals)
                || service.deployments().size() > 1;
    }

    private static List<String> reasons(Service service) {
        var failed = service.deployments().stream()
                .filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.FAILED)
                .map(Deployment::rolloutStateReason);
        var events = service.events().stream()
                .limit(EVENTS_READ)
                .map(ServiceEvent::message)
                .filter(message -> message.matches("(?s).*(unable|unhealthy|failed|rolling back).*"));
        return java.util.stream.Stream.concat(failed, events).distinct().toList();
    }

    private Set<String> referred(String taskDefinition, Set<String> secrets) {
        var definition = ecs.describeTaskDefinition(request -> request.taskDefinition(taskDefinition))
                .taskDefinition();
        var values = definition.containerDefinitions().stream()
                .flatMap(container -> container.secrets().stream())
                .map(Secret::valueFrom)
                .toList();
        // The value is the ARN alone, or the ARN and :key:stage:version.
        return secrets.stream()
                .filter(arn -> values.stream().anyMatch(value -> value.equals(arn) || value.startsWith(arn + ":")))
                .collect(toSet());
    }

    private List<Task> tasks(String service) {
        var arns = ecs
                .listTasksPaginator(
                        request -> request.cluster(cluster).serviceName(service).desiredStatus(DesiredStatus.RUNNING))
                .taskArns()
                .stream()
                .toList();
        var tasks = new ArrayList<Task>();
        for (var batch : batches(arns, TASKS_IN_A_CALL)) {
            tasks.addAll(ecs.describeTasks(request -> request.cluster(cluster).tasks(batch))
                    .tasks());
        }
        return tasks;
    }

    private static List<List<String>> batches(List<String> all, int size) {
        var batches = new ArrayList<List<String>>();
        for (int i = 0; i < all.size(); i += size) {
            batches.add(all.subList(i, Math.min(i + size, all.size())));
        }
        return batches;
    }
}
