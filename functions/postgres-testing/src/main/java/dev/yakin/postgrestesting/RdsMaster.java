package dev.yakin.postgrestesting;

import java.util.UUID;

/**
 * The user that RDS calls the master: it makes roles and databases, but it is no superuser, so it may only do to other
 * roles what PostgreSQL allows. Source: "Master user account privileges" and "Understanding the rds_superuser role" of
 * the RDS user guide.
 */
public record RdsMaster(PostgresServer server, String user, String password) {
    /** Makes the master of one database and gives it the database and its schema {@code public}, as RDS does. */
    public static RdsMaster of(PostgresServer server, String database) {
        var master =
                new RdsMaster(server, "master_" + database, UUID.randomUUID().toString());
        server.execute(
                database,
                "CREATE ROLE %s LOGIN CREATEROLE CREATEDB".formatted(master.user),
                "GRANT pg_monitor, pg_signal_backend, pg_read_all_data TO %s WITH ADMIN OPTION".formatted(master.user),
                "ALTER DATABASE %s OWNER TO %s".formatted(database, master.user),
                "ALTER SCHEMA public OWNER TO %s".formatted(master.user));
        server.setPassword(master.user, master.password);
        return master;
    }
}
