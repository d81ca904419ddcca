package dev.yakin.secretrotation.postgres;

import dev.yakin.secretrotation.Credentials;
import dev.yakin.secretrotation.Database;
import dev.yakin.secretrotation.RotationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * PostgreSQL over pgjdbc: TLS with {@code verify-full} and the given bundle, no fallback to anything weaker.
 *
 * @param trustBundle a PEM file
 */
public record JdbcDatabase(Path trustBundle) implements Database {
    @Override
    public Session login(Credentials credentials) {
        var url = "jdbc:postgresql://%s:%d/".formatted(credentials.host(), credentials.port());
        try {
            var connection = DriverManager.getConnection(url, properties(credentials));
            return begin(connection, credentials);
        } catch (SQLException e) {
            throw Troubles.of(e, "can't log in as " + credentials);
        }
    }

    private static Session begin(Connection connection, Credentials credentials) {
        try {
            connection.setAutoCommit(false);
            return new JdbcSession(connection, credentials.user());
        } catch (SQLException e) {
            RotationException trouble = Troubles.of(e, "can't begin as " + credentials);
            try {
                connection.close();
            } catch (SQLException closing) {
                trouble.addSuppressed(closing);
            }
            throw trouble;
        }
    }

    private Properties properties(Credentials credentials) {
        var properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.password());
        properties.setProperty("PGDBNAME", credentials.database());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", trustBundle.toString());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("ApplicationName", "yakin secret-rotation");
        // Seconds. Lambda ends the step after 60; a database that does not answer has to be named before.
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "20");
        // An error's detail may quote what was sent.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }
}
