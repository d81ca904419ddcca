package dev.yakin.slackalert;

/** Where a message goes. */
public sealed interface Place {
    Place CHANNEL = new NewMessage();

    /** A message of its own. */
    record NewMessage() implements Place {}

    /**
     * Under another message; without threads (a webhook) a message of its own.
     *
     * @param alsoInChannel shown in the channel, too
     */
    record InThread(String ts, boolean alsoInChannel) implements Place {}

    /** In the place of a message of ours. */
    record InsteadOf(String ts) implements Place {}
}
