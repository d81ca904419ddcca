package dev.yakin.slackalert;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Slack's published rules, written down a second time and apart from the production code, so that both would have to be
 * wrong in the same way. Sources: Slack developer documentation, "Block Kit reference" and "Formatting message text".
 */
public final class SlackRules {
    // In mrkdwn only our own links, user groups and users may open an angle bracket.
    private static final Pattern OWN_MARKUP =
            Pattern.compile("<(?:https://[^<>|\\s]+\\|[^<>|]+|!subteam\\^S[A-Z0-9]+|@U[A-Z0-9]+)>");

    private static final Pattern ENTITY = Pattern.compile("&(?!amp;|lt;|gt;)");

    private SlackRules() {}

    public static List<String> violations(SlackMessage message) {
        var found = new ArrayList<String>();
        blocks(message.blocks(), found);
        blocks(message.details(), found);
        if (message.text().isBlank() || message.text().length() > 4_000) {
            found.add("text has " + message.text().length() + " characters");
        }
        escaping(message.text(), found);
        var all = message.payload().toString().length();
        if (all > 13_000 + message.text().length()) {
            found.add("all blocks have " + all + " characters");
        }
        return found;
    }

    /** All texts that Slack formats, without our own markup and the bold names of facts. */
    public static List<String> formattedTexts(SlackMessage message) {
        var found = new ArrayList<String>();
        for (var block : message.details()) {
            var section = block.getAsJsonObject();
            var texts = section.has("fields") ? section.getAsJsonArray("fields").asList() : List.of(section);
            for (var text : texts) {
                var object = text.getAsJsonObject();
                var inner = object.has("text") && object.get("text").isJsonObject()
                        ? object.getAsJsonObject("text")
                        : object;
                if (inner.has("type") && inner.get("type").getAsString().equals("mrkdwn")) {
                    found.add(
                            OWN_MARKUP.matcher(inner.get("text").getAsString()).replaceAll(""));
                }
            }
        }
        return found;
    }

    private static void blocks(JsonArray blocks, List<String> found) {
        if (blocks.isEmpty() || blocks.size() > 50) {
            found.add(blocks.size() + " blocks");
        }
        for (var block : blocks) {
            block(block.getAsJsonObject(), found);
        }
    }

    private static void block(JsonObject block, List<String> found) {
        switch (block.get("type").getAsString()) {
            case "header" -> text(block.get("text"), 150, found);
            case "section" -> {
                if (block.has("text")) {
                    text(block.get("text"), 3_000, found);
                }
                if (block.has("fields")) {
                    var fields = block.getAsJsonArray("fields");
                    if (fields.isEmpty() || fields.size() > 10) {
                        found.add(fields.size() + " fields");
                    }
                    fields.forEach(field -> text(field, 2_000, found));
                }
            }
            case "context" -> block.getAsJsonArray("elements").forEach(element -> text(element, 3_000, found));
            default -> found.add("unknown block " + block);
        }
    }

    private static void text(JsonElement element, int most, List<String> found) {
        var text = element.getAsJsonObject().get("text").getAsString();
        if (text.isBlank() || text.length() > most) {
            found.add("a text has " + text.length() + " characters, allowed 1.." + most);
        }
        escaping(text, found);
    }

    private static void escaping(String text, List<String> found) {
        var rest = OWN_MARKUP.matcher(text).replaceAll("");
        if (rest.contains("<") || rest.contains(">") || ENTITY.matcher(rest).find()) {
            found.add("not escaped: " + rest);
        }
    }
}
