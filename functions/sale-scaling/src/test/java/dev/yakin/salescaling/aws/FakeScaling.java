package dev.yakin.salescaling.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;
import software.amazon.awssdk.services.applicationautoscaling.paginators.DescribeScalableTargetsIterable;

/** Scalable targets; it answers in pages of twenty. */
final class FakeScaling implements ApplicationAutoScalingClient {
    private final TreeMap<String, ScalableTarget> targets = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();

    @Override
    public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest request) {
        targets.put(
                request.resourceId(),
                ScalableTarget.builder()
                        .resourceId(request.resourceId())
                        .scalableTargetARN("arn:" + request.resourceId())
                        .minCapacity(request.minCapacity())
                        .maxCapacity(request.maxCapacity())
                        .build());
        return RegisterScalableTargetResponse.builder().build();
    }

    @Override
    public DescribeScalableTargetsResponse describeScalableTargets(DescribeScalableTargetsRequest request) {
        if (request.resourceIds().size() > 50) {
            throw ValidationException.builder().message("Too many resources").build();
        }
        var after = request.nextToken() == null ? "" : request.nextToken();
        var page = targets.tailMap(after, false).values().stream()
                .filter(target -> request.resourceIds().contains(target.resourceId()))
                .limit(20)
                .toList();
        return DescribeScalableTargetsResponse.builder()
                .scalableTargets(page)
                .nextToken(page.size() < 20 ? null : page.getLast().resourceId())
                .build();
    }

    @Override
    public DescribeScalableTargetsIterable describeScalableTargetsPaginator(DescribeScalableTargetsRequest request) {
        return new DescribeScalableTargetsIterable(this, request);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.put(request.resourceARN(), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(tags.getOrDefault(request.resourceARN(), Map.of()))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
