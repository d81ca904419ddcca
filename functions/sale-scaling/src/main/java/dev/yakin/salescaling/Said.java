package dev.yakin.salescaling;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What people were last told about the readiness of a service. It is kept on the service's scalable target, so that a
 * look in a new process neither repeats it nor forgets it.
 *
 * @param checkpoint when the checkpoint was at which it was said
 */
public record Said(Instant checkpoint, boolean ready) {
    private static final String READY = " ready";
    private static final String NOT_READY = " not-ready";

    /** {@code 2026-12-26T10:30:00Z not-ready}. Tag values hold letters, digits, spaces and {@code _.:/=+-@}. */
    @Override
    public String toString() {
        return checkpoint + (ready ? READY : NOT_READY);
    }

    /** Anything else, written by a hand, is as if nothing had been said. */
    public static Optional<Said> parse(String text) {
        try {
            if (text.endsWith(NOT_READY)) {
                return Optional.of(new Said(Instant.parse(text.replace(NOT_READY, "")), false));
            }
            return text.endsWith(READY)
                    ? Optional.of(new Said(Instant.parse(text.replace(READY, "")), true))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
