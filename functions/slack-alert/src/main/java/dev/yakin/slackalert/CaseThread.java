package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;

/**
 * The thread of a case in Slack.
 *
 * @param ts Slack's id of its first message; empty from a webhook
 * @param began when the first message was posted
 * @param said when something was last posted in it
 * @param loud when something critical was last said in the channel
 * @param called when a person was last called in it
 * @param shown a mark of what the first message shows
 */
public record CaseThread(String ts, Instant began, Instant said, Instant loud, Instant called, String shown) {
    static CaseThread begun(String ts, Instant now, Step.Call call, String shown) {
        return new CaseThread(ts, now, now, Instant.EPOCH, Instant.EPOCH, shown).said(now, call);
    }

    CaseThread said(Instant now, Step.Call call) {
        return new CaseThread(
                ts, began, now, call.isLoud() ? now : loud, call == Step.Call.ONCALL ? now : called, shown);
    }

    boolean wasCalledWithin(Duration time, Instant now) {
        return Duration.between(called, now).compareTo(time) < 0;
    }

    CaseThread shows(String mark) {
        return new CaseThread(ts, began, said, loud, called, mark);
    }
}
