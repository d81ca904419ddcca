package dev.yakin.salescaling.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;
import software.amazon.awssdk.services.applicationautoscaling.paginators.DescribeScalableTargetsIterable;
import software.amazon.awssdk.services.applicationautoscaling.paginators.DescribeScheduledActionsIterable;

/** Scalable targets; it answers in pages of twenty. */
final class FakeScaling implements ApplicationAutoScalingClient {
    private final TreeMap<String, ScalableTarget> targets = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, ScheduledAction> scheduled = new TreeMap<>();

    private int calls;
    private int registrations;

    int calls() {
        return calls;
    }

    int registrations() {
        return registrations;
    }

    void forgetCalls() {
        calls = 0;
        registrations = 0;
    }

    @Override
    public RegisterScalableTargetResponse registerScalableTarget(RegisterScalableTargetRequest request) {
        registrations++;
        targets.put(
                request.resourceId(),
                ScalableTarget.builder()
                        .resourceId(request.resourceId())
                        .scalableTargetARN("arn:" + request.resourceId())
                        .minCapacity(request.minCapacity())
                        .maxCapacity(request.maxCapacity())
                        .suspendedState(request.suspendedState())
                        .build());
        return RegisterScalableTargetResponse.builder().build();
    }

    @Override
    public DescribeScalableTargetsResponse describeScalableTargets(DescribeScalableTargetsRequest request) {
        calls++;
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

    /** What somebody has scheduled; min and max may be left out. */
    void schedule(
            String name, String resource, String schedule, String zone, @Nullable Integer min, @Nullable Integer max) {
        scheduled.put(
                resource + " " + name,
                ScheduledAction.builder()
                        .scheduledActionName(name)
                        .resourceId(resource)
                        .schedule(schedule)
                        .timezone(zone)
                        .scalableTargetAction(bounds -> bounds.minCapacity(min).maxCapacity(max))
                        .build());
    }

    @Override
    public PutScheduledActionResponse putScheduledAction(PutScheduledActionRequest request) {
        var bounds = request.scalableTargetAction();
        schedule(
                request.scheduledActionName(),
                request.resourceId(),
                request.schedule(),
                request.timezone(),
                bounds.minCapacity(),
                bounds.maxCapacity());
        return PutScheduledActionResponse.builder().build();
    }

    @Override
    public DeleteScheduledActionResponse deleteScheduledAction(DeleteScheduledActionRequest request) {
        if (scheduled.remove(request.resourceId() + " " + request.scheduledActionName()) == null) {
            throw ObjectNotFoundException.builder()
                    .message("No scheduled action found")
                    .build();
        }
        return DeleteScheduledActionResponse.builder().build();
    }

    @Override
    public DescribeScheduledActionsResponse describeScheduledActions(DescribeScheduledActionsRequest request) {
        calls++;
        return DescribeScheduledActionsResponse.builder()
                .scheduledActions(scheduled.values())
                .build();
    }

    @Override
    public DescribeScheduledActionsIterable describeScheduledActionsPaginator(DescribeScheduledActionsRequest request) {
        return new DescribeScheduledActionsIterable(this, request);
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
