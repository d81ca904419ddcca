package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.PriceList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What a task of a service costs. A task definition's revision never changes, so each is asked for once in the life of
 * the function's process, and only so many in a look: the price is worth less than the look.
 */
final class TaskPrices {
    private static final int ASKED_IN_A_LOOK = 100;

    private final EcsClient ecs;
    private final PriceList prices;
    private final Map<String, TaskDefinition> known = new HashMap<>();
    private int asked;

    TaskPrices(EcsClient ecs, PriceList prices) {
        this.ecs = ecs;
        this.prices = prices;
    }

    void nextLook() {
        asked = 0;
    }

    OptionalDouble of(Service service) {
        var arn = service.taskDefinition();
        if (!known.containsKey(arn) && asked < ASKED_IN_A_LOOK) {
            asked++;
            ask(arn);
        }
        var definition = known.get(arn);
        return definition == null || definition.cpu() == null || definition.memory() == null
                ? OptionalDouble.empty()
                : prices.task(
                        Integer.parseInt(definition.cpu()), Integer.parseInt(definition.memory()), isAllSpot(service));
    }

    /** A price that is missing is no reason to leave dev awake. */
    private void ask(String arn) {
        try {
            known.put(
                    arn,
                    ecs.describeTaskDefinition(request -> request.taskDefinition(arn))
                            .taskDefinition());
        } catch (SdkException e) {
            // The next look asks again; until then the service has no price.
            asked = ASKED_IN_A_LOOK;
        }
    }

    private static boolean isAllSpot(Service service) {
        return !service.capacityProviderStrategy().isEmpty()
                && service.capacityProviderStrategy().stream()
                        .allMatch(item -> item.capacityProvider().equals("FARGATE_SPOT"));
    }
}
