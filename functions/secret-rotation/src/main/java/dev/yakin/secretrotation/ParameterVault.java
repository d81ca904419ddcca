package dev.yakin.secretrotation;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A secret in Parameter Store, in Secrets Manager's words: a SecureString with a connection URL. ECS reads a parameter's
 * newest version and can name no other, neither by number nor by label, so the newest version is AWSCURRENT, the one
 * before it is AWSPREVIOUS, and what is pending lies in a parameter of its own, {@code <name>/pending/<version>}. That one
 * is made and never overwritten: whoever rotates at the same time, or again after a crash, sets the same password.
 *
 * <p>Sources: Systems Manager User Guide, "Working with parameter versions"; aws/containers-roadmap#859 (no version or
 * label in a task definition).
 */
public final class ParameterVault implements Vault, Due {
    private final Parameters parameters;
    private final String name;
    private final Credentials place;
    private final Duration every;
    private final Clock clock;
    private String begun = "";

    /**
     * @param place the user that a new stack begins with, and where; its password does not matter
     * @param every how old a password may become
     */
    public ParameterVault(Parameters parameters, String name, Credentials place, Duration every, Clock clock) {
        this.parameters = parameters;
        this.name = name;
        this.place = place;
        this.every = every;
        this.clock = clock;
    }

    /** secret-bootstrap makes a bare password; the tasks need the whole URL. */
    public void seed() {
        var stored = newest();
        if (isBare(stored.text())) {
            parameters.overwrite(name, url(stored.text()));
        }
    }

    @Override
    public Optional<String> begin(boolean now) {
        var newest = newest();
        var next = String.valueOf(newest.version() + 1);
        var isBegun = false;
        for (var pending : parameters.below(name + "/pending")) {
            if (pending.equals(pendingName(next))) {
                isBegun = true;
            } else {
                // Of a rotation that has ended, or that somebody's new version has overtaken.
                parameters.delete(pending);
            }
        }
        var isDue = !clock.instant().isBefore(newest.changed().plus(every));
        begun = isBegun || isDue || now ? next : "";
        return begun.isEmpty() ? Optional.empty() : Optional.of(begun);
    }

    @Override
    public SecretState describe() {
        var newest = newest().version();
        var current = String.valueOf(newest);
        var next = String.valueOf(newest + 1);
        Map<String, Set<String>> stages = new HashMap<>();
        label(stages, current, CURRENT);
        if (newest > 1) {
            label(stages, String.valueOf(newest - 1), PREVIOUS);
        }
        var pending = new HashSet<>(parameters.below(name + "/pending"));
        if (pending.contains(pendingName(current))) {
            label(stages, current, PENDING);
        }
        if (pending.contains(pendingName(next)) || begun.equals(next)) {
            label(stages, next, PENDING);
        }
        return new SecretState(true, stages, parameters.tags(name));
    }

    @Override
    public Optional<String> value(String version) {
        return parameters
                .version(name, Long.parseLong(version))
                .or(() -> parameters.newest(pendingName(version)))
                .map(Parameters.Stored::text)
                .map(text -> isBare(text) ? url(text) : text);
    }

    @Override
    public String master() {
        return parameters.master();
    }

    @Override
    public String newPassword() {
        return parameters.newPassword();
    }

    @Override
    public void putPending(String version, String text) {
        if (!parameters.create(pendingName(version), text)
                && !value(version).filter(text::equals).isPresent()) {
            throw new RotationException(
                    Trouble.STALE, "version " + version + " was made by another call meanwhile; the next look goes on");
        }
    }

    @Override
    public void makeCurrent(String version, String before) {
        var pending = parameters
                .newest(pendingName(version))
                .orElseThrow(() ->
                        new RotationException(Trouble.STALE, "version " + version + " is not pending (any more)"));
        parameters.overwrite(name, pending.text());
    }

    @Override
    public void removePending(String version) {
        begun = "";
        parameters.delete(pendingName(version));
    }

    @Override
    public void noteTrouble(String trouble) {
        parameters.tag(name, SecretState.TROUBLE_TAG, trouble);
    }

    @Override
    public void forgetTrouble() {
        parameters.untag(name, SecretState.TROUBLE_TAG);
    }

    private Parameters.Stored newest() {
        return parameters
                .newest(name)
                .orElseThrow(() -> new RotationException(Trouble.SECRET, "there is no parameter " + name));
    }

    private String pendingName(String version) {
        return name + "/pending/" + version;
    }

    private static boolean isBare(String text) {
        return text.matches("[A-Za-z0-9]+");
    }

    private String url(String password) {
        return new DatabaseUrl("postgresql", place, "?sslmode=require").with(place.user(), password);
    }

    private static void label(Map<String, Set<String>> stages, String version, String label) {
        var labels = new HashSet<>(stages.getOrDefault(version, Set.of()));
        labels.add(label);
        stages.put(version, Set.copyOf(labels));
    }
}
