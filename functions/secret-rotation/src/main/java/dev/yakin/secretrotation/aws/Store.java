package dev.yakin.secretrotation.aws;

import dev.yakin.secretrotation.Credentials;
import dev.yakin.secretrotation.Due;
import dev.yakin.secretrotation.ParameterVault;
import dev.yakin.secretrotation.Vault;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Where the shop's secret is kept, by the settings.
 *
 * @param readerVault keeps the secret of the restore drills' reader; nobody asks it where there are no drills
 * @param seed gives a new secret the form that the tasks read
 */
record Store(Vault vault, Vault readerVault, Due due, Runnable seed) {
    private static final int LONGEST_DAYS = 30;

    static Store of(Settings settings, Clock clock) {
        var secrets = Clients.create(SecretsManagerClient.builder());
        var arn = settings.text("SECRET_ARN");
        var master = settings.text("MASTER_SECRET_ARN");
        var readerVault = new SecretsManagerVault(secrets, settings.text("READER_SECRET_ARN", ""), master);
        if (!arn.contains(":parameter/")) {
            // The attachment to the database has written the place into the secret.
            return new Store(new SecretsManagerVault(secrets, arn, master), readerVault, Due.NEVER, () -> {});
        }
        var vault = new ParameterVault(
                new ParameterStore(Clients.create(SsmClient.builder()), secrets, master),
                name(arn),
                place(settings),
                Duration.ofDays(settings.integer("ROTATION_DAYS", 1, LONGEST_DAYS)),
                clock);
        return new Store(vault, readerVault, vault, vault::seed);
    }

    /** {@code /shop/prod/user} of {@code arn:aws:ssm:…:parameter/shop/prod/user}. */
    static String name(String arn) {
        return arn.substring(arn.indexOf(":parameter") + ":parameter".length());
    }

    private static Credentials place(Settings settings) {
        return new Credentials(
                "app_user",
                "",
                settings.text("DATABASE_HOST"),
                settings.integer("DATABASE_PORT", 1, 65_535),
                settings.text("DATABASE_NAME"));
    }
}
