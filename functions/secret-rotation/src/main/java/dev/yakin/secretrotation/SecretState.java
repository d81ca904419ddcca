package dev.yakin.secretrotation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a secret without reading it.
 *
 * @param stages each version's stages; versions without any are forgotten by Secrets Manager
 */
public record SecretState(boolean rotationEnabled, Map<String, Set<String>> stages, Map<String, String> tags) {
    /** Which version every running task has adopted; written by the adoption hook. */
    public static final String ADOPTED_TAG = "yakin:adopted";

    /** What is wrong with the rotation; written by the rotation, said by the adoption hook. */
    public static final String TROUBLE_TAG = "yakin:rotation-trouble";

    /** When the database was seen awake and a postponed rotation was begun again; written by the adoption hook. */
    public static final String AGAIN_TAG = "yakin:rotation-again";

    public SecretState {
        stages = Map.copyOf(stages);
        tags = Map.copyOf(tags);
    }

    public Optional<String> version(String stage) {
        return stages.entrySet().stream()
                .filter(version -> version.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    public Optional<String> trouble() {
        return Optional.ofNullable(tags.get(TROUBLE_TAG));
    }

    public boolean has(String version, String stage) {
        return stages.getOrDefault(version, Set.of()).contains(stage);
    }

    /** @throws RotationException when no version is current: nothing can be rotated from */
    public String current() {
        return version(Vault.CURRENT)
                .orElseThrow(() -> new RotationException(Trouble.SECRET, "the secret has no version AWSCURRENT"));
    }
}
