package dev.yakin.shared;

import com.google.gson.JsonObject;
import java.util.Map;

/**
 * What CloudFormation is told about a custom resource. Never a secret value: the resource's attributes are these data.
 * Source: CloudFormation User Guide, "Custom resource response objects".
 */
public record StackReply(boolean good, String reason, Map<String, String> data) {
    // The whole answer may have 4,096 bytes.
    private static final int LONGEST_REASON = 1_000;

    public StackReply {
        data = Map.copyOf(data);
    }

    public static StackReply done(Map<String, String> data) {
        return new StackReply(true, "", data);
    }

    public static StackReply failed(String reason) {
        return new StackReply(false, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), Map.of());
    }

    /** @param physicalId the same for every request about a resource: a new one would make CloudFormation replace it */
    public String toJson(StackRequest request, String physicalId) {
        var json = new JsonObject();
        json.addProperty("Status", good ? "SUCCESS" : "FAILED");
        if (!good) {
            json.addProperty("Reason", reason);
        }
        json.addProperty("PhysicalResourceId", physicalId);
        request.identity().forEach(json::addProperty);
        var attributes = new JsonObject();
        data.forEach(attributes::addProperty);
        json.add("Data", attributes);
        return json.toString();
    }
}
