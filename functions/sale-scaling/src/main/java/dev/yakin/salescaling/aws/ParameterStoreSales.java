package dev.yakin.salescaling.aws;

import static dev.yakin.salescaling.SalesVersions.GOOD;
import static dev.yakin.salescaling.SalesVersions.REFUSED;

import dev.yakin.salescaling.SalesParameter;
import dev.yakin.salescaling.SalesVersions;
import dev.yakin.salescaling.SalesVersions.Missing;
import dev.yakin.salescaling.SalesVersions.Reading;
import dev.yakin.salescaling.SalesVersions.Unreadable;
import dev.yakin.salescaling.SalesVersions.Version;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

/**
 * The sale calendar in Systems Manager Parameter Store. A version is asked for as {@code name:label}; a label that no
 * version carries is {@code ParameterVersionNotFound}. Source: Systems Manager User Guide, "Working with parameter
 * labels".
 */
public record ParameterStoreSales(SsmClient ssm, String name) implements SalesParameter {
    @Override
    public SalesVersions look() {
        return new SalesVersions(
                read(name),
                read(name + ":" + GOOD),
                read(name + ":" + REFUSED) instanceof Version refused
                        ? Optional.of(refused.number())
                        : Optional.empty());
    }

    @Override
    public void label(long version, String label) {
        var answer = ssm.labelParameterVersion(
                request -> request.name(name).parameterVersion(version).labels(label));
        if (answer.hasInvalidLabels() && !answer.invalidLabels().isEmpty()) {
            throw new IllegalStateException("Parameter Store refuses the label %s of %s".formatted(label, name));
        }
    }

    /** A label that is gone already comes back as an invalid one, and that is what was wanted. */
    @Override
    public void removeLabel(long version, String label) {
        ssm.unlabelParameterVersion(
                request -> request.name(name).parameterVersion(version).labels(label));
    }

    private Reading read(String selector) {
        try {
            var parameter = ssm.getParameter(request -> request.name(selector)).parameter();
            return new Version(parameter.version(), parameter.value(), parameter.lastModifiedDate());
        } catch (ParameterNotFoundException | ParameterVersionNotFoundException e) {
            return new Missing();
        } catch (SdkException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
