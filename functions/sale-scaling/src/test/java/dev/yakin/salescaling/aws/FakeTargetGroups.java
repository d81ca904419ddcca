package dev.yakin.salescaling.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Target groups and the states of their targets. */
final class FakeTargetGroups implements ElasticLoadBalancingV2Client {
    private final Map<String, List<String>> states = new HashMap<>();

    void set(String group, String... targets) {
        states.put(group, List.of(targets));
    }

    @Override
    public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
        var targets = states.get(request.targetGroupArn());
        if (targets == null) {
            throw TargetGroupNotFoundException.builder()
                    .message("One or more target groups not found")
                    .build();
        }
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(targets.stream()
                        .map(state -> TargetHealthDescription.builder()
                                .targetHealth(health -> health.state(state))
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
