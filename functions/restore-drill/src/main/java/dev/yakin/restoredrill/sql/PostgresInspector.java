package dev.yakin.restoredrill.sql;

import dev.yakin.restoredrill.Inspection;
import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Inspection.Table;
import dev.yakin.restoredrill.Probe;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Looks into one database: TLS with a verified certificate and name, read-only transactions, a limit for each statement.
 * Nothing that anybody writes into a query of a drill can change the database, or hold the function up; a wrong one is a
 * finding of its own, and the rest is seen all the same.
 *
 * @param patience for all checks together: those after it are not asked
 */
public record PostgresInspector(Access access, Clock clock, Duration patience) {
    private static final String STATEMENT_SECONDS = "20";

    /** Of the 240 seconds that the function has, the rest is for the catalogs and the rows. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /** SQLSTATE class 08: not the query is wrong. Source: PostgreSQL Documentation, "PostgreSQL Error Codes". */
    private static final String CONNECTION_EXCEPTION = "08";

    /** Larger tables are not counted but estimated by PostgreSQL, from its last analyze. */
    private static final long COUNTED = 1_000_000;

    /** A message of PostgreSQL in a notice. */
    private static final int LONGEST_COMPLAINT = 200;

    // Source: PostgreSQL Documentation, "System Catalogs".
    private static final String TABLES = """
            select n.nspname || '.' || c.relname,
                   format('%I.%I', n.nspname, c.relname),
                   c.reltuples::bigint,
                   md5(string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull, ','
                                  order by a.attnum))
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
            group by 1, 2, 3
            """;

    private static final String EXTENSIONS = "select extname, extversion from pg_extension";

    private static final String ROLES = "select rolname from pg_roles where rolname !~ '^(pg_|rds)'";

    private static final String COLLATIONS = """
            select collname from pg_collation
            where collversion is not null and collversion is distinct from pg_collation_actual_version(oid)
            """;

    /** The database's own collation has a version since PostgreSQL 15. */
    private static final String DATABASE_COLLATION = """
            select 'database ' || datname from pg_database
            where datname = current_database() and datcollversion is not null
              and datcollversion is distinct from pg_database_collation_actual_version(oid)
            """;

    private static final int VERSION_15 = 15;

    public PostgresInspector(Access access, Clock clock) {
        this(access, clock, PATIENCE);
    }

    /** @throws SQLException when nobody could get in, or a catalog could not be read */
    public Inspection look(Probe probe) throws SQLException {
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            var collations = new ArrayList<>(column(connection, COLLATIONS));
            if (connection.getMetaData().getDatabaseMajorVersion() >= VERSION_15) {
                collations.addAll(column(connection, DATABASE_COLLATION));
            }
            var tables = tables(connection);
            var extensions = pairs(connection, EXTENSIONS);
            var roles = new TreeSet<>(column(connection, ROLES));
            var checked = new ArrayList<Checked>();
            var freshest = freshest(connection, probe, checked);
            checks(connection, probe, checked);
            return new Inspection(tables, extensions, roles, collations, freshest, checked);
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", access.trustBundle());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "40");
        properties.setProperty("ApplicationName", "yakin-restore-drill");
        properties.setProperty(
                "options", "-c default_transaction_read_only=on -c statement_timeout=" + STATEMENT_SECONDS + "s");
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(access.host(), access.port(), access.database()), properties);
    }

    private static Map<String, Table> tables(Connection connection) throws SQLException {
        record Named(String name, String quoted, long estimate, String columns) {}
        var found = new ArrayList<Named>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                found.add(new Named(rows.getString(1), rows.getString(2), rows.getLong(3), text(rows.getString(4))));
            }
        }
        var tables = new HashMap<String, Table>();
        for (var one : found) {
            var counted = one.estimate() > COUNTED
                    ? one.estimate()
                    : Long.parseLong(value(connection, "select count(*) from " + one.quoted()));
            tables.put(one.name(), new Table(one.columns(), counted));
        }
        return tables;
    }

    /** A query that is wrong is a check that failed, under its parameter's name. */
    private static Optional<Instant> freshest(Connection connection, Probe probe, List<Checked> checked)
            throws SQLException {
        if (probe.freshness().isEmpty()) {
            return Optional.empty();
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(probe.freshness().get())) {
            var time = rows.next() ? rows.getTimestamp(1) : null;
            return Optional.ofNullable(time).map(java.sql.Timestamp::toInstant);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(CONNECTION_EXCEPTION)) {
                throw e;
            }
            checked.add(new Checked("DrillFreshnessQuery", "a timestamp", complaint(e)));
            connection.rollback();
            return Optional.empty();
        }
    }

    /** A check whose SQL is wrong, too slow or not allowed has failed with PostgreSQL's words; the others go on. */
    private void checks(Connection connection, Probe probe, List<Checked> checked) throws SQLException {
        var end = clock.instant().plus(patience);
        for (var check : probe.checks()) {
            if (!clock.instant().isBefore(end)) {
                var late = "not asked: the checks before it took %d s".formatted(patience.toSeconds());
                checked.add(new Checked(check.name(), check.expected(), late));
                continue;
            }
            // After its first query a transaction cannot be made read-write again.
            value(connection, "select 1");
            try {
                checked.add(new Checked(check.name(), check.expected(), value(connection, check.sql())));
            } catch (SQLException e) {
                checked.add(new Checked(check.name(), check.expected(), complaint(e)));
            }
            connection.rollback();
        }
    }

    private static String complaint(SQLException e) {
        var line = text(e.getMessage()).lines().findFirst().orElse("no message");
        return line.substring(0, Math.min(LONGEST_COMPLAINT, line.length()));
    }

    private static String value(Connection connection, String sql) throws SQLException {
        var column = column(connection, sql);
        return column.isEmpty() ? "" : column.getFirst();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        return List.copyOf(pairs(connection, sql).keySet());
    }

    /** First and last column. */
    private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
        var pairs = new LinkedHashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var last = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                pairs.put(text(rows.getString(1)), text(rows.getString(last)));
            }
        }
        return pairs;
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "null" : value;
    }
}
