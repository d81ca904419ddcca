package dev.yakin.secretrotation;

import java.util.ArrayList;
import java.util.List;

/**
 * The four steps of a rotation. Two users take turns: the next password is set for the user that nobody uses, so the
 * current one logs in at every instant. Each step looks first, so it may run twice, out of order or late.
 *
 * <p>What changes the database or the current version happens while the database holds a lock, and the secret's state is
 * read again inside of it: a step that was delayed until its version was replaced finds that out before it does harm.
 *
 * <p>Source: Secrets Manager User Guide, "Lambda rotation functions" and "Rotation by Lambda function".
 */
public final class Rotation {
    private final Vault vault;
    private final Database database;
    private final Roles roles;
    private final Wanted wanted;

    /**
     * @param alternating false changes the password of the one user in place; connections that begin between setSecret
     *     and finishSecret fail then
     * @param check what the app has to be able to do with the new user
     */
    public record Wanted(boolean alternating, PrivilegeCheck check) {}

    public Rotation(Vault vault, Database database, Roles roles, Wanted wanted) {
        this.vault = vault;
        this.database = database;
        this.roles = roles;
        this.wanted = wanted;
    }

    /** @return what was done, in words; nothing to do is the normal answer of a repeated step */
    public List<String> step(RotationStep step, String version) {
        var state = vault.describe();
        if (state.has(version, Vault.CURRENT)) {
            return finished(state, version);
        }
        requirePending(state, version);
        return switch (step) {
            case CREATE -> create(state, version);
            case SET -> set(state, version);
            case TEST -> test(state, version);
            case FINISH -> finish(state, version);
        };
    }

    private List<String> finished(SecretState state, String version) {
        if (!state.has(version, Vault.PENDING)) {
            return List.of();
        }
        vault.removePending(version);
        return List.of("the version is current already; its label AWSPENDING is removed");
    }

    private List<String> create(SecretState state, String version) {
        if (vault.value(version).isPresent()) {
            return List.of();
        }
        var text = SecretText.of(content(state.current()));
        var user = next(text.credentials().user());
        requireAdopted(state, user);
        vault.putPending(version, text.with(user, vault.newPassword()));
        return List.of("a new password for " + user + " is pending");
    }

    private List<String> set(SecretState before, String version) {
        var current = SecretText.of(content(before.current())).credentials();
        var pending = pending(version, current);
        var done = new ArrayList<String>();
        try (var master = database.login(master(current))) {
            roles.lock(master, Users.of(current.user()));
            requireUnchanged(before, version);
            // The first rotation of a new stack finds no user at all; the tasks already have its password.
            var currentLogsIn = database.accepts(current);
            var pendingLogsIn = database.accepts(pending);
            done.addAll(roles.makeAlike(master, Users.of(current.user()), current.user(), pending.user()));
            if (!currentLogsIn && !current.user().equals(pending.user())) {
                master.setPassword(current.user(), current.password());
                done.add("the password of " + current.user() + " was not that of AWSCURRENT: now it is");
            }
            if (!pendingLogsIn) {
                master.setPassword(pending.user(), pending.password());
                done.add("the password of " + pending.user() + " is set");
            }
            master.commit();
        }
        return done;
    }

    private List<String> test(SecretState state, String version) {
        var current = SecretText.of(content(state.current())).credentials();
        var pending = pending(version, current);
        try (var session = database.login(pending)) {
            wanted.check().run(session, Users.of(current.user()));
        }
        return List.of(pending.user() + " logs in and has its privileges");
    }

    private List<String> finish(SecretState before, String version) {
        var current = SecretText.of(content(before.current())).credentials();
        var pending = pending(version, current);
        var done = new ArrayList<String>();
        try (var master = database.login(master(current))) {
            roles.lock(master, Users.of(current.user()));
            requireUnchanged(before, version);
            done.addAll(roles.makeAlike(master, Users.of(current.user()), current.user(), pending.user()));
            master.commit();
            if (!database.accepts(pending)) {
                throw new RotationException(
                        Trouble.WRONG_PASSWORD, pending.user() + " does not log in; setSecret has to run again");
            }
            vault.makeCurrent(version, before.current());
            done.add(pending.user() + " is current");
        }
        vault.removePending(version);
        return done;
    }

    private String next(String user) {
        return wanted.alternating() ? Users.of(user).after(user) : user;
    }

    private Credentials master(Credentials place) {
        return MasterSecret.of(vault.master(), place);
    }

    private Credentials pending(String version, Credentials current) {
        var pending = SecretText.of(content(version)).credentials();
        if (!pending.isSamePlaceAs(current) || !pending.user().equals(next(current.user()))) {
            throw new RotationException(
                    Trouble.SECRET,
                    "AWSPENDING is for %s, need %s at the place of AWSCURRENT; the doctor removes it"
                            .formatted(pending, next(current.user())));
        }
        return pending;
    }

    private String content(String version) {
        return vault.value(version)
                .orElseThrow(() -> new RotationException(
                        Trouble.STALE, "version " + version + " has no content; createSecret has to run first"));
    }

    private static void requirePending(SecretState state, String version) {
        if (!state.rotationEnabled()) {
            throw new RotationException(Trouble.STALE, "the secret's rotation is switched off");
        }
        if (!state.has(version, Vault.PENDING)) {
            throw new RotationException(
                    Trouble.STALE, "version " + version + " is not AWSPENDING (any more): the rotation was replaced");
        }
    }

    private void requireUnchanged(SecretState before, String version) {
        var now = vault.describe();
        requirePending(now, version);
        if (!now.current().equals(before.current())) {
            throw new RotationException(Trouble.STALE, "AWSCURRENT has moved meanwhile");
        }
    }

    /** The next user is the one of two rotations ago: it is free only when every task uses the current one. */
    private void requireAdopted(SecretState state, String user) {
        var previous = state.version(Vault.PREVIOUS).flatMap(vault::value).map(SecretText::of);
        var mayBeInUse =
                previous.isPresent() && previous.get().credentials().user().equals(user);
        if (wanted.alternating()
                && mayBeInUse
                && !state.current().equals(state.tags().get(SecretState.ADOPTED_TAG))) {
            throw new RotationException(
                    Trouble.NOT_ADOPTED,
                    "tasks may still use %s, whose password would change: the services have not adopted version %s yet"
                            .formatted(user, state.current()));
        }
    }
}
