package dev.yakin.salescaling.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.ecs.paginators.ListTasksIterable;

/** Services of one cluster; no more than ten are described in one call, and not in the order of the question. */
final class FakeEcs implements EcsClient {
    private final Map<String, Service> services = new HashMap<>();
    private int stopped;
    private int calls;

    /** As many tasks run as are wanted. */
    void run(String name, int desired, String... targetGroups) {
        services.put(
                name,
                Service.builder()
                        .serviceName(name)
                        .status("ACTIVE")
                        .desiredCount(desired)
                        .runningCount(desired)
                        .loadBalancers(Stream.of(targetGroups)
                                .map(group -> LoadBalancer.builder()
                                        .targetGroupArn(group)
                                        .build())
                                .toList())
                        .build());
    }

    void delete(String name) {
        services.computeIfPresent(
                name,
                (_, service) ->
                        service.toBuilder().status("INACTIVE").desiredCount(0).build());
    }

    /** Only whoever asks for tags sees them. */
    void tag(String name, String key, String value) {
        services.computeIfPresent(
                name,
                (_, service) -> service.toBuilder()
                        .tags(Tag.builder().key(key).value(value).build())
                        .build());
    }

    void running(String name, int tasks) {
        services.computeIfPresent(
                name, (_, service) -> service.toBuilder().runningCount(tasks).build());
    }

    /** So many tasks have stopped, and all for the same reason. */
    void stop(int tasks) {
        stopped = tasks;
    }

    void forgetCalls() {
        calls = 0;
    }

    int calls() {
        return calls;
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        calls++;
        if (request.services().size() > 10) {
            throw InvalidParameterException.builder()
                    .message("Too many services")
                    .build();
        }
        return DescribeServicesResponse.builder()
                .services(services.values().stream()
                        .filter(service -> request.services().contains(service.serviceName()))
                        .map(service -> request.include().contains(ServiceField.TAGS)
                                ? service
                                : service.toBuilder().tags(List.of()).build())
                        .toList())
                .failures(request.services().stream()
                        .filter(name -> !services.containsKey(name))
                        .map(name -> Failure.builder()
                                .arn("arn:aws:ecs:ap-northeast-1:123456789012:service/shop/" + name)
                                .reason("MISSING")
                                .build())
                        .toList())
                .build();
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        services.computeIfPresent(
                request.service(),
                (_, service) ->
                        service.toBuilder().desiredCount(request.desiredCount()).build());
        return UpdateServiceResponse.builder().build();
    }

    /** In pages of a hundred, as ECS does. */
    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        calls++;
        var from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        var to = Math.min(stopped, from + 100);
        return ListTasksResponse.builder()
                .taskArns(IntStream.range(from, to).mapToObj(i -> "task/" + i).toList())
                .nextToken(to < stopped ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public ListTasksIterable listTasksPaginator(ListTasksRequest request) {
        return new ListTasksIterable(this, request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        calls++;
        if (request.tasks().size() > 100) {
            throw InvalidParameterException.builder().message("Too many tasks").build();
        }
        return DescribeTasksResponse.builder()
                .tasks(request.tasks().stream()
                        .map(arn -> Task.builder()
                                .taskArn(arn)
                                .stopCode(TaskStopCode.TASK_FAILED_TO_START)
                                .stoppedReason("CannotPullContainerError: not found")
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
