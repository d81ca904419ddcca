package dev.yakin.secretbootstrap;

import com.google.gson.JsonElement;
import dev.yakin.shared.StackReply;
import dev.yakin.shared.StackRequest;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What the stack wants to be there.
 *
 * @param wanted names of parameters by the key under which the template asks for them, such as {@code JwtSecret} to
 *     {@code /app/prod/jwt-secret}; empty when the resource goes away
 */
public record Request(StackRequest stack, SequencedMap<String, String> wanted) {
    public Request {
        wanted = new TreeMap<>(wanted);
    }

    /** @throws StackRequest.NotOurRequestException when this was not sent by CloudFormation */
    public static Request parse(String event) {
        var stack = StackRequest.parse(event);
        return new Request(stack, stack.kind() == StackRequest.Kind.DELETE ? new TreeMap<>() : wanted(stack));
    }

    private static SequencedMap<String, String> wanted(StackRequest stack) {
        var wanted = new TreeMap<String, String>();
        var parameters = stack.properties().get("Parameters");
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
        return "secret-parameters/" + stack.logicalId();
    }

    /** The answer in CloudFormation's form. */
    public String toJson(StackReply reply) {
        return reply.toJson(stack, physicalId());
    }
}
