package dev.yakin.snapshotcheck;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * What the installation chose.
 *
 * @param database the identifier of the instance or cluster
 * @param stage {@code prod}, {@code staging} or {@code dev}; only dev may sleep
 * @param secondRegion where copies are kept against the loss of the region; empty = off
 * @param trustedAccounts accounts that a snapshot may be shared with
 */
public record Wanted(
        String stack,
        String database,
        String stage,
        ZoneId zone,
        String language,
        Optional<String> secondRegion,
        Set<String> trustedAccounts) {
    public Wanted {
        trustedAccounts = Set.copyOf(trustedAccounts);
    }

    boolean isProduction() {
        return stage.equals("prod");
    }

    boolean maySleep() {
        return stage.equals("dev");
    }
}
