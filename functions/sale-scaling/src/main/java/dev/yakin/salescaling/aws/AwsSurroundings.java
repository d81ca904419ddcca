package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Surroundings;
import dev.yakin.salescaling.Surroundings.Money;
import dev.yakin.salescaling.Surroundings.Tasks;
import dev.yakin.salescaling.Surroundings.Work;
import dev.yakin.salescaling.SurroundingsReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.budgets.model.Spend;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Everything that a pre-flight judges. Each question may fail by itself. */
record AwsSurroundings(
        TaskSizes tasks,
        FargateVcpus vcpus,
        FreeAddresses addresses,
        DatabaseState database,
        AcmClient certificates,
        SecretsManagerClient secrets,
        BudgetsClient budgets,
        Around around)
        implements SurroundingsReader {

    /**
     * What the template says about the stack around the services.
     *
     * @param database of the instance or cluster
     * @param certificate empty when the shop is served without one
     * @param secret of the database user; empty when Parameter Store keeps it, where nothing rotates
     */
    record Around(
            String account,
            String database,
            boolean isAurora,
            Optional<String> certificate,
            Optional<String> secret,
            String budget,
            String balancer) {}

    @Override
    public Surroundings look(List<String> services, Instant now) {
        var found = tasks.look(services);
        return new Surroundings(
                found,
                vcpus.look(now),
                free(found),
                database.look(),
                certificate(),
                Ask.about(this::work),
                Ask.some(this::month));
    }

    private Found<Map<String, Integer>> free(Found<List<Tasks>> found) {
        return switch (found) {
            case Found.Is<List<Tasks>>(var all) ->
                addresses.look(all.stream()
                        .flatMap(one -> one.subnets().stream())
                        .distinct()
                        .toList());
            case Found.Nothing<List<Tasks>> nothing -> new Found.Nothing<>();
            case Found.Unreadable<List<Tasks>> unreadable -> new Found.Unreadable<>(unreadable.cause());
        };
    }

    private Found<Instant> certificate() {
        return around.certificate()
                .map(arn -> Ask.<Instant>some(() -> {
                    var ends = certificates
                            .describeCertificate(request -> request.certificateArn(arn))
                            .certificate()
                            .notAfter();
                    return ends == null ? new Found.Unreadable<>("it is not issued yet") : new Found.Is<>(ends);
                }))
                .orElse(new Found.Nothing<>());
    }

    /** A version that waits to become the current one is a rotation that has not ended. */
    private Work work() {
        if (around.secret().isEmpty()) {
            return new Work(Optional.empty(), false, database.drills());
        }
        var secret = secrets.describeSecret(
                request -> request.secretId(around.secret().get()));
        var isRotating = secret.versionIdsToStages().values().stream()
                .anyMatch(stages -> stages.contains("AWSPENDING") && !stages.contains("AWSCURRENT"));
        return new Work(Optional.ofNullable(secret.nextRotationDate()), isRotating, database.drills());
    }

    private Found<Money> month() {
        var budget = budgets.describeBudget(
                        request -> request.accountId(around.account()).budgetName(around.budget()))
                .budget();
        var spent = amount(budget.calculatedSpend().actualSpend());
        var forecast = Optional.ofNullable(budget.calculatedSpend().forecastedSpend())
                .map(AwsSurroundings::amount)
                .orElse(spent); // AWS expects nothing while it knows too few months
        return new Found.Is<>(new Money(amount(budget.budgetLimit()), spent, forecast));
    }

    private static double amount(Spend spend) {
        return spend.amount().doubleValue();
    }
}
