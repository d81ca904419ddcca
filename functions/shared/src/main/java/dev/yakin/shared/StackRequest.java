package dev.yakin.shared;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What CloudFormation asks of a custom resource. Source: CloudFormation User Guide, "Custom resource request objects".
 *
 * @param answerTo where the answer goes; whoever has this address can answer, so it is never logged
 * @param identity the part that an answer has to repeat
 * @param properties {@code ResourceProperties}, every scalar a text
 */
public record StackRequest(Kind kind, URI answerTo, Map<String, String> identity, JsonObject properties) {
    private static final String[] IDENTITY = {"StackId", "RequestId", "LogicalResourceId"};

    /** Why CloudFormation asks. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    public StackRequest {
        identity = Map.copyOf(identity);
    }

    /** Whether an event comes from CloudFormation, for a function that has other callers, too. */
    public static boolean isOne(String event) {
        try {
            var json = JsonParser.parseString(event);
            return json.isJsonObject() && json.getAsJsonObject().has("ResponseURL");
        } catch (JsonParseException _) {
            return false;
        }
    }

    /** @throws NotOurRequestException when nobody could be answered: this was not sent by CloudFormation */
    public static StackRequest parse(String event) {
        try {
            var json = JsonParser.parseString(event).getAsJsonObject();
            var identity = new TreeMap<String, String>();
            for (var name : IDENTITY) {
                identity.put(name, json.get(name).getAsString());
            }
            var kind = Kind.valueOf(json.get("RequestType").getAsString().toUpperCase(Locale.ROOT));
            var answerTo = URI.create(json.get("ResponseURL").getAsString());
            var properties = json.get("ResourceProperties");
            return new StackRequest(
                    kind,
                    answerTo,
                    identity,
                    properties != null && properties.isJsonObject() ? properties.getAsJsonObject() : new JsonObject());
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | UnsupportedOperationException e) {
            throw new NotOurRequestException(e);
        }
    }

    /** Changes with every request, but not when Lambda hands the same request over again. */
    public String id() {
        return identity.getOrDefault("RequestId", "");
    }

    /** The resource's name in the template. */
    public String logicalId() {
        return identity.getOrDefault("LogicalResourceId", "");
    }

    /** Without the address of the answer. */
    @Override
    public String toString() {
        return "StackRequest[" + kind + ", " + id() + ", " + logicalId() + "]";
    }

    /** The event lacks what every request of CloudFormation has. Its text is not shown: it may hold the address. */
    public static final class NotOurRequestException extends IllegalArgumentException {
        NotOurRequestException(RuntimeException cause) {
            super("this is no request of CloudFormation for a custom resource (RequestType, ResponseURL, StackId, "
                    + "RequestId, LogicalResourceId): " + cause.getClass().getSimpleName());
        }
    }
}
