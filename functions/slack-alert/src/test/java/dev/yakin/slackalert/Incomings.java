package dev.yakin.slackalert;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What comes in, for tests: the files of {@code incoming/}, in the envelopes that AWS puts around them. */
public final class Incomings {
    public static final Path RESOURCES = Path.of("src/test/resources");
    public static final Instant SENT = Instant.parse("2026-12-26T10:03:13Z");

    private static final Rendering JAPANESE = new Rendering("ja", ZoneId.of("Asia/Tokyo"), "prod", "yakin-prod");
    private static final Rendering ENGLISH = new Rendering("en", ZoneId.of("Asia/Tokyo"), "prod", "yakin-prod");

    private Incomings() {}

    public static String file(String name) {
        try {
            return Files.readString(RESOURCES.resolve("incoming").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An SNS notification as it arrives in a queue without raw delivery. */
    public static String sns(String topic, String subject, String id, String message) {
        var envelope = new JsonObject();
        envelope.addProperty("Type", "Notification");
        envelope.addProperty("MessageId", id);
        envelope.addProperty("TopicArn", "arn:aws:sns:ap-northeast-1:123456789012:yakin-prod-" + topic + "-1A2B3C");
        if (!subject.isEmpty()) {
            envelope.addProperty("Subject", subject);
        }
        envelope.addProperty("Message", message);
        envelope.addProperty("Timestamp", "2026-12-26T10:03:12.900Z");
        envelope.addProperty("SignatureVersion", "1");
        envelope.addProperty("Signature", "c2lnbmF0dXJl");
        envelope.addProperty("UnsubscribeURL", "https://sns.ap-northeast-1.amazonaws.com/?Action=Unsubscribe");
        return envelope.toString();
    }

    public static Letter letter(String id, String body) {
        return new Letter(id, "receipt-" + id, body, SENT, 1);
    }

    public static Alert alert(String body) {
        return new Reading(Optional.of("/ecs/app-prod")).read(Incoming.of(letter("m-1", body)));
    }

    public static Rendering rendering(String language) {
        return language.equals("ja") ? JAPANESE : ENGLISH;
    }

    public static SlackMessage message(String language, String body) {
        return rendering(language).render(alert(body), Mention.of("<!subteam^S0123ABCD>"));
    }

    /** An alarm's SNS message with one field changed. */
    public static String alarm(String field, String value) {
        var alarm = JsonParser.parseString(file("alarm-cpu.json")).getAsJsonObject();
        alarm.addProperty(field, value);
        return sns("CriticalAlertsTopic", "ALARM", "id-1", alarm.toString());
    }
}
