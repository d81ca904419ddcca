package dev.yakin.restoredrill.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.postgrestesting.PostgresServer;
import dev.yakin.postgrestesting.RdsMaster;
import dev.yakin.restoredrill.Inspection;
import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Inspection.Table;
import dev.yakin.restoredrill.Probe;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real PostgreSQL over TLS, as RDS's master user. */
class PostgresInspectorTest {
    private final PostgresServer server = PostgresServer.shared(17);
    private final String database = server.newDatabase();
    private final RdsMaster master = RdsMaster.of(server, database);

    @BeforeEach
    void a_shop() {
        server.execute(
                database,
                "create table orders (id bigint primary key, created_at timestamptz not null)",
                "insert into orders select n, timestamptz '2026-11-22 03:00+09' - n * interval '1 minute'"
                        + " from generate_series(1, 100) n",
                "create schema \"Odd Name\"",
                "create table \"Odd Name\".\"Some Items\" (x text)",
                "alter table orders owner to " + master.user(),
                "alter schema \"Odd Name\" owner to " + master.user(),
                "alter table \"Odd Name\".\"Some Items\" owner to " + master.user());
    }

    @Test
    void everything_is_seen() throws SQLException {
        var seen = look();
        assertThat(seen.tables().keySet()).containsExactlyInAnyOrder("public.orders", "Odd Name.Some Items");
        assertThat(orders(seen)).satisfies(orders -> {
            assertThat(orders.rows()).isEqualTo(100);
            assertThat(orders.columns()).hasSize(32);
        });
        assertThat(seen.extensions()).containsKey("plpgsql");
        assertThat(seen.roles()).contains(master.user());
        assertThat(seen.collations()).isEmpty();
        assertThat(seen.freshest()).contains(Instant.parse("2026-11-21T17:59:00Z"));
    }

    @Test
    void another_column_is_another_fingerprint_and_a_dropped_table_is_gone() throws SQLException {
        var before = look();
        server.execute(database, "alter table orders add column note text", "drop table \"Odd Name\".\"Some Items\"");
        var after = look();
        assertThat(after.tables()).containsOnlyKeys("public.orders");
        assertThat(orders(after).columns()).isNotEqualTo(orders(before).columns());
    }

    @Test
    void a_collation_of_another_operating_system_is_seen() throws SQLException {
        server.execute(
                database,
                "create collation shop_names (provider = icu, locale = 'ja-JP')",
                "update pg_collation set collversion = '1.2.3' where collname = 'shop_names'");
        assertThat(look().collations()).contains("shop_names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(*) from orders | 100",
                "select count(*) from order | ERROR: syntax error at or near \"order\"",
                "select count(*) from missing | ERROR: relation \"missing\" does not exist",
                "delete from orders | ERROR: cannot execute DELETE in a read-only transaction",
                "drop table orders | ERROR: cannot execute DROP TABLE in a read-only transaction",
                "set transaction read write; delete from orders"
                        + " | ERROR: transaction read-write mode must be set before any query",
                "commit; set session characteristics as transaction read write; drop table orders"
                        + " | ERROR: cannot execute DROP TABLE in a read-only transaction",
                "select null | null",
                "select id from orders where false | ''"
            })
    void the_teams_checks_find_and_change_nothing(String sql, String found) throws SQLException {
        var checks = List.of(new Probe.Check("check", sql, "100"), new Probe.Check("next", "select 7", "7"));
        var seen = new PostgresInspector(access(master.password()), Clock.systemUTC())
                .look(new Probe(Optional.empty(), checks));
        assertThat(seen.checks()).last().isEqualTo(new Checked("next", "7", "7"));
        assertThat(seen.checks().getFirst().found()).isEqualTo(found);
        assertThat(orders(look()).rows()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select max(created) from orders | ERROR: column \"created\" does not exist",
                "select 'yesterday' | Bad value for type timestamp/date/time: yesterday",
            })
    void a_wrong_query_for_the_newest_timestamp_is_a_check_that_failed_and_all_else_is_seen(String sql, String found)
            throws SQLException {
        var probe = new Probe(Optional.of(sql), List.of(new Probe.Check("next", "select 7", "7")));
        var seen = new PostgresInspector(access(master.password()), Clock.systemUTC()).look(probe);
        assertThat(seen.freshest()).isEmpty();
        assertThat(orders(seen).rows()).isEqualTo(100);
        assertThat(seen.checks())
                .containsExactly(
                        new Checked("DrillFreshnessQuery", "a timestamp", found), new Checked("next", "7", "7"));
    }

    @Test
    void checks_for_which_no_time_is_left_are_not_asked() throws SQLException {
        var probe = new Probe(Optional.empty(), List.of(new Probe.Check("slow", "select 7", "7")));
        var seen = new PostgresInspector(access(master.password()), Clock.systemUTC(), Duration.ZERO).look(probe);
        assertThat(seen.checks()).containsExactly(new Checked("slow", "7", "not asked: the checks before it took 0 s"));
    }

    @Test
    void a_wrong_password_and_a_foreign_authority_are_refused_and_never_shown() {
        assertThatThrownBy(() -> new PostgresInspector(access("wrong"), Clock.systemUTC())
                        .look(new Probe(Optional.empty(), List.of())))
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong");
        var foreign =
                new Access("localhost", server.port(), database, master.user(), master.password(), "/etc/hostname");
        assertThatThrownBy(() ->
                        new PostgresInspector(foreign, Clock.systemUTC()).look(new Probe(Optional.empty(), List.of())))
                .isInstanceOf(SQLException.class);
        assertThat(foreign.toString()).doesNotContain(master.password());
    }

    private static Table orders(Inspection seen) {
        return seen.tables().getOrDefault("public.orders", new Table("none", -1));
    }

    private Inspection look() throws SQLException {
        var probe = new Probe(Optional.of("select max(created_at) from orders"), List.of());
        return new PostgresInspector(access(master.password()), Clock.systemUTC()).look(probe);
    }

    private Access access(String password) {
        return new Access(
                "localhost",
                server.port(),
                database,
                master.user(),
                password,
                server.trustBundle().toString());
    }
}
