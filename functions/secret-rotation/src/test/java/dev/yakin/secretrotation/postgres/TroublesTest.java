package dev.yakin.secretrotation.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yakin.postgrestesting.PostgresServer;
import dev.yakin.secretrotation.Credentials;
import dev.yakin.secretrotation.RotationException;
import dev.yakin.secretrotation.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A network that does not answer is no wrong password: what a person has to do differs. */
class TroublesTest {
    private static final String SECRET = "a-secret-of-this-test";
    private final PostgresServer server = PostgresServer.shared(17);

    @Test
    void each_trouble_is_named() throws IOException {
        var user = server.newDatabase();
        server.execute(PostgresServer.SUPERUSER, "CREATE ROLE %s LOGIN CONNECTION LIMIT 1".formatted(user));
        server.setPassword(user, SECRET);
        var right = new Credentials(user, SECRET, "localhost", server.port(), "postgres");

        assertThat(trouble(right.as(user, "wrong"))).isEqualTo(Trouble.WRONG_PASSWORD);
        assertThat(trouble(right.as("nobody_at_all", "wrong"))).isEqualTo(Trouble.WRONG_PASSWORD);
        assertThat(trouble(new Credentials(user, SECRET, "localhost", closedPort(), "postgres")))
                .isEqualTo(Trouble.UNREACHABLE);
        assertThat(trouble(new Credentials(user, SECRET, "no-such-host.invalid", server.port(), "postgres")))
                .isEqualTo(Trouble.UNREACHABLE);
        assertThat(trouble(new Credentials(user, SECRET, "127.0.0.2", server.port(), "postgres")))
                .as("the server listens at another address")
                .isEqualTo(Trouble.UNREACHABLE);
        assertThat(trouble(new JdbcDatabase(Path.of("/dev/null")), right)).isEqualTo(Trouble.TLS);
        try (var session = new JdbcDatabase(server.trustBundle()).login(right)) {
            assertThat(trouble(right)).isEqualTo(Trouble.TOO_MANY_CONNECTIONS);
            var refused =
                    catchThrowableOfType(RotationException.class, () -> session.run("CREATE ROLE another_" + user));
            assertThat(refused.trouble()).isEqualTo(Trouble.PERMISSION);
        }
        server.execute(PostgresServer.SUPERUSER, "ALTER ROLE %s NOLOGIN".formatted(user));
        assertThat(trouble(right)).isEqualTo(Trouble.WRONG_PASSWORD);
    }

    private Trouble trouble(Credentials credentials) {
        return trouble(new JdbcDatabase(server.trustBundle()), credentials);
    }

    private static Trouble trouble(JdbcDatabase database, Credentials credentials) {
        var error = catchThrowableOfType(
                RotationException.class, () -> database.login(credentials).close());
        assertThat(error.getMessage()).doesNotContain(SECRET);
        return error.trouble();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
