package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.secretrotation.postgres.JdbcDatabase;
import dev.yakin.shared.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotations as a person would check them, against a real server. */
class RotationTest {
    private static final String ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop-AbCdEf";

    @Test
    void the_users_take_turns_and_the_one_before_still_logs_in() {
        var shop = Shop.fresh(17);
        var users = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var before = shop.vault.current();
            shop.rotate();
            users.add(shop.vault.current().user());
            assertThat(shop.logsIn(before)).isTrue();
        }
        assertThat(users).containsExactly(shop.user + "_clone", shop.user, shop.user + "_clone");
    }

    @ParameterizedTest
    @EnumSource(RotationStep.class)
    void each_step_may_run_twice(RotationStep twice) {
        var shop = Shop.running(17);
        shop.vault.adopt();
        var token = shop.vault.rotate();
        for (var step : RotationStep.values()) {
            shop.rotation(shop.vault, shop.jdbc()).step(step, token);
            if (step == twice) {
                shop.rotation(shop.vault, shop.jdbc()).step(step, token);
            }
        }
        assertThat(shop.currentLogsIn()).isTrue();
        assertThat(shop.vault.allStages()).containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
    }

    @Test
    void a_step_out_of_order_changes_nothing() {
        var shop = Shop.running(17);
        shop.vault.adopt();
        var token = shop.vault.rotate();
        for (var step : List.of(RotationStep.FINISH, RotationStep.TEST, RotationStep.SET)) {
            assertThatThrownBy(() -> shop.rotation(shop.vault, shop.jdbc()).step(step, token))
                    .hasMessageContaining("createSecret has to run first");
        }
        shop.rotation(shop.vault, shop.jdbc()).step(RotationStep.CREATE, token);
        assertThatThrownBy(() -> shop.rotation(shop.vault, shop.jdbc()).step(RotationStep.FINISH, token))
                .hasMessageContaining("setSecret has to run again");
        assertThat(shop.currentLogsIn()).isTrue();
    }

    @Test
    void the_next_rotation_waits_until_the_last_one_is_adopted() {
        var shop = Shop.running(17);
        var before = shop.vault.current();
        shop.vault.tags.clear();
        assertThatThrownBy(() -> Shop.drive(shop.rotation(shop.vault, shop.jdbc()), shop.vault.rotate()))
                .hasMessageContaining("NOT_ADOPTED")
                .hasMessageContaining(shop.users().after(before.user()));
        assertThat(shop.vault.current()).isEqualTo(before);
        shop.rotate();
        assertThat(shop.vault.current()).isNotEqualTo(before);
    }

    /** One user: the password changes in place. The app's own tables stay the same user's. */
    @Test
    void a_single_user_keeps_its_name_and_gets_a_new_password() {
        var shop = Shop.running(17);
        var before = shop.vault.current();
        var single = new Rotation.Wanted(false, new PrivilegeCheck("", ""));
        Shop.drive(shop.rotation(shop.vault, shop.jdbc(), single), shop.vault.rotate());
        var now = shop.vault.current();
        assertThat(now.user()).isEqualTo(before.user());
        assertThat(now.password()).isNotEqualTo(before.password());
        assertThat(shop.logsIn(now)).isTrue();
        assertThat(shop.logsIn(before)).as("that is the price of one user").isFalse();
        assertThat(shop.vault.allStages()).containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
        shop.as(now, "INSERT INTO orders_%s VALUES (1)".formatted(shop.user));
    }

    @Test
    void what_the_app_does_is_tried_with_the_new_user_and_rolled_back() {
        var shop = Shop.running(17);
        var table = "orders_" + shop.user;
        var check = new PrivilegeCheck("SELECT id FROM " + table, "INSERT INTO " + table + " VALUES (4711)");
        shop.vault.adopt();
        Shop.drive(shop.rotation(shop.vault, shop.jdbc(), new Rotation.Wanted(true, check)), shop.vault.rotate());
        assertThat(shop.server.statementLog()).contains("INSERT INTO " + table + " VALUES (4711)");
        shop.as(
                shop.vault.current(),
                "DO $$ BEGIN ASSERT NOT EXISTS (SELECT 1 FROM %s WHERE id = 4711); END $$".formatted(table));
    }

    @ParameterizedTest
    @CsvSource({"SELECT secret FROM nowhere, ''", "'', DELETE FROM nowhere"})
    void what_the_app_cannot_do_stops_the_rotation(String read, String write) {
        var shop = Shop.running(17);
        var before = shop.vault.current();
        shop.vault.adopt();
        var wanted = new Rotation.Wanted(true, new PrivilegeCheck(read, write));
        assertThatThrownBy(() -> Shop.drive(shop.rotation(shop.vault, shop.jdbc(), wanted), shop.vault.rotate()))
                .hasMessageContaining("PRIVILEGES: the new user can't do what the app does")
                .hasMessageContaining("nowhere");
        assertThat(shop.vault.current()).isEqualTo(before);
        assertThat(shop.currentLogsIn()).isTrue();
    }

    /** The rehearsed race: setSecret was asked for, then the rotation was replaced while the step was on its way. */
    @Test
    void a_step_that_was_delayed_until_it_was_replaced_does_no_harm() {
        var shop = Shop.running(17);
        shop.vault.adopt();
        var old = shop.vault.rotate();
        shop.rotation(shop.vault, shop.jdbc()).step(RotationStep.CREATE, old);
        Database slow = credentials -> {
            if (shop.vault.describe().has(old, Vault.PENDING)) {
                shop.vault.removePending(old);
                Shop.drive(shop.rotation(shop.vault, shop.jdbc()), shop.vault.rotate());
            }
            return shop.jdbc().login(credentials);
        };
        assertThatThrownBy(() -> shop.rotation(shop.vault, slow).step(RotationStep.SET, old))
                .hasMessageContaining("STALE");
        assertThat(shop.currentLogsIn()).isTrue();
    }

    /** Byte for byte, with {@code log_statement=all}: neither the server's log nor ours nor an error has a password. */
    @ParameterizedTest
    @ValueSource(ints = {14, 17})
    void no_password_is_in_any_log_or_error(int major) {
        var shop = Shop.fresh(major);
        var out = new ByteArrayOutputStream();
        var journal = new Journal(
                "shop",
                "secret-rotation",
                Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        var errors = new StringWriter();
        for (int rotation = 0; rotation < 3; rotation++) {
            shop.vault.adopt();
            var token = shop.vault.rotate();
            var work = work(shop, shop.jdbc(), journal);
            // A step that fails in each way that a step fails.
            for (var database : List.of(new JdbcDatabase(Path.of("/dev/null")), shop.jdbc())) {
                for (var step : RotationStep.values()) {
                    try {
                        work(shop, database, journal).on(new RotationEvent.Step(step, ARN, token));
                    } catch (RotationException e) {
                        e.printStackTrace(new PrintWriter(errors));
                    }
                }
            }
            work.on(new RotationEvent.CallTheDoctor(true));
        }
        assertThat(shop.vault.current().user()).isEqualTo(shop.user + "_clone");
        assertThat(errors.toString()).contains("TLS");
        var ours = out.toString(StandardCharsets.UTF_8);
        var servers = shop.server.statementLog();
        assertThat(ours).contains("the password of " + shop.user + "_clone is set");
        assertThat(servers).containsIgnoringCase("SCRAM-SHA-256$4096:");
        for (var password : shop.vault.everyPassword()) {
            assertThat(servers).doesNotContain(password);
            assertThat(ours).doesNotContain(password);
            assertThat(errors.toString()).doesNotContain(password);
        }
        assertThat(shop.vault.everyPassword()).hasSize(4);
        assertThat(servers).doesNotContain(shop.master.password());
    }

    @Test
    void a_url_keeps_what_is_not_about_the_user() {
        var text =
                SecretText.of("postgresql://app%40x:p%2Fw%25@db.example.com:5433/shop?schema=public&sslmode=require");
        assertThat(text.credentials()).isEqualTo(new Credentials("app@x", "p/w%", "db.example.com", 5433, "shop"));
        assertThat(text.with("app@x_clone", "a+b c"))
                .isEqualTo(
                        "postgresql://app%40x_clone:a%2Bb%20c@db.example.com:5433/shop?schema=public&sslmode=require");
        assertThat(text.toString()).doesNotContain("p/w").doesNotContain("p%2Fw");
    }

    private static RotationWork work(Shop shop, Database database, Journal journal) {
        var doctor = new Doctor(shop.vault, database, new Roles(List.of("public")));
        var sleep = new Sleep(shop.vault, false, ParameterShop.NOW);
        return new RotationWork(
                ARN, shop.rotation(shop.vault, database), doctor, shop.vault, Due.NEVER, sleep, journal);
    }
}
