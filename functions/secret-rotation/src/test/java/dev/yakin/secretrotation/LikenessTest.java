package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.postgrestesting.PostgresServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever people did to one of the two users between rotations: after the next one the app can do what it could. */
class LikenessTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void what_people_gave_or_took_is_in_step_after_the_next_rotation(int major) {
        var shop = Shop.running(major);
        var now = shop.vault.current();
        var model = now.user();
        var table = "orders_" + shop.user;
        shop.behindOurBack(
                "CREATE SCHEMA s_" + shop.user,
                "CREATE TABLE s_%s.prices (id int, secret int)".formatted(shop.user),
                "CREATE SEQUENCE s_%s.numbers".formatted(shop.user),
                "ALTER SCHEMA s_%s OWNER TO %s".formatted(shop.user, shop.master.user()),
                "ALTER TABLE s_%s.prices OWNER TO %s".formatted(shop.user, shop.master.user()),
                "ALTER SEQUENCE s_%s.numbers OWNER TO %s".formatted(shop.user, shop.master.user()),
                "CREATE ROLE readers_" + shop.user,
                "GRANT readers_%s TO %s WITH ADMIN OPTION".formatted(shop.user, shop.master.user()),
                // given to one user only
                "GRANT USAGE ON SCHEMA s_%s TO %s".formatted(shop.user, model),
                "GRANT INSERT, SELECT (id) ON s_%s.prices TO %s".formatted(shop.user, model),
                "GRANT USAGE ON s_%s.numbers TO %s".formatted(shop.user, model),
                "GRANT readers_%s TO %s".formatted(shop.user, model),
                "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA s_%s GRANT SELECT ON TABLES TO %s"
                        .formatted(shop.master.user(), shop.user, model),
                "ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT SELECT ON TABLES TO readers_%s".formatted(model, shop.user),
                "ALTER ROLE %s SET search_path = s_%s, public".formatted(model, shop.user),
                "ALTER ROLE %s IN DATABASE %s SET statement_timeout = '3s'".formatted(model, shop.database),
                "ALTER ROLE %s CONNECTION LIMIT 17".formatted(model),
                // a changed owner
                "ALTER TABLE %s OWNER TO %s".formatted(table, model));
        shop.rotate();
        var next = shop.vault.current();
        assertThat(next.user()).isNotEqualTo(model);
        shop.as(
                next,
                "INSERT INTO s_%s.prices (id) SELECT id FROM s_%s.prices".formatted(shop.user, shop.user),
                "SELECT nextval('s_%s.numbers')".formatted(shop.user),
                "ALTER TABLE %s ADD COLUMN added int".formatted(table),
                "DO $$ BEGIN ASSERT current_setting('search_path') = 's_%s, public'; END $$".formatted(shop.user),
                "DO $$ BEGIN ASSERT current_setting('statement_timeout') = '3s'; END $$",
                "DO $$ BEGIN ASSERT (SELECT rolconnlimit FROM pg_roles WHERE rolname = session_user) = 17; END $$",
                "DO $$ BEGIN ASSERT pg_has_role('readers_%s', 'USAGE'); END $$".formatted(shop.user));
        assertThat(shop.logsIn(now))
                .as("the tasks that still run with the previous user")
                .isTrue();
        shop.rotate();
        shop.as(shop.vault.current(), "ALTER TABLE %s ADD COLUMN again int".formatted(table));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 17})
    void a_dropped_clone_is_made_again(int major) {
        var shop = Shop.running(major);
        var next = shop.users().after(shop.vault.current().user());
        shop.behindOurBack("DROP OWNED BY " + next, "DROP ROLE " + next);
        shop.rotate();
        assertThat(shop.vault.current().user()).isEqualTo(next);
        shop.as(shop.vault.current(), "INSERT INTO orders_%s VALUES (1)".formatted(shop.user));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 17})
    void a_revoked_membership_is_given_back(int major) {
        var shop = Shop.running(major);
        var next = shop.users().after(shop.vault.current().user());
        shop.behindOurBack(
                "REVOKE %s FROM %s".formatted(shop.users().owner(), next), "ALTER ROLE %s RESET role".formatted(next));
        shop.rotate();
        shop.as(shop.vault.current(), "INSERT INTO orders_%s VALUES (1)".formatted(shop.user));
    }

    /** As AWS's reference rotation left them: the clone is a member of the user, and each owns what it made. */
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void users_of_the_reference_rotation_are_taken_over(int major) {
        var shop = Shop.fresh(major);
        var user = shop.vault.current();
        var clone = shop.users().after(user.user());
        shop.server.execute(
                PostgresServer.SUPERUSER,
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user.user(), user.password()),
                "CREATE ROLE %s LOGIN PASSWORD 'else'".formatted(clone),
                "GRANT %s TO %s WITH ADMIN OPTION".formatted(user.user(), shop.master.user()),
                "GRANT %s TO %s WITH ADMIN OPTION".formatted(clone, shop.master.user()));
        shop.behindOurBack("GRANT CREATE ON SCHEMA public TO %s, %s".formatted(user.user(), clone));
        try (var master = shop.jdbc().login(user.as(shop.master.user(), shop.master.password()))) {
            master.run("GRANT %s TO %s".formatted(user.user(), clone));
            master.commit();
        }
        shop.as(user, "CREATE TABLE old_" + shop.user + " (id int)");
        shop.as(user.as(clone, "else"), "CREATE TABLE cloned_" + shop.user + " (id int)");
        shop.rotate();
        for (var credentials : java.util.List.of(user, shop.vault.current())) {
            shop.as(
                    credentials,
                    "ALTER TABLE old_%s ADD COLUMN c_%s int".formatted(shop.user, credentials.user()),
                    "ALTER TABLE cloned_%s ADD COLUMN c_%s int".formatted(shop.user, credentials.user()));
        }
    }

    /** The master may not give on what another owner gave: a person has to, and reads what. */
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void what_cannot_be_repaired_stops_the_rotation_with_what_differs(int major) {
        var shop = Shop.running(major);
        var before = shop.vault.current();
        shop.behindOurBack(
                "CREATE TABLE audit_" + shop.user + " (id int)",
                "GRANT SELECT ON audit_%s TO %s".formatted(shop.user, before.user()));
        assertThatThrownBy(shop::rotate)
                .isInstanceOf(RotationException.class)
                .hasMessageContaining("may SELECT ON TABLE audit_" + shop.user)
                .hasMessageContaining("grant it to the owner role");
        assertThat(shop.vault.current()).isEqualTo(before);
        assertThat(shop.currentLogsIn()).isTrue();
        shop.behindOurBack("GRANT SELECT ON audit_%s TO %s"
                .formatted(shop.user, shop.users().owner()));
        shop.rotate();
        assertThat(shop.vault.current()).isNotEqualTo(before);
        shop.as(shop.vault.current(), "SELECT * FROM audit_" + shop.user);
    }
}
