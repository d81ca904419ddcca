package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What breaks a secret for good with other rotations, and what the doctor makes of it. */
class DoctorTest {
    @Test
    void a_healthy_secret_needs_nothing() {
        var shop = Shop.running(17);
        var report = doctor(shop).examine(false);
        assertThat(report.repairs()).isEmpty();
        assertThat(report.isCurrentWell()).isTrue();
        assertThat(report.findings()).hasSize(2).allMatch(words -> words.contains(" logs in"));
    }

    /** Somebody set another password by hand: neither current, previous nor pending logs in. */
    @Test
    void a_password_that_was_changed_by_hand_is_set_back() {
        var shop = Shop.running(17);
        shop.behindOurBack(
                "ALTER ROLE %s PASSWORD 'by hand'".formatted(shop.user),
                "ALTER ROLE %s_clone PASSWORD 'by hand'".formatted(shop.user));
        var seen = doctor(shop).examine(true);
        assertThat(seen.isCurrentWell()).isFalse();
        assertThat(seen.repairs()).hasSize(2).allMatch(repair -> repair.startsWith("the password of"));
        assertThat(shop.currentLogsIn()).as("a dry run changes nothing").isFalse();
        assertThat(doctor(shop).examine(false).repairs()).isEqualTo(seen.repairs());
        assertThat(shop.currentLogsIn()).isTrue();
    }

    /** The reference rotation never recovers from this. */
    @Test
    void a_pending_version_that_somebody_replaced_by_hand_is_let_go() {
        var shop = Shop.running(17);
        shop.vault.adopt();
        shop.vault.putPending(
                "by-hand", "{\"username\": \"somebody\", \"password\": \"x\", \"host\": \"h\", \"dbname\": \"d\"}");
        var report = doctor(shop).examine(false);
        assertThat(report.repairs()).containsExactly("the label AWSPENDING is removed: no rotation can use it");
        assertThat(shop.vault.allStages()).containsExactlyInAnyOrder(Vault.CURRENT, Vault.PREVIOUS);
        shop.rotate();
        assertThat(shop.currentLogsIn()).isTrue();
    }

    @Test
    void a_dropped_user_is_made_again_with_the_password_that_the_tasks_have() {
        var shop = Shop.running(17);
        var user = shop.vault.current().user();
        shop.behindOurBack("DROP OWNED BY " + user, "DROP ROLE " + user);
        assertThat(doctor(shop).examine(false).isCurrentWell()).isTrue();
        assertThat(shop.currentLogsIn()).isTrue();
        shop.as(shop.vault.current(), "INSERT INTO orders_%s VALUES (1)".formatted(shop.user));
    }

    private static Doctor doctor(Shop shop) {
        return new Doctor(shop.vault, shop.jdbc(), new Roles(List.of("public")));
    }
}
