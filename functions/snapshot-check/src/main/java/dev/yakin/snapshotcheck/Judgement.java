package dev.yakin.snapshotcheck;

import dev.yakin.shared.Notice.Severity;
import java.util.Optional;

/**
 * One check's result. Figures and limits are written without words ({@code 27 h}, {@code < 26 h}), so they read the same
 * in every language.
 *
 * @param limit what the figure has to be
 * @param trouble how bad it is; empty when all is well
 */
public record Judgement(Check check, String figure, String limit, Optional<Severity> trouble) {
    static Judgement good(Check check, String figure, String limit) {
        return new Judgement(check, figure, limit, Optional.empty());
    }

    static Judgement of(Check check, String figure, String limit, boolean good, Severity otherwise) {
        return new Judgement(check, figure, limit, good ? Optional.empty() : Optional.of(otherwise));
    }

    boolean is(Severity severity) {
        return trouble.equals(Optional.of(severity));
    }
}
