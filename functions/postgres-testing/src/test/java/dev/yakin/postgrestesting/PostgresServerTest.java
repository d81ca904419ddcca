package dev.yakin.postgrestesting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is as strict as RDS. An embedded server that trusts everybody would make every password test green. */
class PostgresServerTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void is_as_strict_as_RDS(int major) throws SQLException {
        try (var server = PostgresServer.start(major)) {
            var database = server.newDatabase();
            var master = RdsMaster.of(server, database);
            try (var connection = server.connect(database, master.user(), master.password());
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000,"
                            + " (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()),"
                            + " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(major);
                assertThat(row.getBoolean(2)).isTrue();
                assertThat(row.getBoolean(3)).isFalse();
            }
            refuses("28P01", () -> server.connect(database, master.user(), "wrong"));
            refuses("28000", () -> plain(server, database, "disable", "/dev/null"));
            refuses("08006", () -> plain(server, database, "verify-full", "/dev/null"));
            assertThat(server.statementLog()).contains("server_version_num");
        }
    }

    private static void refuses(String state, ThrowingCallable login) {
        assertThatThrownBy(login)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
    }

    private static void plain(PostgresServer server, String database, String mode, String bundle) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", PostgresServer.SUPERUSER);
        properties.setProperty("password", server.password());
        properties.setProperty("sslmode", mode);
        properties.setProperty("sslrootcert", bundle);
        DriverManager.getConnection("jdbc:postgresql://localhost:%d/%s".formatted(server.port(), database), properties)
                .close();
    }
}
