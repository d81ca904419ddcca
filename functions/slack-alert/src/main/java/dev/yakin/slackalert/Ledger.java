package dev.yakin.slackalert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable memory that all workers share: small documents, each changed only by who has seen its last version. */
public interface Ledger {
    /**
     * @param version 0 for a document that is not there yet
     * @param forget after that it may be forgotten
     */
    record Entry(String kind, String key, long version, String content, Instant forget) {}

    /** The newest version. @throws UnavailableException when nobody can say */
    Optional<Entry> read(String kind, String key);

    /** Writes the version after the one that the entry names. False where somebody else was faster. */
    boolean write(Entry entry);

    List<Entry> all(String kind);

    /**
     * Moves a document to another kind, at once and with its version. False where somebody changed it since it was read.
     */
    boolean move(Entry entry, String kind);

    /** The ledger can't be read or written now; nothing is known to have changed. */
    final class UnavailableException extends RuntimeException {
        public UnavailableException(String what, Throwable cause) {
            super(what, cause);
        }

        UnavailableException(String what) {
            super(what);
        }
    }
}
