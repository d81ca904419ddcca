package dev.yakin.secretrotation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** The secret of the master user. The one that RDS manages holds only user and password, so the place is the app's. */
final class MasterSecret {
    private MasterSecret() {}

    static Credentials of(String text, Credentials place) {
        JsonObject fields;
        try {
            fields = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            // The parser's message quotes the text, which is secret: it must not become the cause.
            throw new RotationException(Trouble.SECRET, "the master secret is not JSON");
        }
        if (!fields.has("username") || !fields.has("password")) {
            throw new RotationException(Trouble.SECRET, "the master secret has no username or password");
        }
        return place.as(
                fields.get("username").getAsString(), fields.get("password").getAsString());
    }
}
