package dev.yakin.secretbootstrap;

import dev.yakin.secretbootstrap.Parameters.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which parameters are to be made. */
public final class SecretBootstrap {
    // Systems Manager User Guide, "About requirements and constraints for parameter names", without its reserved
    // prefixes.
    private static final Pattern NAME = Pattern.compile("(/(?!(?i:aws|ssm))[A-Za-z0-9_.-]+){2,15}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]+");

    private SecretBootstrap() {}

    /**
     * What is missing is made; what is there stays as it is.
     *
     * @param wanted names by key
     * @param observed what the store has under each name
     * @throws RefusedException when making the rest would leave a stack that does not work
     */
    public static List<Create> plan(Map<String, String> wanted, Map<String, Optional<Found>> observed) {
        if (wanted.isEmpty()) {
            throw new RefusedException(
                    "Parameters names nothing; give at least one, such as JwtSecret: /app/dev/jwt-secret");
        }
        var plan = new ArrayList<Create>();
        wanted.forEach((key, name) -> {
            if (!KEY.matcher(key).matches() || !NAME.matcher(name).matches()) {
                throw new RefusedException(
                        "Parameters.%s is '%s'; need a path such as /app/dev/jwt-secret".formatted(key, name));
            }
            var found = observed.getOrDefault(name, Optional.empty());
            if (found.isEmpty()) {
                plan.add(new Create(name, "there is no parameter of this name"));
            } else if (!found.get().secret()) {
                throw new RefusedException(
                        "%s is there, but anybody who may list parameters can read it (it is no SecureString); delete it or rename it"
                                .formatted(name));
            }
        });
        return plan;
    }

    /** Trying again will not help; the message says what would. */
    public static final class RefusedException extends RuntimeException {
        public RefusedException(String message) {
            super(message);
        }
    }
}
