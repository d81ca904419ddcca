package dev.yakin.secretrotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds which retained version logs in, and repairs through the master user what does not. It changes no label but an
 * AWSPENDING that no rotation can use, and no password that logs in.
 */
public final class Doctor {
    private final Vault vault;
    private final Database database;
    private final Roles roles;

    public Doctor(Vault vault, Database database, Roles roles) {
        this.vault = vault;
        this.database = database;
        this.roles = roles;
    }

    /**
     * @param findings what was seen, in words
     * @param repairs what is to be done, or was done
     * @param isCurrentWell whether AWSCURRENT logs in now
     */
    public record Report(List<String> findings, List<String> repairs, boolean isCurrentWell) {}

    /** One retained version and who it is for; no user where its content is unusable. */
    private record Found(String stage, String version, Optional<Credentials> credentials, boolean logsIn) {
        private String words() {
            var who = credentials.map(Credentials::user).orElse("no usable content");
            return "%s (%s): %s%s".formatted(stage, version, who, logsIn ? " logs in" : " does not log in");
        }
    }

    /** @param dryRun true only looks; the repairs are those that would be made */
    public Report examine(boolean dryRun) {
        var state = vault.describe();
        var place = vault.value(state.current())
                .map(text -> SecretText.of(text).credentials())
                .orElseThrow(() -> new RotationException(Trouble.SECRET, "AWSCURRENT has no content"));
        var found = List.of(Vault.CURRENT, Vault.PREVIOUS, Vault.PENDING).stream()
                .flatMap(stage -> state.version(stage).map(version -> look(stage, version, place)).stream())
                .toList();
        var current = found.getFirst();
        var findings = new ArrayList<>(found.stream().map(Found::words).toList());
        var repairs = new ArrayList<String>();
        var uselessPending = found.stream()
                .filter(one -> one.stage().equals(Vault.PENDING))
                .filter(one -> state.has(one.version(), Vault.CURRENT) || isUseless(one, place))
                .findFirst();
        uselessPending.ifPresent(one -> {
            repairs.add("the label AWSPENDING is removed: no rotation can use it");
            if (!dryRun) {
                vault.removePending(one.version());
            }
        });
        findings.addAll(repairUsers(found, place, repairs, dryRun));
        return new Report(
                List.copyOf(findings), List.copyOf(repairs), dryRun ? current.logsIn() : database.accepts(place));
    }

    /** Whether the server says no to AWSCURRENT; no answer at all is no refusal. */
    boolean isCurrentRefused() {
        try {
            return vault.value(vault.describe().current())
                    .map(text -> !database.accepts(SecretText.of(text).credentials()))
                    .orElse(true);
        } catch (RotationException _) {
            // The step that failed, and the doctor, have said why already.
            return false;
        }
    }

    /** Only at our own place: a password that somebody wrote into the secret goes to no other server. */
    private Found look(String stage, String version, Credentials place) {
        try {
            var credentials = vault.value(version).map(SecretText::of).map(SecretText::credentials);
            var logsIn = credentials.filter(place::isSamePlaceAs).map(database::accepts);
            return new Found(stage, version, credentials, logsIn.orElse(false));
        } catch (RotationException e) {
            if (e.trouble() == Trouble.SECRET) {
                return new Found(stage, version, Optional.empty(), false);
            }
            throw e;
        }
    }

    /** An empty pending version is one whose rotation has only begun. */
    private boolean isUseless(Found pending, Credentials place) {
        return pending.credentials()
                .map(credentials -> !credentials.isSamePlaceAs(place)
                        || !Users.of(credentials.user()).equals(Users.of(place.user())))
                .orElse(vault.value(pending.version()).isPresent());
    }

    /** @return what differs between the users, in words */
    private List<String> repairUsers(List<Found> found, Credentials place, List<String> repairs, boolean dryRun) {
        var users = Users.of(place.user());
        var next = users.after(place.user());
        var pendingUser = found.stream()
                .filter(one -> one.stage().equals(Vault.PENDING))
                .flatMap(one -> one.credentials().stream())
                .map(Credentials::user)
                .toList();
        try (var master = database.login(MasterSecret.of(vault.master(), place))) {
            roles.lock(master, users);
            var existing = roles.existing(master, users);
            var isComplete = existing.contains(users.owner()) && existing.contains(place.user());
            var other = existing.contains(next) ? next : place.user();
            var differs = isComplete
                    ? roles.differences(master, users, place.user(), other).stream()
                            .map(Roles.Difference::what)
                            .toList()
                    : List.of("of the roles only these exist: "
                            + existing.stream().sorted().toList());
            if (!differs.isEmpty()) {
                repairs.add("the roles are made what they have to be");
                if (!dryRun) {
                    roles.makeAlike(master, users, place.user(), other);
                }
            }
            for (var one : found) {
                // A pending rotation sets its own password; one that was never current is nobody's.
                var isInUse = !one.stage().equals(Vault.PENDING)
                        && one.credentials().filter(place::isSamePlaceAs).isPresent();
                var user = one.credentials().map(Credentials::user).orElse("");
                var isOther = one.stage().equals(Vault.PREVIOUS)
                        && (user.equals(place.user()) || pendingUser.contains(user) || !user.equals(other));
                if (isInUse && !one.logsIn() && !isOther) {
                    repairs.add("the password of %s is set to that of %s".formatted(user, one.stage()));
                    if (!dryRun) {
                        master.setPassword(user, one.credentials().orElseThrow().password());
                    }
                }
            }
            if (!dryRun) {
                master.commit();
            }
            return differs;
        }
    }
}
