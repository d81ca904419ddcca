package dev.yakin.salescaling.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** Services of one cluster; no more than ten are described in one call, and not in the order of the question. */
final class FakeEcs implements EcsClient {
    private final Map<String, Service> services = new HashMap<>();
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

    /** No task has stopped. */
    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return ListTasksResponse.builder().taskArns(List.of()).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
