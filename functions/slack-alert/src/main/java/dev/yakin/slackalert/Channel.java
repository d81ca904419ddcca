package dev.yakin.slackalert;

/** The Slack channel that we speak in. */
public interface Channel {
    /** Tries once. Never throws for what the other side does; says what came of it. */
    Reply post(SlackMessage message, Place place);

    /** As {@link #post}, with the plain text only. */
    Reply postText(SlackMessage message, Place place);

    /** False where a message can be neither answered nor changed: an incoming webhook. */
    boolean hasThreads();

    /** Whom the channel's owner wants called when something is critical. */
    Mention mention();
}
