package dev.yakin.secretbootstrap;

import dev.yakin.secretbootstrap.Parameters.Found;
import dev.yakin.secretbootstrap.SecretBootstrap.RefusedException;
import dev.yakin.shared.PlanRunner;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import dev.yakin.shared.StackReply;
import dev.yakin.shared.StackRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Looks, decides, makes; and knows what to answer. */
public record Bootstrap(Parameters parameters, Supplier<String> secrets, PlanRunner runner) {

    /**
     * @throws RuntimeException when the store failed in a way that may pass: Lambda tries again, and CloudFormation waits
     */
    public StackReply answer(Request request) {
        if (request.stack().kind() == StackRequest.Kind.DELETE) {
            // Parameter Store has no way back for what is deleted, and a database snapshot may still need its password.
            return StackReply.done(Map.of());
        }
        try {
            var before = look(request);
            var plan = SecretBootstrap.plan(request.wanted(), before);
            runner.run(plan, false, create -> parameters.create(create.target(), secrets.get()));
            return StackReply.done(attributes(request, plan.isEmpty() ? before : look(request)));
        } catch (RefusedException e) {
            return StackReply.failed(String.valueOf(e.getMessage()));
        } catch (PlanFailedException e) {
            return refusedIn(e).orElseThrow(() -> e);
        }
    }

    private static Optional<StackReply> refusedIn(PlanFailedException failed) {
        return Arrays.stream(failed.getSuppressed())
                .filter(RefusedException.class::isInstance)
                .map(cause -> StackReply.failed(String.valueOf(cause.getMessage())))
                .findFirst();
    }

    private Map<String, Optional<Found>> look(Request request) {
        var observed = new TreeMap<String, Optional<Found>>();
        request.wanted().values().forEach(name -> observed.put(name, parameters.look(name)));
        return observed;
    }

    /** {@code JwtSecret} is the ARN, {@code JwtSecretName} the name. */
    private static Map<String, String> attributes(Request request, Map<String, Optional<Found>> observed) {
        var data = new TreeMap<String, String>();
        request.wanted().forEach((key, name) -> {
            var found = observed.getOrDefault(name, Optional.empty())
                    .orElseThrow(() -> new IllegalStateException(name + " is not to be seen yet"));
            data.put(key, found.arn());
            data.put(key + "Name", name);
        });
        return data;
    }
}
