package dev.yakin.slackalert;

/** Where a person hears of what Slack will not take. */
public interface Trouble {
    /** No message goes through until a person acts: e-mail, at once. */
    void noAccess(String error);

    /** Slack refuses this one message, with blocks and without: to the dead letters. */
    void undeliverable(String cause, String text, String error);
}
