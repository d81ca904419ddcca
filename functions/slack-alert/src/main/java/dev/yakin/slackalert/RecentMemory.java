package dev.yakin.slackalert;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers the last messages for as long as the process lives: one execution environment of the function. */
public final class RecentMemory implements Memory {
    /** Some hours of alarms. */
    public static final int USUAL = 2_000;

    private final Map<String, String> posted;

    /** @param most how many are remembered; the oldest is forgotten first */
    public RecentMemory(int most) {
        this.posted = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public boolean wasPosted(String messageId) {
        return posted.containsKey(messageId);
    }

    @Override
    public void remember(String messageId, String ts) {
        posted.put(messageId, ts);
    }
}
