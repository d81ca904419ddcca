package dev.yakin.secretrotation.aws;

import static dev.yakin.secretrotation.aws.AwsTroubles.asking;

import dev.yakin.secretrotation.SecretState;
import dev.yakin.secretrotation.Vault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * The secret in Secrets Manager.
 *
 * @param secret the ARN of the one secret that this function rotates
 * @param masterSecret the ARN of the secret with the database's master user
 */
record SecretsManagerVault(SecretsManagerClient client, String secret, String masterSecret) implements Vault {
    private static final long PASSWORD_LENGTH = 40;

    @Override
    public SecretState describe() {
        return state(asking("DescribeSecret", () -> client.describeSecret(request -> request.secretId(secret))));
    }

    static SecretState state(DescribeSecretResponse found) {
        var stages = new HashMap<String, Set<String>>();
        found.versionIdsToStages().forEach((version, labels) -> stages.put(version, Set.copyOf(labels)));
        var tags = new HashMap<String, String>();
        for (Tag tag : found.tags()) {
            tags.put(tag.key(), tag.value());
        }
        return new SecretState(Boolean.TRUE.equals(found.rotationEnabled()), stages, Map.copyOf(tags));
    }

    @Override
    public Optional<String> value(String version) {
        return asking("GetSecretValue", () -> {
            try {
                return Optional.ofNullable(client.getSecretValue(
                                request -> request.secretId(secret).versionId(version))
                        .secretString());
            } catch (ResourceNotFoundException _) {
                // RotateSecret makes the version before createSecret gives it a content.
                return Optional.empty();
            }
        });
    }

    @Override
    public String master() {
        return asking(
                "GetSecretValue of the master",
                () -> client.getSecretValue(request -> request.secretId(masterSecret))
                        .secretString());
    }

    @Override
    public String newPassword() {
        return asking(
                "GetRandomPassword",
                () -> client.getRandomPassword(request ->
                                request.passwordLength(PASSWORD_LENGTH).excludePunctuation(true))
                        .randomPassword());
    }

    @Override
    public void putPending(String version, String text) {
        asking(
                "PutSecretValue",
                () -> client.putSecretValue(request -> request.secretId(secret)
                        .clientRequestToken(version)
                        .secretString(text)
                        .versionStages(PENDING)));
    }

    @Override
    public void makeCurrent(String version, String before) {
        asking(
                "UpdateSecretVersionStage",
                () -> client.updateSecretVersionStage(request -> request.secretId(secret)
                        .versionStage(CURRENT)
                        .moveToVersionId(version)
                        .removeFromVersionId(before)));
    }

    @Override
    public void removePending(String version) {
        asking(
                "UpdateSecretVersionStage",
                () -> client.updateSecretVersionStage(request ->
                        request.secretId(secret).versionStage(PENDING).removeFromVersionId(version)));
    }

    @Override
    public void noteTrouble(String trouble) {
        asking(
                "TagResource",
                () -> client.tagResource(request -> request.secretId(secret)
                        .tags(Tag.builder()
                                .key(SecretState.TROUBLE_TAG)
                                .value(trouble)
                                .build())));
    }

    @Override
    public void forgetTrouble() {
        asking(
                "UntagResource",
                () -> client.untagResource(request -> request.secretId(secret).tagKeys(SecretState.TROUBLE_TAG)));
    }
}
