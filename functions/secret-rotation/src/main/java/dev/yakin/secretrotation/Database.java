package dev.yakin.secretrotation;

import java.util.List;

/** The database server: logging in, and what a session does there. Each method sends one statement. */
public interface Database {
    /** @throws RotationException that says why not */
    Session login(Credentials credentials);

    /** One transaction. Closing without a commit undoes it, as a crash does. */
    interface Session extends AutoCloseable {
        /** The rows of a query, as text; NULL is an empty text. */
        List<List<String>> rows(String sql, String... parameters);

        void run(String sql);

        /** Sends only a SCRAM verifier, which is no password. */
        void setPassword(String user, String password);

        void commit();

        @Override
        void close();
    }

    /** Whether the server takes the password; any other trouble is thrown. */
    default boolean accepts(Credentials credentials) {
        try (var session = login(credentials)) {
            session.rows("SELECT 1");
            return true;
        } catch (RotationException e) {
            if (e.trouble() == Trouble.WRONG_PASSWORD) {
                return false;
            }
            throw e;
        }
    }
}
