package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;

/** Says by e-mail that Slack lets us in no longer: at once, and then once an hour while it lasts. */
record SlackClosed(CaseBook book, Trouble trouble) {
    private static final String NAME = "mail";
    private static final Duration ONE_MAIL = Duration.ofHours(1);

    // Told first and written down then: twice is better than never.
    void tell(String error, Instant now) {
        var isTold = book.shift()
                .last(NAME)
                .map(Instant::parse)
                .filter(last -> Duration.between(last, now).compareTo(ONE_MAIL) < 0)
                .isPresent();
        if (!isTold) {
            trouble.noAccess(error);
            book.changeShift(now, before -> before.did(NAME, now.toString()));
        }
    }
}
