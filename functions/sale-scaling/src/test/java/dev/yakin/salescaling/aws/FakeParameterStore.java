package dev.yakin.salescaling.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionResponse;

/** One parameter with the versions and labels of Parameter Store. */
final class FakeParameterStore implements SsmClient {
    private final String name;
    private final List<String> versions = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private boolean denied;

    FakeParameterStore(String name) {
        this.name = name;
    }

    void put(String value) {
        versions.add(value);
    }

    void deny() {
        denied = true;
    }

    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
        if (denied) {
            throw SsmException.builder().message("AccessDeniedException").build();
        }
        if (versions.isEmpty() || !request.name().startsWith(name)) {
            throw ParameterNotFoundException.builder().build();
        }
        var label = request.name().substring(name.length());
        var version = label.isEmpty() ? Integer.valueOf(versions.size()) : labels.get(label.substring(1));
        if (version == null) {
            throw ParameterVersionNotFoundException.builder().build();
        }
        return GetParameterResponse.builder()
                .parameter(Parameter.builder()
                        .version((long) version)
                        .value(versions.get(version - 1))
                        .lastModifiedDate(Instant.EPOCH)
                        .build())
                .build();
    }

    @Override
    public LabelParameterVersionResponse labelParameterVersion(LabelParameterVersionRequest request) {
        var invalid = request.labels().stream()
                .filter(label -> label.startsWith("aws") || label.startsWith("ssm"))
                .toList();
        if (invalid.isEmpty()) {
            request.labels()
                    .forEach(label ->
                            labels.put(label, request.parameterVersion().intValue()));
        }
        return LabelParameterVersionResponse.builder().invalidLabels(invalid).build();
    }

    @Override
    public UnlabelParameterVersionResponse unlabelParameterVersion(UnlabelParameterVersionRequest request) {
        var here = request.labels().stream()
                .filter(label -> labels.remove(label, request.parameterVersion().intValue()))
                .toList();
        return UnlabelParameterVersionResponse.builder().removedLabels(here).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
