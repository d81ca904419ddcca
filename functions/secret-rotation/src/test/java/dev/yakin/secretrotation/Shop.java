package dev.yakin.secretrotation;

import dev.yakin.postgrestesting.PostgresServer;
import dev.yakin.postgrestesting.RdsMaster;
import dev.yakin.secretrotation.postgres.JdbcDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a real server with a user of its own, and the secret of that user. */
final class Shop {
    private static final Map<Integer, RdsMaster> MASTERS = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final PostgresServer server;
    final RdsMaster master;
    final String database;
    final String user = "shop" + NUMBER.incrementAndGet();
    final FakeVault vault;

    private Shop(int major) {
        server = PostgresServer.shared(major);
        master = MASTERS.computeIfAbsent(major, _ -> RdsMaster.of(server, server.newDatabase()));
        database = master.user().substring("master_".length());
        vault = FakeVault.ofUser(master, database, user);
    }

    /** A new stack: the user does not exist yet. */
    static Shop fresh(int major) {
        return new Shop(major);
    }

    /** A stack whose user was rotated before, with a table. */
    static Shop running(int major) {
        var shop = new Shop(major);
        shop.rotate();
        shop.as(shop.vault.current(), "CREATE TABLE orders_" + shop.user + " (id int)");
        return shop;
    }

    Database jdbc() {
        return new JdbcDatabase(server.trustBundle());
    }

    Rotation rotation(Vault calls, Database connections) {
        return rotation(calls, connections, new Rotation.Wanted(true, new PrivilegeCheck("", "")));
    }

    Rotation rotation(Vault calls, Database connections, Rotation.Wanted wanted) {
        return new Rotation(calls, connections, new Roles(List.of("public")), wanted);
    }

    /** A whole rotation as Secrets Manager drives it; its services have adopted the one before. */
    void rotate() {
        vault.adopt();
        drive(rotation(vault, jdbc()), vault.rotate());
    }

    static void drive(Rotation rotation, String version) {
        for (var step : RotationStep.values()) {
            rotation.step(step, version);
        }
    }

    /** An independent client: not the code under test. */
    boolean logsIn(Credentials credentials) {
        try (var connection = server.connect(credentials.database(), credentials.user(), credentials.password())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw new IllegalStateException(e);
        }
    }

    boolean currentLogsIn() {
        return logsIn(vault.current());
    }

    /** What the app does. */
    void as(Credentials credentials, String... statements) {
        try (var connection = server.connect(credentials.database(), credentials.user(), credentials.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What somebody did behind our back, as superuser. */
    void behindOurBack(String... statements) {
        server.execute(database, statements);
    }

    /** Other tests share the master: it gets its password back. */
    Undo masterHasAnotherPassword() {
        behindOurBack("ALTER ROLE %s PASSWORD 'by hand'".formatted(master.user()));
        return () -> server.setPassword(master.user(), master.password());
    }

    /** Ends what was done for a test. */
    @FunctionalInterface
    interface Undo extends AutoCloseable {
        @Override
        void close();
    }

    Users users() {
        return new Users(user);
    }
}
