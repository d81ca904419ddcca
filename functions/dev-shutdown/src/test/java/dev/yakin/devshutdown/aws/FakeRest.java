package dev.yakin.devshutdown.aws;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The smaller services that dev shutdown asks. */
final class FakeRest {
    private FakeRest() {}

    /** Finds services by their tags, a hundred a page. */
    record Tagging(FakeEcs ecs) implements ResourceGroupsTaggingApiClient {
        @Override
        public GetResourcesResponse getResources(GetResourcesRequest request) {
            return ecs.world.call("tag:GetResources", () -> {
                var from = request.paginationToken() == null
                                || request.paginationToken().isEmpty()
                        ? 0
                        : Integer.parseInt(request.paginationToken());
                var all = ecs.services.entrySet().stream()
                        .filter(entry -> request.tagFilters().stream()
                                .allMatch(filter -> filter.values()
                                        .contains(entry.getValue().tags.getOrDefault(filter.key(), "-"))))
                        .map(entry -> ResourceTagMapping.builder()
                                .resourceARN(entry.getKey())
                                .build())
                        .toList();
                var to = Math.min(all.size(), from + 100);
                return GetResourcesResponse.builder()
                        .resourceTagMappingList(all.subList(from, to))
                        .paginationToken(to < all.size() ? String.valueOf(to) : "")
                        .build();
            });
        }

        @Override
        public String serviceName() {
            return "tagging";
        }

        @Override
        public void close() {}
    }

    record Parameters(FakeWorld world, Map<String, String> values, Map<String, Instant> modified) implements SsmClient {
        Parameters(FakeWorld world) {
            this(world, new TreeMap<>(), new TreeMap<>());
        }

        void put(String name, String value) {
            values.put(name, value);
            modified.put(name, world.now);
        }

        @Override
        public GetParametersResponse getParameters(GetParametersRequest request) {
            return world.call(
                    "ssm:GetParameters",
                    () -> GetParametersResponse.builder()
                            .parameters(request.names().stream()
                                    .filter(values::containsKey)
                                    .map(name -> Parameter.builder()
                                            .name(name)
                                            .value(values.get(name))
                                            .lastModifiedDate(modified.get(name))
                                            .build())
                                    .toList())
                            .build());
        }

        @Override
        public PutParameterResponse putParameter(PutParameterRequest request) {
            return world.call("ssm:PutParameter", () -> {
                put(request.name(), request.value());
                return PutParameterResponse.builder().build();
            });
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {}
    }

    /** The fake services have no load balancer, so it is never asked. */
    record Balancers() implements ElasticLoadBalancingV2Client {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }
}
