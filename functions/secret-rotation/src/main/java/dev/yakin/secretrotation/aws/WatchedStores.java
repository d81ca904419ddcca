package dev.yakin.secretrotation.aws;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import dev.yakin.secretrotation.Secrets;
import dev.yakin.secretrotation.WatchedSecret;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Secrets of both stores: the master's is in Secrets Manager even where the shop's is a parameter. */
record WatchedStores(Secrets secrets, Secrets parameters) implements Secrets {
    private static final int LONGEST_DAYS = 30;

    static Secrets of(Settings settings) {
        var arns = settings.list("SECRETS");
        var parameters = arns.stream().filter(WatchedStores::isParameter).toList();
        var secrets = arns.stream().filter(arn -> !isParameter(arn)).toList();
        var tagged = new TaggedSecrets(Clients.create(SecretsManagerClient.builder()), secrets);
        return parameters.isEmpty()
                ? tagged
                : new WatchedStores(
                        tagged,
                        new TaggedParameters(
                                Clients.create(SsmClient.builder()),
                                parameters,
                                settings.integer("ROTATION_DAYS", 1, LONGEST_DAYS),
                                settings.zone("TIME_ZONE")));
    }

    private static boolean isParameter(String arn) {
        return arn.contains(":parameter/");
    }

    private Secrets of(String arn) {
        return isParameter(arn) ? parameters : secrets;
    }

    @Override
    public List<WatchedSecret> look() {
        return Stream.concat(secrets.look().stream(), parameters.look().stream())
                .toList();
    }

    @Override
    public void remember(String secret, Adopting adopting) {
        of(secret).remember(secret, adopting);
    }

    @Override
    public void markAdopted(String secret, String version) {
        of(secret).markAdopted(secret, version);
    }

    @Override
    public void rotateAgain(String secret, Instant now) {
        of(secret).rotateAgain(secret, now);
    }
}
