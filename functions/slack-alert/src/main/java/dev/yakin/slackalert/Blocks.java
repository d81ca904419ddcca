package dev.yakin.slackalert;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The few Block Kit blocks that we use. Text from outside only ever stands in {@code plain_text}, where Slack formats
 * nothing. Source: Slack developer documentation, "Block Kit reference".
 */
final class Blocks {
    private Blocks() {}

    static JsonObject header(String escaped) {
        return block("header", plain(escaped));
    }

    static JsonObject paragraph(String escaped) {
        return block("section", plain(escaped));
    }

    /** Our own words and links only. */
    static JsonObject formatted(String mrkdwn) {
        return block("section", mrkdwn(mrkdwn));
    }

    /** Up to {@link SlackLimits#FIELDS} cells, shown in two columns. */
    static JsonObject table(List<JsonObject> cells) {
        var section = new JsonObject();
        section.addProperty("type", "section");
        section.add("fields", array(cells));
        return section;
    }

    static JsonObject footer(String escaped) {
        var context = new JsonObject();
        context.addProperty("type", "context");
        context.add("elements", array(List.of(plain(escaped))));
        return context;
    }

    static JsonObject plain(String escaped) {
        var text = new JsonObject();
        text.addProperty("type", "plain_text");
        text.addProperty("text", escaped);
        text.addProperty("emoji", false);
        return text;
    }

    /** Verbatim: Slack makes no links or mentions out of words. */
    static JsonObject mrkdwn(String formatted) {
        var text = new JsonObject();
        text.addProperty("type", "mrkdwn");
        text.addProperty("text", formatted);
        text.addProperty("verbatim", true);
        return text;
    }

    static JsonArray array(List<JsonObject> objects) {
        var array = new JsonArray();
        objects.forEach(array::add);
        return array;
    }

    private static JsonObject block(String type, JsonObject text) {
        var block = new JsonObject();
        block.addProperty("type", type);
        block.add("text", text);
        return block;
    }
}
