package dev.yakin.secretrotation;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret whose value containers read when they start.
 *
 * @param rotated when it was last rotated; empty = never
 * @param nextRotation empty where it is not rotated by a schedule
 * @param driver who asks for its rotation
 */
public record WatchedSecret(
        String arn,
        String name,
        SecretState state,
        Optional<Instant> rotated,
        Optional<Instant> nextRotation,
        Driver driver) {
    /** Who begins a rotation. */
    public enum Driver {
        SECRETS_MANAGER,
        /** A schedule of ours, which looks again soon by itself. */
        SCHEDULE
    }

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

    Optional<RotationTrouble> trouble() {
        return RotationTrouble.in(state);
    }

    /** A postponed rotation begins again when the database is awake, and not twice within the time that it has to answer. */
    boolean mayBeginAgain(Instant now, String database) {
        var isPostponed = trouble()
                .filter(trouble -> trouble.kind() == RotationTrouble.Kind.POSTPONED)
                .isPresent();
        var lastTime =
                Optional.ofNullable(state.tags().get(SecretState.AGAIN_TAG)).flatMap(Sleep::time);
        return isPostponed
                && driver == Driver.SECRETS_MANAGER
                && database.equals("available")
                && lastTime.filter(last -> now.isBefore(last.plus(Sleep.AWAKE))).isEmpty();
    }

    Duration age(Instant now) {
        return rotated.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
    }
}
