package dev.yakin.secretrotation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * The content of a secret: the JSON of "JSON structure of AWS Secrets Manager secrets", or a connection URL, or JSON with
 * both. What is not about the user stays as it was. A malformed secret is refused without showing any of it.
 */
public sealed interface SecretText {
    /** The name of a URL inside of JSON, as containers call the variable. */
    String URL_FIELD = "DATABASE_URL";

    /** What the text says. */
    Credentials credentials();

    /** The same text with another user. */
    String with(String user, String password);

    /** @throws RotationException when it is neither of the two forms */
    static SecretText of(String text) {
        return text.stripLeading().startsWith("{") ? new Json(json(text)) : new Url(DatabaseUrl.parse(text.strip()));
    }

    /** {@code {"username", "password", "host", "port", "dbname", …}}. */
    record Json(JsonObject fields) implements SecretText {
        @Override
        public Credentials credentials() {
            if (!fields.has("username") && fields.has(URL_FIELD)) {
                return DatabaseUrl.parse(text(URL_FIELD)).credentials();
            }
            var engine = fields.has("engine") ? text("engine") : "postgres";
            if (!engine.equals("postgres") && !engine.equals("aurora-postgresql")) {
                throw new RotationException(Trouble.SECRET, "the secret's engine is " + engine + ", need postgres");
            }
            return new Credentials(text("username"), text("password"), text("host"), port(), text("dbname"));
        }

        @Override
        public String with(String user, String password) {
            var copy = fields.deepCopy();
            if (copy.has("username")) {
                copy.addProperty("username", user);
                copy.addProperty("password", password);
            }
            if (copy.has(URL_FIELD)) {
                copy.addProperty(URL_FIELD, DatabaseUrl.parse(text(URL_FIELD)).with(user, password));
            }
            return copy.toString();
        }

        private int port() {
            var port = fields.has("port") ? text("port") : "5432";
            if (!port.matches("[1-9][0-9]{0,4}")) {
                throw new RotationException(Trouble.SECRET, "the secret's port is no port");
            }
            return Integer.parseInt(port);
        }

        private String text(String name) {
            var value = fields.get(name);
            if (value == null || !value.isJsonPrimitive() || value.getAsString().isBlank()) {
                throw new RotationException(
                        Trouble.SECRET,
                        "the secret has no %s; the attachment to the database (AWS::SecretsManager::SecretTargetAttachment) writes it"
                                .formatted(name));
            }
            return value.getAsString();
        }

        @Override
        public String toString() {
            return "Json" + fields.keySet();
        }
    }

    /** {@code postgresql://user:password@host:port/database?…}. */
    record Url(DatabaseUrl url) implements SecretText {
        @Override
        public Credentials credentials() {
            return url.credentials();
        }

        @Override
        public String with(String user, String password) {
            return url.with(user, password);
        }
    }

    private static JsonObject json(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            // The parser's message quotes the text, which is secret: it must not become the cause.
            throw new RotationException(Trouble.SECRET, "the secret begins as JSON but is none");
        }
    }
}
