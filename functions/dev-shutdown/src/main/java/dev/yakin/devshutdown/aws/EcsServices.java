package dev.yakin.devshutdown.aws;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static software.amazon.awssdk.services.ecs.model.ServiceField.TAGS;

import dev.yakin.devshutdown.ServiceState;
import dev.yakin.devshutdown.Tags;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** ECS services with their scalable targets. The tagging API finds them; what counts is what ECS itself says then. */
record EcsServices(
        EcsClient ecs,
        ScalableTargets targets,
        ResourceGroupsTaggingApiClient tagging,
        TaskPrices prices,
        Limits limits,
        String stack) {
    /** Source: ECS API Reference, DescribeServices ("up to 10 services to describe in a single operation"). */
    private static final int SERVICES_IN_A_CALL = 10;

    List<ServiceState> look() {
        var arns = tagging
                .getResourcesPaginator(request -> request.resourceTypeFilters("ecs:service")
                        .tagFilters(filter(Tags.SCHEDULE, Tags.OFFICE_HOURS), filter(Tags.STACK, stack)))
                .resourceTagMappingList()
                .stream()
                .map(mapping -> mapping.resourceARN())
                .sorted()
                .toList();
        var bounds = targets.look(arns.stream().map(EcsServices::resourceId).toList());
        var states = new ArrayList<ServiceState>();
        arns.stream()
                .collect(groupingBy(EcsServices::cluster))
                .forEach((cluster, inCluster) -> states.addAll(look(cluster, inCluster, bounds)));
        return states;
    }

    void save(ServiceState service, Asleep asleep) {
        limits.tags().take();
        ecs.tagResource(request -> request.resourceArn(service.arn())
                .tags(Tag.builder().key(Asleep.TAG).value(asleep.toString()).build()));
    }

    void forget(ServiceState service) {
        limits.tags().take();
        ecs.untagResource(request -> request.resourceArn(service.arn()).tagKeys(Asleep.TAG));
    }

    void setDesired(ServiceState service, int desired) {
        limits.services().take();
        ecs.updateService(request ->
                request.cluster(service.cluster()).service(service.name()).desiredCount(desired));
    }

    /** A service that is gone, or going, is not described as active, and is nobody's business any more. */
    private List<ServiceState> look(String cluster, List<String> arns, Map<String, Bounds> bounds) {
        var states = new ArrayList<ServiceState>();
        for (var batch : batches(arns, SERVICES_IN_A_CALL)) {
            ecs
                    .describeServices(
                            request -> request.cluster(cluster).services(batch).include(TAGS))
                    .services()
                    .stream()
                    .filter(service -> service.status().equals("ACTIVE"))
                    .map(service -> state(service, bounds))
                    .forEach(states::add);
        }
        return states;
    }

    private ServiceState state(Service service, Map<String, Bounds> bounds) {
        var arn = service.serviceArn();
        return new ServiceState(
                arn,
                new Tags(service.tags().stream().collect(toMap(Tag::key, Tag::value))),
                service.desiredCount(),
                service.runningCount() + service.pendingCount(),
                Optional.ofNullable(bounds.get(resourceId(arn))),
                service.loadBalancers().stream()
                        .map(LoadBalancer::targetGroupArn)
                        .filter(group -> group != null)
                        .toList(),
                prices.of(service));
    }

    private static TagFilter filter(String key, String value) {
        return TagFilter.builder().key(key).values(value).build();
    }

    /** {@code service/cluster/name} of an ARN. */
    private static String resourceId(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static String cluster(String arn) {
        var id = resourceId(arn);
        return id.substring(id.indexOf('/') + 1, id.lastIndexOf('/'));
    }

    static <T> List<List<T>> batches(List<T> all, int size) {
        var batches = new ArrayList<List<T>>();
        for (var from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
