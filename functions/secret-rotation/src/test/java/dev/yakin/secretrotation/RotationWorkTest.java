package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.secretrotation.RotationTrouble.Kind;
import org.junit.jupiter.api.Test;

/** What a step that fails does by itself, and what it leaves for people. */
class RotationWorkTest {
    private final Shop shop = Shop.running(17);
    private final TestWork work = new TestWork(shop);

    @Test
    void the_doctor_comes_by_itself_and_repairs() {
        shop.behindOurBack("ALTER ROLE %s PASSWORD 'by hand'"
                .formatted(shop.vault.current().user()));
        assertThat(shop.currentLogsIn()).isFalse();
        assertThatThrownBy(() -> step(RotationStep.FINISH)).hasMessageContaining("createSecret has to run first");
        assertThat(shop.currentLogsIn()).as("a late step is no trouble").isFalse();
        fails();
        assertThat(shop.currentLogsIn()).isTrue();
        assertThat(work.log())
                .contains("the password of %s is set to that of AWSCURRENT"
                        .formatted(shop.vault.current().user()));
        assertThat(work.trouble().kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void what_the_doctor_cannot_repair_is_marked_as_refused() {
        shop.behindOurBack("ALTER ROLE %s PASSWORD 'by hand'"
                .formatted(shop.vault.current().user()));
        try (var _ = shop.masterHasAnotherPassword()) {
            fails();
        }
        assertThat(work.trouble().kind()).isEqualTo(Kind.CURRENT_REFUSED);
        assertThat(work.trouble().text())
                .startsWith("refused AWSCURRENT does not log in: setSecret WRONG_PASSWORD")
                .doesNotContain(shop.master.password());
    }

    @Test
    void a_database_that_nobody_reaches_is_not_said_to_refuse() {
        work.maySleep = false;
        work.asleep = true;
        fails();
        assertThat(work.trouble().kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void who_asks_the_function_for_what_Secrets_Manager_does_is_told_whom_to_ask() {
        assertThatThrownBy(() -> work.work().on(RotationEvent.of("{\"rotate\": true}")))
                .hasMessageContaining("use aws secretsmanager rotate-secret");
        assertThatThrownBy(() -> RotationEvent.of("{\"rotate\": false}")).hasMessageContaining("{\"doctor\": true}");
    }

    @Test
    void the_trouble_is_forgotten_when_a_rotation_ends_well() {
        shop.vault.noteTrouble("failed setSecret DRIFT: x");
        shop.vault.adopt();
        work.rotate(shop.vault.rotate());
        assertThat(shop.vault.describe().trouble()).isEmpty();
    }

    /** A rotation whose setSecret fails: with a master that is refused, with a next user that may not be made alike. */
    private void fails() {
        shop.vault.adopt();
        step(RotationStep.CREATE);
        var rotation = shop.rotation(shop.vault, credentials -> {
            if (credentials.user().equals(shop.master.user()) && !shop.logsIn(credentials)) {
                return shop.jdbc().login(credentials);
            }
            throw new RotationException(work.asleep ? Trouble.UNREACHABLE : Trouble.DRIFT, "the test says so");
        });
        var event = new RotationEvent.Step(RotationStep.SET, TestWork.ARN, shop.vault.rotate());
        assertThatThrownBy(() -> work.work(rotation).on(event)).isInstanceOf(RotationException.class);
    }

    private void step(RotationStep step) {
        work.work().on(new RotationEvent.Step(step, TestWork.ARN, shop.vault.rotate()));
    }
}
