package dev.yakin.shared;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What one look decided and what became of it; the JSON that every scheduled function returns. */
public record Answer(String function, Instant at, List<Done> actions) {
    public Answer {
        actions = List.copyOf(actions);
    }

    /** An action and its outcome: {@code done}, {@code planned} (a dry run), {@code failed: why} or {@code skipped: why}. */
    public record Done(Action action, String outcome) {
        /** True when the action is still to be done: it failed, or it was skipped. */
        boolean isOpen() {
            return outcome.startsWith("failed") || outcome.startsWith("skipped");
        }

        JsonObject toJson() {
            var json = new JsonObject();
            json.addProperty("action", action.action());
            json.addProperty("target", action.target());
            json.addProperty("reason", action.reason());
            json.addProperty("outcome", outcome);
            new TreeMap<>(action.details()).forEach(json::addProperty);
            return json;
        }
    }

    public JsonObject toJson() {
        var list = new JsonArray();
        actions.forEach(done -> list.add(done.toJson()));
        var json = new JsonObject();
        json.addProperty("function", function);
        json.addProperty("at", at.toString());
        json.add("actions", list);
        return json;
    }
}
