package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.yakin.shared.StackReply;
import dev.yakin.shared.StackRequest;
import dev.yakin.shared.StackRequest.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new stack: CloudFormation starts no task before AWSCURRENT logs in. */
class DatabaseUserTest {
    private final Shop shop = Shop.fresh(17);
    private final TestWork work = new TestWork(shop);

    @Test
    void the_user_logs_in_when_CloudFormation_is_answered() {
        var before = shop.vault.current();
        assertThat(shop.currentLogsIn()).isFalse();
        assertThat(answer("r-1").good()).isTrue();
        assertThat(shop.vault.current())
                .as("the password is the one that the tasks have")
                .isEqualTo(before);
        assertThat(shop.currentLogsIn()).isTrue();
        shop.as(shop.vault.current(), "CREATE TABLE orders_%s (id int)".formatted(shop.user));
        shop.rotate();
        shop.as(shop.vault.current(), "INSERT INTO orders_%s VALUES (1)".formatted(shop.user));
    }

    @Test
    void asked_again_it_changes_nothing() {
        answer("r-1");
        answer("r-2");
        assertThat(work.log().lines().toList().getLast()).contains("\"done\":\"nothing\"");
    }

    @Test
    void what_may_pass_is_tried_again_and_then_CloudFormation_is_told_why() {
        work.asleep = true;
        assertThatThrownBy(() -> answer("r-1")).hasMessageContaining("UNREACHABLE");
        assertThat(shop.vault.describe().trouble()).as("for Slack").isPresent();
        var reply = answer("r-1");
        assertThat(reply.good()).isFalse();
        assertThat(reply.reason())
                .startsWith("The database user of the shop could not be made. UNREACHABLE: can't log in as ");
        assertThatThrownBy(() -> answer("r-2"))
                .as("another deploy is another request")
                .hasMessageContaining("UNREACHABLE");
        work.asleep = false;
        assertThat(answer("r-2").good()).isTrue();
        assertThat(shop.vault.describe().trouble()).isEmpty();
    }

    @Test
    void what_does_not_pass_is_told_at_once() {
        StackReply reply;
        try (var _ = shop.masterHasAnotherPassword()) {
            reply = answer("r-1");
        }
        assertThat(reply.good()).isFalse();
        assertThat(reply.reason())
                .contains("WRONG_PASSWORD", shop.master.user())
                .doesNotContain(shop.master.password())
                .doesNotContain(shop.vault.current().password());
    }

    @Test
    void the_users_stay_when_the_stack_goes() {
        answer("r-1");
        assertThat(user(shop.vault, shop.jdbc(), () -> {})
                        .answer(request(Kind.DELETE, "r-2"))
                        .good())
                .isTrue();
        assertThat(shop.currentLogsIn()).isTrue();
    }

    /** Killed before and after every AWS call and every SQL statement; Lambda asks again. */
    @Test
    void it_may_be_killed_anywhere() {
        var clean = new Killer(Killer.NEVER, () -> {});
        var whole = Shop.fresh(17);
        user(clean.vault(whole.vault), clean.database(whole.jdbc()), () -> {}).answer(request(Kind.CREATE, "r-1"));
        for (int position = 0; position <= clean.calls().size(); position++) {
            var next = Shop.fresh(17);
            var killer = new Killer(position, () -> {});
            var user = user(killer.vault(next.vault), killer.database(next.jdbc()), () -> {});
            if (position < clean.calls().size()) {
                assertThatThrownBy(() -> user.answer(request(Kind.CREATE, "r-1")))
                        .isInstanceOf(Killer.Killed.class);
            }
            killer.stopKilling();
            assertThat(user.answer(request(Kind.CREATE, "r-1")).good()).isTrue();
            assertThat(next.currentLogsIn()).isTrue();
        }
        System.out.printf(
                "the database user of a new stack: %d calls, killed before and after each: %d positions, 0 violations%n",
                clean.calls().size(), 2 * clean.calls().size());
    }

    @Test
    void with_Parameter_Store_the_parameter_becomes_the_URL_that_the_tasks_read() {
        var stack = ParameterShop.fresh(17);
        var password = stack.newest().text();
        for (int position = 0; position < 3; position++) {
            var killer = new Killer(position, () -> {});
            var vault = stack.vault(killer.parameters(stack.parameters));
            assertThatThrownBy(() -> user(vault, stack.shop.jdbc(), vault::seed).answer(request(Kind.CREATE, "r-1")))
                    .isInstanceOf(Killer.Killed.class);
        }
        var vault = stack.vault(stack.parameters);
        assertThat(user(vault, stack.shop.jdbc(), vault::seed)
                        .answer(request(Kind.CREATE, "r-1"))
                        .good())
                .isTrue();
        assertThat(stack.newest().text())
                .isEqualTo("postgresql://%s:%s@localhost:%d/%s?sslmode=require"
                        .formatted(stack.shop.user, password, stack.shop.server.port(), stack.shop.database));
        assertThat(stack.newest().version()).isEqualTo(2);
        assertThat(stack.currentLogsIn()).isTrue();
    }

    private StackReply answer(String id) {
        return user(shop.vault, work.database(), () -> {}).answer(request(Kind.CREATE, id));
    }

    private DatabaseUser user(Vault vault, Database database, Runnable seed) {
        return new DatabaseUser(seed, new Doctor(vault, database, new Roles(List.of("public"))), vault, work.journal());
    }

    private static StackRequest request(Kind kind, String id) {
        return new StackRequest(
                kind,
                URI.create("https://cloudformation.example/answer"),
                Map.of("RequestId", id, "LogicalResourceId", "DatabaseUser", "StackId", "s"),
                new JsonObject());
    }
}
