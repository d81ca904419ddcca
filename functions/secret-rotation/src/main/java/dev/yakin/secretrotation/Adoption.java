package dev.yakin.secretrotation;

import static java.util.Comparator.naturalOrder;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import dev.yakin.secretrotation.AdoptionAction.MarkAdopted;
import dev.yakin.secretrotation.AdoptionAction.Redeploy;
import dev.yakin.secretrotation.AdoptionAction.Remember;
import dev.yakin.shared.SaleFreeze;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decision: which services have to be deployed anew because a secret that they read has changed, and when that is
 * done. Containers read a secret only when they start. Source: ECS Developer Guide, "Pass Secrets Manager secrets through
 * Amazon ECS environment variables".
 *
 * <p>Done means that every task of every service that refers to the secret was made after the change was seen and runs.
 * Several changed secrets cost a service one deployment.
 */
public final class Adoption {
    /** After this long without success a person has to look. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private Adoption() {}

    /**
     * @param freeze the sales during which no task is replaced
     * @param observed everything that was seen
     */
    public static List<AdoptionAction> plan(
            AdoptionNotices notices, Instant now, SaleFreeze freeze, Observed observed) {
        var plan = new ArrayList<AdoptionAction>();
        var open = new ArrayList<Open>();
        for (var secret : observed.secrets()) {
            plan.addAll(notices.trouble(secret, now, observed.database()));
            plan.addAll(notices.weekly(secret, now));
            if (secret.mayBeginAgain(now, observed.database())) {
                plan.add(new AdoptionAction.RotateAgain(
                        secret.arn(), now, "the database is awake; the rotation was postponed while it slept"));
            }
            if (secret.mayBeOpen()) {
                open.add(Open.of(secret, now));
            }
        }
        var deployed = new ArrayList<String>();
        for (var service : observed.services()) {
            redeploy(service, open, now, freeze).ifPresent(redeploy -> {
                open.stream()
                        .filter(one -> service.secrets().contains(one.secret().arn()))
                        .filter(one -> deployed.stream().noneMatch(one.secret().arn()::equals))
                        .forEach(one -> {
                            deployed.add(one.secret().arn());
                            plan.add(notices.begins(one, users(one, observed), now));
                        });
                plan.add(redeploy);
                open.stream()
                        .filter(one -> service.secrets().contains(one.secret().arn()))
                        .forEach(one -> plan.add(new Remember(
                                one.secret().arn(),
                                one.adopting().triedAt(now),
                                Optional.of(redeploy),
                                "a deployment of " + service.name() + " is forced")));
            });
        }
        for (var one : open) {
            plan.addAll(ends(notices, one, users(one, observed), now, freeze, deployed));
        }
        return List.copyOf(plan);
    }

    /** @param database the database's status in RDS's words; {@code available} when it is awake */
    public record Observed(List<WatchedSecret> secrets, List<WatchedService> services, String database) {
        public Observed {
            secrets = List.copyOf(secrets);
            services = List.copyOf(services);
        }
    }

    /** A version that is not adopted yet, since when it has to be, and whether that is written down. */
    record Open(WatchedSecret secret, Adopting adopting, boolean isNew) {
        static Open of(WatchedSecret secret, Instant now) {
            return secret.adopting()
                    .map(mark -> new Open(secret, mark, false))
                    .orElseGet(() ->
                            new Open(secret, new Adopting(secret.state().current(), now, Optional.empty()), true));
        }

        Instant since() {
            return adopting.since();
        }
    }

    private static List<WatchedService> users(Open one, Observed observed) {
        return observed.services().stream()
                .filter(service -> service.secrets().contains(one.secret().arn()))
                .toList();
    }

    private static Optional<Redeploy> redeploy(
            WatchedService service, List<Open> open, Instant now, SaleFreeze freeze) {
        var mine = open.stream()
                .filter(one -> service.secrets().contains(one.secret().arn()))
                .toList();
        var since = mine.stream().map(Open::since).max(naturalOrder());
        if (since.isEmpty() || service.isDeploying() || freeze.on(now).isPresent()) {
            return Optional.empty();
        }
        var old = service.olderThan(since.get());
        var tried =
                mine.stream().flatMap(one -> one.adopting().tried().stream()).max(naturalOrder());
        // A deployment that failed is not repeated at once: the circuit breaker had its reasons.
        var mayTry = tried.isEmpty() || !now.isBefore(tried.get().plus(PATIENCE));
        return old > 0 && mayTry
                ? Optional.of(new Redeploy(
                        service.name(),
                        "%d of %d tasks were made before %s, when the secret had another value"
                                .formatted(old, service.tasks().size(), since.get())))
                : Optional.empty();
    }

    private static List<AdoptionAction> ends(
            AdoptionNotices notices,
            Open one,
            List<WatchedService> users,
            Instant now,
            SaleFreeze freeze,
            List<String> deployed) {
        var secret = one.secret();
        if (users.stream().allMatch(service -> service.isRenewedSince(one.since()))) {
            var say =
                    users.isEmpty() ? Optional.<AdoptionAction.Say>empty() : Optional.of(notices.done(one, users, now));
            var plan = new ArrayList<AdoptionAction>(say.stream().toList());
            plan.add(new MarkAdopted(
                    secret.arn(),
                    secret.state().current(),
                    say,
                    "every task of every service uses the current version"));
            return plan;
        }
        var plan = new ArrayList<AdoptionAction>();
        if (one.isNew() && !deployed.contains(secret.arn())) {
            plan.add(new Remember(secret.arn(), one.adopting(), Optional.empty(), "the current version is new"));
        }
        var frozen = freeze.on(now);
        if (frozen.isPresent()) {
            plan.add(notices.waits(one, users, now, frozen.get()));
        } else if (isLate(one, users, now, freeze)) {
            plan.add(notices.late(one, users, now));
        }
        return plan;
    }

    /** The clock stands still during a sale. A forced deployment that is over and left old tasks was rolled back. */
    private static boolean isLate(Open one, List<WatchedService> users, Instant now, SaleFreeze freeze) {
        var begin = freeze.windows().stream()
                .map(SaleFreeze.Window::ends)
                .filter(end -> !end.isAfter(now) && end.isAfter(one.since()))
                .max(naturalOrder())
                .orElse(one.since());
        var rolledBack = one.adopting().tried().isPresent()
                && users.stream().anyMatch(service -> !service.isDeploying() && service.olderThan(one.since()) > 0);
        return rolledBack || !now.isBefore(begin.plus(PATIENCE));
    }
}
