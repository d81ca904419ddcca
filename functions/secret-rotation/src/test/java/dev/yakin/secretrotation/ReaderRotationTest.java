package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.postgrestesting.PostgresServer;
import dev.yakin.postgrestesting.RdsMaster;
import dev.yakin.secretrotation.postgres.JdbcDatabase;
import dev.yakin.shared.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of the restore drills, against a real server. */
class ReaderRotationTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void a_new_stacks_reader_is_made_reads_every_table_and_changes_none(int major) {
        var reader = new Reader(major);
        reader.drive();
        reader.server.execute(
                reader.database,
                "create table bills (id int)",
                "insert into bills values (7)",
                "create schema inner_rooms",
                "create table inner_rooms.safe as select 1");
        assertThat(reader.sees("select count(*) from bills")).isEqualTo("1");
        assertThat(reader.sees("select count(*) from inner_rooms.safe")).isEqualTo("1");
        for (var change : List.of("insert into bills values (8)", "drop table bills", "create table mine (id int)")) {
            assertThatThrownBy(() -> reader.sees(change)).hasMessageContaining("read-only transaction");
            // Until 14 everybody may make tables of their own in public; nobody's table is changed by that.
            if (major > 14 || !change.startsWith("create")) {
                assertThatThrownBy(() -> reader.sees("set transaction read write", change))
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        }
        assertThat(reader.masterSees("select count(*) from bills")).isEqualTo("1");
    }

    @Test
    void the_next_rotation_changes_its_password_and_no_log_line_has_one() {
        var reader = new Reader(17);
        reader.drive();
        var before = reader.vault.current();
        reader.drive();
        assertThat(reader.vault.current()).isNotEqualTo(before);
        assertThat(reader.sees("select 1")).isEqualTo("1");
        assertThat(reader.vault.allStages()).containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
        assertThat(reader.vault.everyPassword())
                .noneMatch(log.toString(StandardCharsets.UTF_8)::contains)
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(RotationStep.class)
    void each_step_may_run_twice_and_a_late_one_is_refused(RotationStep twice) {
        var reader = new Reader(17);
        var token = reader.vault.rotate();
        for (var step : RotationStep.values()) {
            reader.rotation().step(step, token);
            if (step == twice) {
                reader.rotation().step(step, token);
            }
        }
        assertThat(reader.sees("select 1")).isEqualTo("1");
        reader.drive();
        assertThatThrownBy(() -> reader.rotation().step(twice, token)).hasMessageContaining("STALE");
        assertThat(reader.sees("select 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = RotationStep.class,
            names = {"SET", "TEST", "FINISH"})
    void a_step_out_of_order_changes_nothing(RotationStep early) {
        var reader = new Reader(17);
        var token = reader.vault.rotate();
        assertThatThrownBy(() -> reader.rotation().step(early, token))
                .hasMessageContaining("createSecret has to run first");
        reader.rotation().step(RotationStep.CREATE, token);
        if (early != RotationStep.SET) {
            assertThatThrownBy(() -> reader.rotation().step(early, token)).hasMessageContaining("WRONG_PASSWORD");
        }
        assertThat(reader.vault.describe().has("v0", Vault.CURRENT)).isTrue();
    }

    /** A database with a master and the secret of a reader that does not exist yet. */
    private final class Reader {
        private final PostgresServer server;
        private final String database;
        private final RdsMaster master;
        private final FakeVault vault;

        private Reader(int major) {
            server = PostgresServer.shared(major);
            database = server.newDatabase();
            master = RdsMaster.of(server, database);
            vault = FakeVault.ofUser(master, database, "reader_" + database);
        }

        private ReaderRotation rotation() {
            var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
            var journal =
                    new Journal("shop", "secret-rotation", clock, new PrintStream(log, true, StandardCharsets.UTF_8));
            return new ReaderRotation(vault, new JdbcDatabase(server.trustBundle()), journal);
        }

        private void drive() {
            var token = vault.rotate();
            for (var step : RotationStep.values()) {
                rotation().step(step, token);
            }
        }

        private String sees(String... sql) {
            return as(vault.current(), sql);
        }

        private String masterSees(String sql) {
            return as(vault.current().as(master.user(), master.password()), sql);
        }

        private String as(Credentials credentials, String... sql) {
            try (var session = new JdbcDatabase(server.trustBundle()).login(credentials)) {
                for (var i = 0; i < sql.length - 1; i++) {
                    session.run(sql[i]);
                }
                var last = sql[sql.length - 1];
                if (last.startsWith("select")) {
                    return session.rows(last).getFirst().getFirst();
                }
                session.run(last);
                return "";
            }
        }
    }
}
