package dev.yakin.secretrotation;

import dev.yakin.shared.Journal;
import dev.yakin.shared.StackReply;
import dev.yakin.shared.StackRequest;
import java.util.Map;
import java.util.Set;

/**
 * What CloudFormation waits for before it starts a task: AWSCURRENT logs in. A new database has no such user, and the
 * first rotation, which would make it, runs whenever Secrets Manager likes. So the user is made here, by the doctor, with
 * the password that the secret has already; asked again it changes nothing.
 *
 * <p>What may pass is tried once more by Lambda, a minute later; then CloudFormation is told why not.
 */
public final class DatabaseUser {
    private static final Set<Trouble> MAY_PASS =
            Set.of(Trouble.UNREACHABLE, Trouble.NOT_READY, Trouble.TOO_MANY_CONNECTIONS, Trouble.AWS);
    private static final String STEP = "DatabaseUser ";

    private final Runnable seed;
    private final Doctor doctor;
    private final Vault vault;
    private final Journal journal;

    /** @param seed gives a new secret the form that the tasks read; idempotent */
    public DatabaseUser(Runnable seed, Doctor doctor, Vault vault, Journal journal) {
        this.seed = seed;
        this.doctor = doctor;
        this.vault = vault;
        this.journal = journal;
    }

    /** @throws RotationException when it is worth another try; Lambda tries again, and CloudFormation waits */
    public StackReply answer(StackRequest request) {
        if (request.kind() == StackRequest.Kind.DELETE) {
            // The users go with the database; a snapshot of it may still need them.
            return StackReply.done(Map.of());
        }
        try {
            seed.run();
            var report = doctor.examine(false);
            var repairs = String.join("; ", report.repairs());
            journal.line("INFO", "the database user", Map.of("done", repairs.isEmpty() ? "nothing" : repairs));
            if (!report.isCurrentWell()) {
                return StackReply.failed("AWSCURRENT does not log in: " + String.join("; ", report.findings()));
            }
            forget();
            return StackReply.done(Map.of());
        } catch (RotationException e) {
            return refusal(request, e);
        }
    }

    private void forget() {
        if (vault.describe().trouble().filter(tag -> tag.contains(STEP)).isPresent()) {
            vault.forgetTrouble();
        }
    }

    private StackReply refusal(StackRequest request, RotationException error) {
        journal.line("ERROR", "no database user", Map.of("cause", String.valueOf(error.getMessage())));
        if (MAY_PASS.contains(error.trouble()) && !hasBeenTried(request)) {
            vault.noteTrouble(RotationTrouble.of(RotationTrouble.Kind.FAILED, STEP + request.id(), error)
                    .text());
            throw error;
        }
        return StackReply.failed("The database user of the shop could not be made. " + error.getMessage());
    }

    private boolean hasBeenTried(StackRequest request) {
        return RotationTrouble.in(vault.describe())
                .filter(trouble -> trouble.isAbout(request.id()))
                .isPresent();
    }
}
