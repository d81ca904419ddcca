package dev.yakin.slackalert;

import java.time.Instant;
import java.util.Optional;

/**
 * That an incident of a case has reached a state which nobody was told yet.
 *
 * @param number grows within the case, so that what came while Slack was being told stays news
 * @param hiddenBy the planned state that hides it
 */
public record News(long number, Instant recorded, Optional<String> hiddenBy) {
    boolean isHidden() {
        return hiddenBy.isPresent();
    }
}
