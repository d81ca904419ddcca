package dev.yakin.secretrotation.aws;

import static java.util.stream.Collectors.toMap;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import dev.yakin.secretrotation.RotationHours;
import dev.yakin.secretrotation.SecretState;
import dev.yakin.secretrotation.Secrets;
import dev.yakin.secretrotation.Vault;
import dev.yakin.secretrotation.WatchedSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * Secrets in Parameter Store; what the adoption remembers is a tag of the parameter. Asked for without decryption, so what
 * comes back is a cipher, and not even that is looked at.
 *
 * @param days how old a password may become
 */
record TaggedParameters(SsmClient ssm, List<String> arns, int days, ZoneId zone) implements Secrets {
    @Override
    public List<WatchedSecret> look() {
        return arns.stream().map(this::watched).toList();
    }

    private WatchedSecret watched(String arn) {
        var name = Store.name(arn);
        var found = ssm.getParameter(request -> request.name(name).withDecryption(false))
                .parameter();
        var changed = found.lastModifiedDate();
        var tags = ssm
                .listTagsForResource(request ->
                        request.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(name))
                .tagList()
                .stream()
                .collect(toMap(Tag::key, Tag::value));
        var state = new SecretState(true, stages(found.version()), tags);
        var next = RotationHours.from(changed.plus(Duration.ofDays(days)), zone);
        return new WatchedSecret(
                arn, name, state, Optional.of(changed), Optional.of(next), WatchedSecret.Driver.SCHEDULE);
    }

    /** The newest version is the current one; {@code ParameterVault} says why. */
    private static Map<String, Set<String>> stages(long newest) {
        return newest == 1
                ? Map.of("1", Set.of(Vault.CURRENT))
                : Map.of(
                        String.valueOf(newest),
                        Set.of(Vault.CURRENT),
                        String.valueOf(newest - 1),
                        Set.of(Vault.PREVIOUS));
    }

    @Override
    public void remember(String secret, Adopting adopting) {
        tag(secret, Adopting.TAG, adopting.toString());
    }

    @Override
    public void markAdopted(String secret, String version) {
        tag(secret, SecretState.ADOPTED_TAG, version);
    }

    /** The schedule looks again by itself. */
    @Override
    public void rotateAgain(String secret, Instant now) {
        throw new IllegalStateException(secret + " is rotated by a schedule");
    }

    private void tag(String secret, String key, String value) {
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(Store.name(secret))
                .tags(Tag.builder().key(key).value(value).build()));
    }
}
