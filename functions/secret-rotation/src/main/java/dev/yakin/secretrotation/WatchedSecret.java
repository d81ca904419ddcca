package dev.yakin.secretrotation;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret whose value containers read when they start.
 *
 * @param rotated when it was last rotated; empty = never
 * @param nextRotation empty where it is not rotated by a schedule
 */
public record WatchedSecret(
        String arn, String name, SecretState state, Optional<Instant> rotated, Optional<Instant> nextRotation) {
    Optional<Adopting> adopting() {
        return Optional.ofNullable(state.tags().get(Adopting.TAG))
                .flatMap(Adopting::parse)
                .filter(mark -> mark.version().equals(state.current()));
    }

    boolean isAdopted() {
        return state.current().equals(state.tags().get(SecretState.ADOPTED_TAG));
    }

    /** A rotation is on its way: the current version is about to change. */
    boolean isRotating() {
        return state.version(Vault.PENDING)
                .filter(version -> !version.equals(state.current()))
                .isPresent();
    }

    /** Whether the services have to be looked at. */
    public boolean mayBeOpen() {
        return !isAdopted() && !isRotating();
    }

    public boolean isInTrouble() {
        return trouble().isPresent();
    }

    Optional<String> trouble() {
        return Optional.ofNullable(state.tags().get(SecretState.TROUBLE_TAG));
    }
}
