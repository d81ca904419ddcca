package dev.yakin.secretrotation;

import dev.yakin.secretrotation.Database.Session;
import dev.yakin.shared.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rotation of the user that restore drills look into the live database with. The first one, which begins with the
 * stack, also makes the user: it reads everything and changes nothing. One user, whose password changes in place: only
 * drills log in, and one that is refused looks again five minutes later.
 *
 * <p>Source: PostgreSQL documentation, "Predefined Roles" ({@code pg_read_all_data}, since 14); Secrets Manager User Guide,
 * "Lambda rotation functions".
 */
public final class ReaderRotation {
    private final Vault vault;
    private final Database database;
    private final Journal journal;

    public ReaderRotation(Vault vault, Database database, Journal journal) {
        this.vault = vault;
        this.database = database;
        this.journal = journal;
    }

    /**
     * @return what was done, in words; nothing to do is the normal answer of a repeated step
     * @throws RotationException when the step cannot be done; Secrets Manager tries the rotation again
     */
    public List<String> step(RotationStep step, String version) {
        try {
            var done = steps(step, version);
            journal.line("INFO", "reader: " + step, Map.of("version", version, "done", String.join("; ", done)));
            return done;
        } catch (RotationException e) {
            var cause = String.valueOf(e.getMessage());
            journal.line("ERROR", "reader: " + step + " failed", Map.of("version", version, "cause", cause));
            throw e;
        }
    }

    private List<String> steps(RotationStep step, String version) {
        var state = vault.describe();
        if (state.has(version, Vault.CURRENT)) {
            return step == RotationStep.FINISH && state.has(version, Vault.PENDING) ? ended(version) : List.of();
        }
        if (!state.has(version, Vault.PENDING)) {
            throw new RotationException(Trouble.STALE, "version " + version + " is not AWSPENDING (any more)");
        }
        return switch (step) {
            case CREATE -> create(state, version);
            case SET -> set(pending(version));
            case TEST -> test(pending(version));
            case FINISH -> finish(state, version);
        };
    }

    private List<String> create(SecretState state, String version) {
        if (vault.value(version).isPresent()) {
            return List.of();
        }
        var text = SecretText.of(content(state.current()));
        var user = text.credentials().user();
        vault.putPending(version, text.with(user, vault.newPassword()));
        return List.of("a new password for " + user + " is pending");
    }

    private List<String> set(Credentials pending) {
        try (var master = database.login(MasterSecret.of(vault.master(), pending))) {
            var done = new ArrayList<String>();
            if (make(master, pending)) {
                done.add(pending.user() + " was missing");
            }
            master.setPassword(pending.user(), pending.password());
            done.add("the password of " + pending.user() + " is set");
            master.commit();
            return done;
        }
    }

    /** @return whether the user was missing */
    private static boolean make(Session master, Credentials reader) {
        var user = Roles.quoted(reader.user());
        var missing = master.rows("SELECT 1 FROM pg_roles WHERE rolname = ?", reader.user())
                .isEmpty();
        if (missing) {
            master.run("CREATE ROLE " + user + " LOGIN");
        }
        master.run("GRANT pg_read_all_data TO " + user);
        master.run("GRANT CONNECT ON DATABASE " + Roles.quoted(reader.database()) + " TO " + user);
        master.run("ALTER ROLE " + user + " SET default_transaction_read_only = on");
        // The restored database has this grant, too: its master then reads what the reader reads here.
        master.run("GRANT " + user + " TO CURRENT_USER");
        return missing;
    }

    private List<String> test(Credentials pending) {
        try (var session = database.login(pending)) {
            var readOnly = session.rows("SHOW transaction_read_only").getFirst().getFirst();
            if (!readOnly.equals("on")) {
                throw new RotationException(Trouble.PRIVILEGES, pending.user() + " begins transactions that write");
            }
        }
        return List.of(pending.user() + " logs in");
    }

    private List<String> finish(SecretState state, String version) {
        var pending = pending(version);
        if (!database.accepts(pending)) {
            throw new RotationException(
                    Trouble.WRONG_PASSWORD, pending.user() + " does not log in; setSecret has to run again");
        }
        vault.makeCurrent(version, state.current());
        return ended(version);
    }

    private List<String> ended(String version) {
        vault.removePending(version);
        return List.of("the new password is current");
    }

    private Credentials pending(String version) {
        return SecretText.of(content(version)).credentials();
    }

    private String content(String version) {
        return vault.value(version)
                .orElseThrow(() -> new RotationException(
                        Trouble.STALE, "version " + version + " has no content; createSecret has to run first"));
    }
}
