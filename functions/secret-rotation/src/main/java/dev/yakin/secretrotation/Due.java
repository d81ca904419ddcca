package dev.yakin.secretrotation;

import java.util.Optional;

/** Says when the next rotation begins, where no Secrets Manager does. */
@FunctionalInterface
public interface Due {
    /** Secrets Manager asks for each step itself. */
    Due NEVER = _ -> Optional.empty();

    /**
     * The version to rotate to, the same until its rotation has ended; empty = not now.
     *
     * @param now true begins one before its time
     */
    Optional<String> begin(boolean now);
}
