package dev.yakin.secretrotation;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import java.time.Instant;
import java.util.List;

/** The secrets whose adoption is watched, and what is written down on them. Their values are never read. */
public interface Secrets {
    List<WatchedSecret> look();

    void remember(String secret, Adopting adopting);

    void markAdopted(String secret, String version);

    /** Writes down when, then begins a rotation that was postponed. */
    void rotateAgain(String secret, Instant now);
}
