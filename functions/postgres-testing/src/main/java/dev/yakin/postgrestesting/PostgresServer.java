package dev.yakin.postgrestesting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server on 127.0.0.1 that is as strict as RDS: TLS only, with a certificate of its own authority, SCRAM
 * only, and every statement in a log that a test can read. It ends with the process that started it, even a killed one.
 */
public final class PostgresServer implements AutoCloseable {
    /** What initdb names the superuser. RDS gives nobody this role; {@link RdsMaster} is what it gives. */
    public static final String SUPERUSER = "postgres";

    private static final Map<Integer, PostgresServer> SHARED = new ConcurrentHashMap<>();

    private final int major;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private final Path folder;
    private final Process process;
    private final StatementLog log = new StatementLog();

    private PostgresServer(int major, List<String> hosts) throws IOException {
        this.major = major;
        folder = Files.createTempDirectory("yakin-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var binaries = Binaries.of(major).resolve("bin");
        var data = new DataFolder(folder).create(binaries, password, Authority.of(hosts));
        port = freePort();
        // The shell ends the server when its standard input does: when this process ends, whatever the way.
        var script = "\"$@\" </dev/null & server=$!; exec 2>/dev/null; read -r _; kill -INT $server; wait $server";
        process = new ProcessBuilder(Commands.unprivileged(List.of(
                        "/bin/sh", "-c", script, "sh", binaries + "/postgres", "-D", data.toString(), "-p", "" + port)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        log.follow(process.getErrorStream());
        log.awaitReady();
    }

    /**
     * Starts a server, in about two seconds.
     *
     * @param major 14 to 17
     * @param hosts names that its certificate is valid for, beside {@code localhost}
     */
    public static PostgresServer start(int major, String... hosts) {
        try {
            return new PostgresServer(major, List.of(hosts));
        } catch (IOException e) {
            throw new UncheckedIOException("can't start PostgreSQL " + major, e);
        }
    }

    /** The one server of this version in this process; make a database of your own in it. */
    public static PostgresServer shared(int major) {
        return SHARED.computeIfAbsent(major, PostgresServer::start);
    }

    public int major() {
        return major;
    }

    public int port() {
        return port;
    }

    /** The superuser's password; a test that plays RDS's master user takes {@link RdsMaster} instead. */
    public String password() {
        return password;
    }

    /** A PEM file with the one certificate that a client of this server has to trust. */
    public Path trustBundle() {
        return folder.resolve(DataFolder.CA);
    }

    /** A connection as any client makes it: {@code verify-full}, no fallback. */
    public Connection connect(String database, String user, String secret) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", secret);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", trustBundle().toString());
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://localhost:%d/%s".formatted(port, database), properties);
    }

    /** Statements as superuser, for example what happened to the database behind the function's back. */
    public void execute(String database, String... statements) {
        try (var connection = connect(database, SUPERUSER, password);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets a password without writing it into the statement log. */
    public void setPassword(String user, String secret) {
        try (var connection = connect(SUPERUSER, SUPERUSER, password)) {
            connection.unwrap(PGConnection.class).alterUserPassword(user, secret.toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new, empty database with a name of its own. Roles belong to the server: give them names of their own too. */
    public String newDatabase() {
        var name = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        execute(SUPERUSER, "CREATE DATABASE " + name);
        return name;
    }

    /** Everything that the server has logged until now, with every statement that it was sent. */
    public String statementLog() {
        var mark = "mark " + UUID.randomUUID();
        execute(SUPERUSER, "SELECT '" + mark + "'");
        try {
            return log.upTo(mark);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.onExit().join();
            new DataFolder(folder).delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
