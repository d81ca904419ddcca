package dev.yakin.devshutdown.aws;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.yakin.devshutdown.Notebook;
import dev.yakin.devshutdown.Observed.KeepAwake;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;

/**
 * Two parameters: {@code keepAwake} is written by people, {@code told} by this function, as a JSON object of topics. A
 * handful of topics with short values stays far below the 4 KB of a standard parameter.
 */
record ParameterNotebook(SsmClient ssm, String keepAwake, String told) implements Notebook {
    private static final KeepAwake NOBODY = new KeepAwake("none", Instant.EPOCH, Optional.empty());

    @Override
    public Page read() {
        var found = new HashMap<String, Parameter>();
        ssm.getParameters(request -> request.names(List.of(keepAwake, told)))
                .parameters()
                .forEach(parameter -> found.put(parameter.name(), parameter));
        var wish = found.get(keepAwake);
        var page = found.get(told);
        return new Page(wish == null ? NOBODY : wish(wish), page == null ? Map.of() : parse(page.value()));
    }

    private KeepAwake wish(Parameter parameter) {
        var isWish = !parameter.value().strip().equalsIgnoreCase("none");
        return new KeepAwake(
                parameter.value(),
                parameter.lastModifiedDate(),
                isWish ? writer(parameter.version()) : Optional.empty());
    }

    /**
     * Only the history says who wrote a version. Nobody's sleep depends on it: when it cannot be read, nobody is named.
     * Source: Systems Manager API Reference, GetParameterHistory ({@code LastModifiedUser}).
     */
    private Optional<String> writer(long version) {
        try {
            return ssm.getParameterHistoryPaginator(request -> request.name(keepAwake)).stream()
                    .flatMap(page -> page.parameters().stream())
                    .filter(one -> one.version() == version)
                    .findFirst()
                    .map(ParameterHistory::lastModifiedUser);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String topic, String value) {
        var topics = new TreeMap<>(read().told());
        topics.put(topic, value);
        var json = new JsonObject();
        topics.forEach(json::addProperty);
        ssm.putParameter(request -> request.name(told).value(json.toString()).overwrite(true));
    }

    /** What a hand has made unreadable counts as nothing: people are told once more. */
    private static Map<String, String> parse(String value) {
        try {
            var topics = new HashMap<String, String>();
            var json = JsonParser.parseString(value);
            if (json.isJsonObject()) {
                json.getAsJsonObject().entrySet().stream()
                        .filter(entry -> entry.getValue().isJsonPrimitive())
                        .forEach(entry ->
                                topics.put(entry.getKey(), entry.getValue().getAsString()));
            }
            return topics;
        } catch (JsonParseException e) {
            return Map.of();
        }
    }
}
