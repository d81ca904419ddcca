package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dev database that sleeps while its password is due. */
class SleepTest {
    private final Shop shop = Shop.running(17);
    private final TestWork work = new TestWork(shop);

    /** It falls asleep before the rotation, or between two of its steps. */
    @ParameterizedTest
    @EnumSource(
            value = RotationStep.class,
            names = {"SET", "TEST", "FINISH"})
    void no_step_fails_and_the_rotation_is_over(RotationStep asleepFrom) {
        var before = shop.vault.current();
        shop.vault.adopt();
        var token = shop.vault.rotate();
        for (var step : RotationStep.values()) {
            work.asleep = step.compareTo(asleepFrom) >= 0;
            work.work().on(new RotationEvent.Step(step, TestWork.ARN, token));
        }
        assertThat(shop.vault.current()).isEqualTo(before);
        assertThat(shop.vault.allStages())
                .as("RotateSecret may begin anew")
                .containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
        assertThat(work.trouble().kind()).isEqualTo(RotationTrouble.Kind.POSTPONED);
        assertThat(work.log()).doesNotContain("ERROR").contains("postponed: the database sleeps");

        work.asleep = false;
        work.rotate(shop.vault.rotate());
        assertThat(shop.vault.current().user()).isNotEqualTo(before.user());
        assertThat(shop.currentLogsIn()).isTrue();
        assertThat(shop.vault.describe().trouble()).as("nothing is left to say").isEmpty();
    }

    @Test
    void a_step_that_was_killed_while_postponing_goes_on() {
        shop.vault.adopt();
        var token = shop.vault.rotate();
        work.work().on(new RotationEvent.Step(RotationStep.CREATE, TestWork.ARN, token));
        work.asleep = true;
        work.work().on(new RotationEvent.Step(RotationStep.SET, TestWork.ARN, token));
        shop.vault.putPending(token, shop.vault.value(token).orElseThrow());
        work.work().on(new RotationEvent.Step(RotationStep.SET, TestWork.ARN, token));
        assertThat(shop.vault.describe().version(Vault.PENDING)).isEmpty();
    }

    @Test
    void a_database_that_was_seen_awake_and_does_not_answer_fails_the_step() {
        shop.vault.tags.put(SecretState.AGAIN_TAG, TestWork.NIGHT.toString());
        work.asleep = true;
        work.now = TestWork.NIGHT.plus(Sleep.AWAKE).minusSeconds(1);
        assertThatThrownBy(this::rotateAdopted).hasMessageContaining("UNREACHABLE");
        assertThat(work.trouble().kind()).isEqualTo(RotationTrouble.Kind.FAILED);

        work.now = TestWork.NIGHT.plus(Sleep.AWAKE);
        rotateAdopted();
        assertThat(work.trouble().kind()).isEqualTo(RotationTrouble.Kind.POSTPONED);
    }

    @Test
    void where_nothing_sleeps_not_answering_is_a_failure() {
        work.maySleep = false;
        work.asleep = true;
        assertThatThrownBy(this::rotateAdopted).hasMessageContaining("UNREACHABLE");
        assertThat(work.trouble().kind()).isEqualTo(RotationTrouble.Kind.FAILED);
    }

    private void rotateAdopted() {
        shop.vault.adopt();
        work.rotate(shop.vault.rotate());
    }
}
