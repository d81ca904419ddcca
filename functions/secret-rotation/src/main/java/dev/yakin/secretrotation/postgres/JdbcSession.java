package dev.yakin.secretrotation.postgres;

import dev.yakin.secretrotation.Database.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGConnection;

/** One transaction of one user. */
record JdbcSession(Connection connection, String user) implements Session {
    @Override
    public List<List<String>> rows(String sql, String... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return read(statement);
        } catch (SQLException e) {
            throw Troubles.of(e, user + " can't read");
        }
    }

    @Override
    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw Troubles.of(e, user + " can't run: " + sql);
        }
    }

    @Override
    public void setPassword(String role, String password) {
        try {
            connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw Troubles.of(e, user + " can't set the password of " + role);
        }
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw Troubles.of(e, user + " can't commit");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Troubles.of(e, user + " can't close the connection");
        }
    }

    private static List<List<String>> read(PreparedStatement statement) throws SQLException {
        var rows = new ArrayList<List<String>>();
        try (var result = statement.executeQuery()) {
            var columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<String>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(Objects.requireNonNullElse(result.getString(i), ""));
                }
                rows.add(List.copyOf(row));
            }
        }
        return rows;
    }
}
