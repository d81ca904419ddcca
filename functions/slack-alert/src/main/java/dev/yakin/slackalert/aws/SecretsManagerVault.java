package dev.yakin.slackalert.aws;

import dev.yakin.slackalert.slack.SlackAccess;
import dev.yakin.slackalert.slack.Vault;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The access to Slack in a secret of Secrets Manager, as JSON. */
record SecretsManagerVault(SecretsManagerClient client, String secretArn) implements Vault {
    @Override
    public SlackAccess read() {
        var value = client.getSecretValue(request -> request.secretId(secretArn));
        return SlackAccess.parse(value.secretString());
    }
}
