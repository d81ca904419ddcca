package dev.yakin.secretbootstrap;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What CloudFormation asks for. Source: CloudFormation User Guide, "Custom resource request objects".
 *
 * @param answerTo where the answer goes; whoever has this address can answer, so it is never logged
 * @param wanted names of parameters by the key under which the template asks for them, such as {@code JwtSecret} to
 *     {@code /app/prod/jwt-secret}; empty when the resource goes away
 */
public record Request(Kind kind, URI answerTo, Map<String, String> identity, SequencedMap<String, String> wanted) {
    /** The part that an answer has to repeat. */
    private static final String[] IDENTITY = {"StackId", "RequestId", "LogicalResourceId"};

    /** Why CloudFormation asks. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    public Request {
        identity = Map.copyOf(identity);
        wanted = new TreeMap<>(wanted);
    }

    /** @throws NotOurRequestException when nobody could be answered: this was not sent by CloudFormation */
    public static Request parse(String event) {
        try {
            var json = JsonParser.parseString(event).getAsJsonObject();
            var identity = new TreeMap<String, String>();
            for (var name : IDENTITY) {
                identity.put(name, json.get(name).getAsString());
            }
            var kind = Kind.valueOf(json.get("RequestType").getAsString().toUpperCase(Locale.ROOT));
            var answerTo = URI.create(json.get("ResponseURL").getAsString());
            return new Request(kind, answerTo, identity, kind == Kind.DELETE ? new TreeMap<>() : wanted(json));
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | UnsupportedOperationException e) {
            throw new NotOurRequestException(e);
        }
    }

    private static SequencedMap<String, String> wanted(JsonObject json) {
        var wanted = new TreeMap<String, String>();
        var properties = json.get("ResourceProperties");
        var parameters = properties != null && properties.isJsonObject()
                ? properties.getAsJsonObject().get("Parameters")
                : null;
        if (parameters != null && parameters.isJsonObject()) {
            parameters.getAsJsonObject().asMap().forEach((key, name) -> wanted.put(key, text(name)));
        }
        return wanted;
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** The same for every request about this resource: a new one would make CloudFormation replace it. */
    public String physicalId() {
        return "secret-parameters/" + identity.get("LogicalResourceId");
    }

    /** Without the address of the answer. */
    @Override
    public String toString() {
        return "Request[" + kind + ", " + identity.get("RequestId") + ", " + wanted + "]";
    }

    /** The event lacks what every request of CloudFormation has. Its text is not shown: it may hold the address. */
    public static final class NotOurRequestException extends IllegalArgumentException {
        NotOurRequestException(RuntimeException cause) {
            super("this is no request of CloudFormation for a custom resource (RequestType, ResponseURL, StackId, "
                    + "RequestId, LogicalResourceId): " + cause.getClass().getSimpleName());
        }
    }
}
