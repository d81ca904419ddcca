package dev.yakin.slackalert;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * A message as Slack takes it, apart from where it goes: a headline, a coloured part with the details, and the text that
 * notifications show. Source: Slack developer documentation, "chat.postMessage" and "Block Kit reference".
 *
 * @param call who is called, in Slack's markup; empty for nobody
 * @param text the whole message without blocks; escaped
 * @param details blocks beside the colour bar
 */
public record SlackMessage(String call, String text, JsonArray blocks, String colour, JsonArray details) {

    /** With blocks and colour. */
    public JsonObject payload() {
        var attachment = new JsonObject();
        attachment.addProperty("color", colour);
        attachment.add("blocks", details);
        var attachments = new JsonArray();
        attachments.add(attachment);
        var payload = textOnly();
        payload.add("blocks", blocks);
        payload.add("attachments", attachments);
        return payload;
    }

    /** Without blocks: what is left to try where Slack refuses the blocks. */
    public JsonObject textOnly() {
        var payload = new JsonObject();
        payload.addProperty("text", call.isEmpty() ? text : call + " " + text);
        // Without markup nothing in the text can be formatted; a call needs it.
        payload.addProperty("mrkdwn", !call.isEmpty());
        payload.addProperty("unfurl_links", false);
        payload.addProperty("unfurl_media", false);
        return payload;
    }
}
