package dev.yakin.slackalert.slack;

/** Where the access to Slack is kept. */
public interface Vault {
    /** Reads it anew. */
    SlackAccess read();
}
