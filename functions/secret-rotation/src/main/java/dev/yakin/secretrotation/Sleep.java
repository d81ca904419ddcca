package dev.yakin.secretrotation;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A database that sleeps at night is no failed rotation. The step that finds it asleep succeeds without doing anything
 * and takes AWSPENDING away: to Secrets Manager that is a rotation that is over, so that the next RotateSecret begins
 * anew and nothing is retried or alarmed meanwhile. The adoption hook asks for it when the database is awake.
 *
 * <p>Source: Secrets Manager API Reference, RotateSecret: a rotation has to end with AWSPENDING on the version that is
 * AWSCURRENT or on none; while it is on another one, a later RotateSecret returns an error.
 */
public final class Sleep {
    /** After the database was seen awake, it has to answer for so long; not answering then is a failure. */
    static final Duration AWAKE = Duration.ofMinutes(30);

    private final Vault vault;
    private final boolean maySleep;
    private final Clock clock;

    /** @param maySleep false where nothing ever puts the database to sleep: then not answering is always a failure */
    public Sleep(Vault vault, boolean maySleep, Clock clock) {
        this.vault = vault;
        this.maySleep = maySleep;
        this.clock = clock;
    }

    /** Whether this version's rotation was given up because the database sleeps. */
    boolean isPostponed(String version) {
        return maySleep
                && RotationTrouble.in(vault.describe())
                        .filter(trouble -> trouble.kind() == RotationTrouble.Kind.POSTPONED)
                        .filter(trouble -> trouble.isAbout(version))
                        .isPresent();
    }

    boolean mayPostpone(RotationException error) {
        var isAsleep = error.trouble() == Trouble.UNREACHABLE || error.trouble() == Trouble.NOT_READY;
        return maySleep && isAsleep && !isAwake();
    }

    /** Writes it down first: whoever is killed in between finds it and goes on. */
    List<String> postpone(RotationEvent.Step event, RotationException error) {
        vault.noteTrouble(
                RotationTrouble.of(RotationTrouble.Kind.POSTPONED, event.step() + " " + event.version(), error)
                        .text());
        return drop(event.version());
    }

    List<String> drop(String version) {
        if (vault.describe().has(version, Vault.PENDING)) {
            vault.removePending(version);
        }
        return List.of("postponed: the database sleeps");
    }

    private boolean isAwake() {
        return Optional.ofNullable(vault.describe().tags().get(SecretState.AGAIN_TAG))
                .flatMap(Sleep::time)
                .filter(since -> clock.instant().isBefore(since.plus(AWAKE)))
                .isPresent();
    }

    static Optional<Instant> time(String tag) {
        try {
            return Optional.of(Instant.parse(tag));
        } catch (DateTimeException _) {
            // Somebody's hand; without a time nobody has seen it awake.
            return Optional.empty();
        }
    }
}
