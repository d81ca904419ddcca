package dev.yakin.devshutdown.aws;

import dev.yakin.shared.Asleep.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/**
 * Services whose tasks take time to start and to end, and ECS's own limit: 50 changes of services at once, 5 a second
 * sustained; what is faster is throttled.
 */
final class FakeEcs implements EcsClient {
    static final String PREFIX = "arn:aws:ecs:ap-northeast-1:123456789012:service/dev/";
    static final Duration START = Duration.ofSeconds(90);
    static final Duration END = Duration.ofSeconds(45);

    /** One service; {@code bounds} are its scalable target's, null without one. */
    static final class Fake {
        final Map<String, String> tags = new TreeMap<>();
        int desired;
        int running;

        @Nullable
        Bounds bounds;

        Instant changes = Instant.MAX;
        int becomes;
        boolean isStuck;

        /** What must be as it was. */
        String state() {
            return "desired=%d %s %s".formatted(desired, bounds == null ? "-" : bounds + "" + bounds.suspended(), tags);
        }
    }

    final Map<String, Fake> services = new TreeMap<>();
    final FakeWorld world;
    private double tokens = 50;
    private Instant counted;
    int throttled;

    FakeEcs(FakeWorld world) {
        this.world = world;
        this.counted = world.now;
    }

    Fake add(String name, int desired, @Nullable Bounds bounds, Map<String, String> tags) {
        var fake = new Fake();
        fake.desired = desired;
        fake.running = desired;
        fake.bounds = bounds;
        fake.tags.putAll(tags);
        services.put(PREFIX + name, fake);
        return fake;
    }

    Fake get(String name) {
        return known(PREFIX + name);
    }

    Fake known(String arn) {
        return Objects.requireNonNull(services.get(arn), arn);
    }

    /** By a hand, a deploy, or Application Auto Scaling. */
    void setDesired(Fake fake, int desired) {
        if (fake.desired == desired) {
            return;
        }
        fake.desired = desired;
        fake.becomes = desired;
        fake.changes = world.now.plus(desired > fake.running ? START : END);
    }

    void tick() {
        for (var fake : services.values()) {
            if (!fake.changes.isAfter(world.now) && !(fake.isStuck && fake.becomes < fake.running)) {
                fake.running = fake.becomes;
                fake.changes = Instant.MAX;
            }
        }
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return world.call("ecs:DescribeServices", () -> {
            tick();
            return DescribeServicesResponse.builder()
                    .services(request.services().stream()
                            .filter(services::containsKey)
                            .map(arn -> described(arn, known(arn)))
                            .toList())
                    .build();
        });
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        return world.call("ecs:UpdateService", () -> {
            take();
            setDesired(known(PREFIX + request.service()), request.desiredCount());
            return UpdateServiceResponse.builder().build();
        });
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        return world.call("ecs:TagResource", () -> {
            request.tags().forEach(tag -> known(request.resourceArn()).tags.put(tag.key(), tag.value()));
            return TagResourceResponse.builder().build();
        });
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        return world.call("ecs:UntagResource", () -> {
            request.tagKeys().forEach(key -> known(request.resourceArn()).tags.remove(key));
            return UntagResourceResponse.builder().build();
        });
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return world.call(
                "ecs:DescribeTaskDefinition",
                () -> DescribeTaskDefinitionResponse.builder()
                        .taskDefinition(definition -> definition.cpu("256").memory("512"))
                        .build());
    }

    private void take() {
        var since = Duration.between(counted, world.now).toNanos() / 1e9;
        tokens = Math.min(50, tokens + since * 5);
        counted = world.now;
        if (tokens < 1 - 1e-6) {
            throttled++;
            throw EcsException.builder()
                    .message("Rate exceeded")
                    .statusCode(400)
                    .build();
        }
        tokens -= 1;
    }

    private static Service described(String arn, Fake fake) {
        return Service.builder()
                .serviceArn(arn)
                .serviceName(arn.substring(PREFIX.length()))
                .status("ACTIVE")
                .desiredCount(fake.desired)
                .runningCount(fake.running)
                .pendingCount(0)
                .taskDefinition("app:1")
                .tags(fake.tags.entrySet().stream()
                        .map(entry -> Tag.builder()
                                .key(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}
