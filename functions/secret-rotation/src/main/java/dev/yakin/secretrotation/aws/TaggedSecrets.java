package dev.yakin.secretrotation.aws;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import dev.yakin.secretrotation.SecretState;
import dev.yakin.secretrotation.Secrets;
import dev.yakin.secretrotation.WatchedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets in Secrets Manager; what the adoption remembers is a tag of the secret. */
record TaggedSecrets(SecretsManagerClient client, List<String> arns) implements Secrets {
    @Override
    public List<WatchedSecret> look() {
        return arns.stream()
                .map(arn -> watched(client.describeSecret(request -> request.secretId(arn))))
                .toList();
    }

    @Override
    public void remember(String secret, Adopting adopting) {
        tag(secret, Adopting.TAG, adopting.toString());
    }

    @Override
    public void markAdopted(String secret, String version) {
        tag(secret, SecretState.ADOPTED_TAG, version);
    }

    /** The time first: whoever is killed in between does not ask again at once, but later. */
    @Override
    public void rotateAgain(String secret, Instant now) {
        tag(secret, SecretState.AGAIN_TAG, now.toString());
        client.rotateSecret(request -> request.secretId(secret));
    }

    private void tag(String secret, String key, String value) {
        client.tagResource(request -> request.secretId(secret)
                .tags(Tag.builder().key(key).value(value).build()));
    }

    private static WatchedSecret watched(DescribeSecretResponse found) {
        return new WatchedSecret(
                found.arn(),
                found.name(),
                SecretsManagerVault.state(found),
                Optional.ofNullable(found.lastRotatedDate()),
                Optional.ofNullable(found.nextRotationDate()),
                WatchedSecret.Driver.SECRETS_MANAGER);
    }
}
