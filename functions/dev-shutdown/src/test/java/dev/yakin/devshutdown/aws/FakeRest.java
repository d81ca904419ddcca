package dev.yakin.devshutdown.aws;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
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

    /** Whoever writes is the same user, {@link #WRITER}. */
    record Parameters(
            FakeWorld world, Map<String, String> values, Map<String, Instant> modified, Map<String, Long> versions)
            implements SsmClient {
        static final String WRITER = "arn:aws:sts::123456789012:assumed-role/Developers/writer@example.com";

        Parameters(FakeWorld world) {
            this(world, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }

        void put(String name, String value) {
            values.put(name, value);
            modified.put(name, world.now);
            versions.merge(name, 1L, Long::sum);
        }

        /** Of the older versions only the numbers are kept; a page has two. */
        @Override
        public GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request) {
            return world.call("ssm:GetParameterHistory", () -> {
                var from = request.nextToken() == null ? 1 : Long.parseLong(request.nextToken());
                var last = versions.getOrDefault(request.name(), 0L);
                return GetParameterHistoryResponse.builder()
                        .parameters(LongStream.rangeClosed(from, Math.min(last, from + 1))
                                .mapToObj(version -> ParameterHistory.builder()
                                        .version(version)
                                        .lastModifiedUser(version == last ? WRITER : "arn:aws:iam::123456789012:root")
                                        .build())
                                .toList())
                        .nextToken(from + 2 <= last ? String.valueOf(from + 2) : null)
                        .build();
            });
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
                                            .version(versions.get(name))
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
