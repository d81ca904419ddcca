package dev.yakin.secretbootstrap;

import com.google.gson.JsonObject;
import java.util.Map;

/**
 * What CloudFormation is told. Never a value: the data are names and ARNs, and the resource's attributes are these data.
 * Source: CloudFormation User Guide, "Custom resource response objects".
 */
public record Reply(boolean good, String reason, Map<String, String> data) {
    // The whole answer may have 4,096 bytes.
    private static final int LONGEST_REASON = 1_000;

    public Reply {
        data = Map.copyOf(data);
    }

    static Reply done(Map<String, String> data) {
        return new Reply(true, "", data);
    }

    static Reply failed(String reason) {
        return new Reply(false, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), Map.of());
    }

    public String toJson(Request request) {
        var json = new JsonObject();
        json.addProperty("Status", good ? "SUCCESS" : "FAILED");
        if (!good) {
            json.addProperty("Reason", reason);
        }
        json.addProperty("PhysicalResourceId", request.physicalId());
        request.identity().forEach(json::addProperty);
        var attributes = new JsonObject();
        data.forEach(attributes::addProperty);
        json.add("Data", attributes);
        return json.toString();
    }
}
