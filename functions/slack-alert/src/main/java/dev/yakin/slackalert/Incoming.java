package dev.yakin.slackalert;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A message taken out of its envelopes: an SNS notification or an EventBridge event, whichever way it came.
 *
 * @param id the same for each copy of one message: the SNS message's id, the event's id, or the letter's own
 * @param text what was published; for an event its JSON
 * @param json the text as JSON, if it is an object
 * @param sent when it was published, as far as known
 */
public record Incoming(
        String id, Topic topic, String subject, String text, Optional<Fields> json, Instant sent, Origin origin) {

    /** The topic says how urgent its publisher meant it; an event from EventBridge has none. */
    public enum Topic {
        CRITICAL,
        WARNING,
        NOTICES,
        NONE;

        static Topic ofArn(String arn) {
            var name = arn.substring(arn.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
            if (name.contains("critical")) {
                return CRITICAL;
            }
            if (name.contains("warning")) {
                return WARNING;
            }
            return name.contains("notices") ? NOTICES : NONE;
        }
    }

    /** Opens a letter of the queue. Source of the envelope: SNS Developer Guide, "Parsing Amazon SNS message formats". */
    public static Incoming of(Letter letter) {
        var json = Fields.parse(letter.body());
        return json.filter(Incoming::isNotification)
                .map(envelope -> fromSns(envelope, letter))
                .orElseGet(() -> fromEvent(json, letter));
    }

    /** The JSON, or an object without fields. */
    public Fields fields() {
        return json.orElseGet(() -> Fields.parse("{}").orElseThrow());
    }

    private static boolean isNotification(Fields json) {
        return json.has("TopicArn") && json.has("Message") && json.has("Type");
    }

    private static Incoming fromSns(Fields envelope, Letter letter) {
        var topic = envelope.text("TopicArn");
        var text = envelope.text("Message");
        return new Incoming(
                id("sns:", envelope.text("MessageId"), letter),
                Topic.ofArn(topic),
                envelope.text("Subject"),
                text,
                Fields.parse(text),
                envelope.time("Timestamp").orElse(letter.sent()),
                Origin.ofArn(topic));
    }

    private static Incoming fromEvent(Optional<Fields> json, Letter letter) {
        var event = json.orElseGet(() -> Fields.parse("{}").orElseThrow());
        return new Incoming(
                id("event:", event.has("detail-type") ? event.text("id") : "", letter),
                Topic.NONE,
                "",
                letter.body(),
                json,
                event.time("time").orElse(letter.sent()),
                new Origin(event.text("account"), event.text("region")));
    }

    // An id of unlikely length is not one of AWS's; the letter's own always works.
    private static String id(String kind, String id, Letter letter) {
        return id.isBlank() || id.length() > 100 ? "sqs:" + letter.id() : kind + id;
    }
}
