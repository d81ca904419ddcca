package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Surroundings.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The tasks of services: their size, their subnets, and whether their images are still in the registry. */
record TaskSizes(AutoScalingFleet fleet, EcrClient registry) {
    /** {@code 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/shop:1.0.0}, or {@code @sha256:...} in place of a tag. */
    private static final Pattern IMAGE =
            Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/([^:@]+)(?::([^@]+))?(?:@(.+))?");

    private record Definition(double cpu, double memory, Found<List<String>> missing) {}

    /** ECS describes one task definition a call, so what services share is asked for once. */
    Found<List<Tasks>> look(List<String> services) {
        return Ask.about(() -> {
            var known = new HashMap<String, Definition>();
            return services.stream()
                    .flatMap(name -> fleet.service(name).stream()
                            .map(service -> tasks(
                                    name, service, known.computeIfAbsent(service.taskDefinition(), this::definition))))
                    .toList();
        });
    }

    private Definition definition(String arn) {
        var found = fleet.ecs()
                .describeTaskDefinition(request -> request.taskDefinition(arn))
                .taskDefinition();
        return new Definition(units(found.cpu()), units(found.memory()), missing(found));
    }

    private static Tasks tasks(String name, Service service, Definition definition) {
        return new Tasks(
                name,
                service.runningCount(),
                definition.cpu(),
                definition.memory(),
                service.networkConfiguration() == null
                        ? List.of()
                        : service.networkConfiguration().awsvpcConfiguration().subnets(),
                definition.missing(),
                service.deployments().stream()
                        .anyMatch(one -> one.rolloutState() == DeploymentRolloutState.IN_PROGRESS));
    }

    /** CPU units and MiB both come in 1,024ths. */
    private static double units(String text) {
        return text == null ? 0 : Double.parseDouble(text) / 1_024;
    }

    /** An image of another registry than ECR is nobody's to judge. */
    private Found<List<String>> missing(TaskDefinition definition) {
        return Ask.some(() -> {
            var missing = new ArrayList<String>();
            var ours = ours(definition).toList();
            for (var image : ours) {
                if (!isThere(image)) {
                    missing.add(image);
                }
            }
            return ours.isEmpty() ? new Found.Nothing<>() : new Found.Is<>(List.copyOf(missing));
        });
    }

    private static Stream<String> ours(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .map(ContainerDefinition::image)
                .filter(image -> IMAGE.matcher(image).matches());
    }

    private boolean isThere(String image) {
        var parts = IMAGE.matcher(image);
        if (!parts.matches()) {
            return true;
        }
        var wanted = ImageIdentifier.builder()
                .imageTag(parts.group(4) == null && parts.group(3) == null ? "latest" : parts.group(3))
                .imageDigest(parts.group(4))
                .build();
        try {
            registry.describeImages(request -> request.registryId(parts.group(1))
                    .repositoryName(parts.group(2))
                    .imageIds(wanted));
            return true;
        } catch (ImageNotFoundException | RepositoryNotFoundException e) {
            return false;
        }
    }
}
