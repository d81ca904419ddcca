package dev.yakin.secretrotation.aws;

import static dev.yakin.secretrotation.aws.AwsTroubles.asking;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.yakin.secretrotation.Parameters;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameter Store, standard tier, with the AWS managed key; the master's secret is in Secrets Manager. */
record ParameterStore(SsmClient ssm, SecretsManagerClient secrets, String masterSecret) implements Parameters {
    @Override
    public Optional<Stored> newest(String name) {
        return get(name);
    }

    @Override
    public Optional<Stored> version(String name, long version) {
        return get(name + ":" + version);
    }

    private Optional<Stored> get(String selector) {
        return asking("GetParameter", () -> {
            try {
                return Optional.of(stored(
                        ssm.getParameter(request -> request.name(selector).withDecryption(true))
                                .parameter()));
            } catch (ParameterNotFoundException | ParameterVersionNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private static Stored stored(Parameter found) {
        return new Stored(found.value(), found.version(), found.lastModifiedDate());
    }

    @Override
    public Set<String> below(String path) {
        return asking(
                "GetParametersByPath",
                () -> ssm.getParametersByPathPaginator(request -> request.path(path)).stream()
                        .flatMap(page -> page.parameters().stream())
                        .map(Parameter::name)
                        .collect(toSet()));
    }

    @Override
    public boolean create(String name, String text) {
        return asking("PutParameter", () -> {
            try {
                ssm.putParameter(request -> request.name(name)
                        .description("A password that is about to be used (secret-rotation)")
                        .type(ParameterType.SECURE_STRING)
                        .value(text)
                        .overwrite(false));
                return true;
            } catch (ParameterAlreadyExistsException _) {
                return false;
            }
        });
    }

    @Override
    public void overwrite(String name, String text) {
        asking(
                "PutParameter",
                () -> ssm.putParameter(request -> request.name(name)
                        .type(ParameterType.SECURE_STRING)
                        .value(text)
                        .overwrite(true)));
    }

    @Override
    public void delete(String name) {
        asking("DeleteParameter", () -> {
            try {
                return Optional.of(ssm.deleteParameter(request -> request.name(name)));
            } catch (ParameterNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Map<String, String> tags(String name) {
        return asking(
                "ListTagsForResource",
                () -> ssm
                        .listTagsForResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                                .resourceId(name))
                        .tagList()
                        .stream()
                        .collect(toMap(Tag::key, Tag::value)));
    }

    @Override
    public void tag(String name, String key, String value) {
        asking(
                "AddTagsToResource",
                () -> ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(name)
                        .tags(Tag.builder().key(key).value(value).build())));
    }

    @Override
    public void untag(String name, String key) {
        asking(
                "RemoveTagsFromResource",
                () -> ssm.removeTagsFromResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(name)
                        .tagKeys(key)));
    }

    @Override
    public String master() {
        return new SecretsManagerVault(secrets, masterSecret, masterSecret).master();
    }

    @Override
    public String newPassword() {
        return new SecretsManagerVault(secrets, masterSecret, masterSecret).newPassword();
    }
}
