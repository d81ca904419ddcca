package dev.yakin.secretrotation;

import java.util.Optional;

/** Says when the next rotation begins, where no Secrets Manager does. */
@FunctionalInterface
public interface Due {
    /** Secrets Manager asks for each step itself, and whoever wants a rotation asks it. */
    Due NEVER = _ -> {
        throw new RotationException(
                Trouble.STALE, "this secret is rotated by Secrets Manager; use aws secretsmanager rotate-secret");
    };

    /**
     * The version to rotate to, the same until its rotation has ended; empty = not now.
     *
     * @param now true begins one before its time
     */
    Optional<String> begin(boolean now);
}
