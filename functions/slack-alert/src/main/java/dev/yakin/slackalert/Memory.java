package dev.yakin.slackalert;

/** Which messages were posted, by {@link Alert.Incident#messageId()}: said again, they are not posted again. */
public interface Memory {
    boolean wasPosted(String messageId);

    /** @param ts Slack's id of the post */
    void remember(String messageId, String ts);
}
