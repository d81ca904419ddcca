package dev.yakin.secretrotation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** What wakes the rotation: a step that Secrets Manager asks for, a schedule, or a person who calls the doctor. */
public sealed interface RotationEvent {
    /** @param secret the ARN that Secrets Manager names */
    record Step(RotationStep step, String secret, String version) implements RotationEvent {}

    record CallTheDoctor(boolean dryRun) implements RotationEvent {}

    /**
     * The schedule that stands in for Secrets Manager's, or a person who wants a new password.
     *
     * @param now true begins a rotation whatever the age of the password
     */
    record Look(boolean now) implements RotationEvent {}

    /** @throws RotationException with an example, for anything else */
    static RotationEvent of(String text) {
        try {
            var json = JsonParser.parseString(text).getAsJsonObject();
            if (isTrue(json, "doctor")) {
                return new CallTheDoctor(isTrue(json, "dryRun"));
            }
            if (isTrue(json, "look") || isTrue(json, "rotate")) {
                return new Look(isTrue(json, "rotate"));
            }
            if (json.has("Step") && json.has("SecretId") && json.has("ClientRequestToken")) {
                return new Step(
                        RotationStep.of(json.get("Step").getAsString()),
                        json.get("SecretId").getAsString(),
                        json.get("ClientRequestToken").getAsString());
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException _) {
            // Said below, in one way.
        }
        throw new RotationException(
                Trouble.STALE,
                "the event is no step of a rotation; by hand only {\"doctor\": true}, with \"dryRun\": true or without, and, with Parameter Store, {\"rotate\": true} work");
    }

    private static boolean isTrue(JsonObject json, String name) {
        return json.has(name) && json.get(name).getAsJsonPrimitive().getAsBoolean();
    }
}
