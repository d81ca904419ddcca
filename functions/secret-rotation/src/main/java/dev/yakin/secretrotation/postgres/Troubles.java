package dev.yakin.secretrotation.postgres;

import dev.yakin.secretrotation.RotationException;
import dev.yakin.secretrotation.Trouble;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a database error means. A network that does not answer is no wrong password. Source: PostgreSQL documentation,
 * "Appendix A. PostgreSQL Error Codes"; pgjdbc's own codes are 08001, 08004 and 08006.
 */
final class Troubles {
    private Troubles() {}

    static RotationException of(SQLException error, String what) {
        var trouble = trouble(error);
        return new RotationException(
                trouble, "%s: %s (SQLSTATE %s)".formatted(what, error.getMessage(), error.getSQLState()), error);
    }

    private static Trouble trouble(SQLException error) {
        if (isTls(error)) {
            return Trouble.TLS;
        }
        return switch (String.valueOf(error.getSQLState())) {
            case "28P01" -> Trouble.WRONG_PASSWORD;
            case "28000" -> refused(String.valueOf(error.getMessage()));
            case "08001", "08006", "08003", "57014" -> Trouble.UNREACHABLE;
            case "57P01", "57P02", "57P03", "08004" -> Trouble.NOT_READY;
            case "53300" -> Trouble.TOO_MANY_CONNECTIONS;
            case "42501" -> Trouble.PERMISSION;
            default -> Trouble.OTHER;
        };
    }

    /** The same code for a user that may not log in and for a connection that pg_hba.conf does not allow. */
    private static Trouble refused(String message) {
        return message.contains("pg_hba.conf") ? Trouble.TLS : Trouble.WRONG_PASSWORD;
    }

    private static boolean isTls(@Nullable Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return String.valueOf(error == null ? null : error.getMessage()).contains("does not support SSL");
    }
}
