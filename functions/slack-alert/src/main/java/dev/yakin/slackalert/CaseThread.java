package dev.yakin.slackalert;

import java.time.Instant;

/**
 * The thread of a case in Slack.
 *
 * @param ts Slack's id of its first message; empty from a webhook
 * @param began when the first message was posted
 * @param said when something was last posted in it
 * @param loud when something critical was last said in the channel
 * @param shown a mark of what the first message shows
 */
public record CaseThread(String ts, Instant began, Instant said, Instant loud, String shown) {
    CaseThread said(Instant now, boolean loudly) {
        return new CaseThread(ts, began, now, loudly ? now : loud, shown);
    }

    CaseThread shows(String mark) {
        return new CaseThread(ts, began, said, loud, mark);
    }
}
