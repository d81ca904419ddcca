package dev.yakin.restoredrill.aws;

import static dev.yakin.restoredrill.TestShop.SUNDAY;
import static dev.yakin.restoredrill.TestShop.TOKYO;
import static dev.yakin.restoredrill.TestShop.WANTED;
import static dev.yakin.restoredrill.TestShop.tokyo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Observed.Looked;
import dev.yakin.restoredrill.Source;
import dev.yakin.restoredrill.TestShop;
import dev.yakin.restoredrill.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import dev.yakin.shared.SaleFreeze;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole drills, look by look, with the real handler: a healthy one, bad ones, and one that is killed or refused at each of
 * its calls. Whatever happens, nothing is left behind, and nothing foreign is touched.
 */
class KilledAnywhereTest {
    private static final Set<String> CHANGES =
            Set.of("restore", "setCredentials", "delete", "keep", "saveManifest", "accept", "live", "restored");

    /** How a call goes wrong. */
    enum Mode {
        DIES_BEFORE,
        DIES_AFTER,
        FAILS
    }

    /** The process is gone: nothing in it catches this. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final TestShop shop = new TestShop();
    private final List<Notice> said = new ArrayList<>();
    private Instant now = tokyo("2026-11-22T03:00");
    private Wanted wanted = WANTED;
    private SaleFreeze freeze = SaleFreeze.NONE;
    private int calls;
    private int strikes = -1;
    private Mode mode = Mode.FAILS;

    @Test
    void a_healthy_drill_is_told_kept_and_deleted() {
        play(20);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence).containsOnlyKeys("2026-11-22_passed_15min.json");
        assertThat(shop.evidence.values())
                .first()
                .asString()
                .contains("\"kind\":\"point-in-time\"", "\"rtoSeconds\":900", "\"rpoSeconds\":0", "\"findings\":[]");
        assertThat(said)
                .extracting(Notice::title)
                .containsExactly(
                        "Restore drill begins: point-in-time recovery is restored to an instance of its own",
                        "Restore drill passed: point-in-time recovery was usable after 15 min, 0 min of data lost");
        assertThat(said.getFirst().key())
                .isEqualTo("restore-drill/shop-prod")
                .isEqualTo(said.get(1).key());
        assertThat(said.getFirst().until()).contains(tokyo("2026-11-22T09:00"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void killed_or_refused_at_any_call_nothing_is_left_behind(Mode how) {
        play(20);
        var smooth = calls;
        assertThat(smooth).isGreaterThan(8);
        for (var at = 0; at < smooth; at++) {
            var other = new KilledAnywhereTest();
            other.mode = how;
            other.strikes = at;
            other.shop.drills.put("shop", foreign());
            other.play(30);
            assertThat(other.shop.drills.keySet()).as("%s at call %d", how, at).containsExactly("shop");
            assertThat(other.shop.deleted).as("%s at call %d", how, at).doesNotContain("shop");
            assertThat(other.shop.evidence).as("%s at call %d", how, at).isNotEmpty();
            assertThat(other.said.stream().map(Notice::id))
                    .as("%s at call %d", how, at)
                    .contains("restore-drill/shop-prod/yakin-drill-shop-prod-20261122/passed");
        }
    }

    @Test
    void a_restore_that_hangs_is_deleted_after_six_hours_and_said() {
        shop.stuck = Optional.of("creating");
        play(80);
        assertThat(shop.deleted).containsOnly("yakin-drill-shop-prod-20261122");
        assertThat(said.getLast().title()).startsWith("A drill instance was left behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "incompatible-restore", "storage-full"})
    void a_restore_that_fails_is_told_in_the_words_of_rds(String status) {
        shop.stuck = Optional.of(status);
        play(10);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence.keySet()).singleElement().asString().contains("failed");
        assertThat(said.get(1).severity()).isEqualTo(Notice.Severity.WARNING);
        assertThat(said.get(1).facts()).extracting(Notice.Fact::value).contains(status);
    }

    @Test
    void a_database_that_nobody_can_look_into_counts_as_not_restored_after_two_hours() {
        shop.restored = new Looked.Refused("FATAL: password authentication failed");
        play(40);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.evidence.keySet()).singleElement().asString().startsWith("2026-11-22_failed_1");
        assertThat(said.get(1).facts())
                .extracting(Notice.Fact::value)
                .contains("FATAL: password authentication failed");
    }

    @Test
    void fewer_rows_fail_the_drill_and_are_named() {
        shop.restored = new Looked.Found(TestShop.inspection(3));
        play(20);
        assertThat(said.get(1).title())
                .isEqualTo("Restore drill failed: point-in-time recovery was restored, but is not whole (findings: 1)");
        assertThat(said.get(1).facts())
                .anyMatch(fact ->
                        fact.name().equals("Fewer rows") && fact.value().equals("public.orders: 3 (need: 100)"));
    }

    @Test
    void without_any_backup_people_hear_it_once() {
        shop.source = new Source("shop", Optional.empty(), Optional.empty());
        play(20);
        assertThat(shop.drills).isEmpty();
        assertThat(shop.deleted).isEmpty();
        assertThat(said.stream().filter(notice -> notice.severity() == Notice.Severity.WARNING))
                .hasSize(1);
    }

    @Test
    void the_other_kind_is_restored_when_there_is_none_of_the_weeks() {
        shop.source = new Source("shop", shop.source.snapshot(), Optional.empty());
        look();
        assertThat(shop.drills.values()).extracting(Drill::kind).containsExactly(Kind.SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T02:59", "2026-11-22T05:00", "2026-11-23T03:00", "2026-11-21T03:00"})
    void outside_its_hours_no_drill_begins(String time) {
        now = tokyo(time);
        look();
        assertThat(shop.drills).isEmpty();
    }

    @Test
    void a_sale_within_four_hours_a_rest_and_the_monthly_hours_keep_it_from_beginning() {
        freeze = new SaleFreeze(
                List.of(new SaleFreeze.Window("winter", tokyo("2026-11-22T06:59"), tokyo("2026-11-22T20:00"))));
        look();
        assertThat(shop.drills).isEmpty();
        freeze = SaleFreeze.NONE;
        wanted = new Wanted("shop-prod", TOKYO, "en", 0, Optional.empty());
        look();
        assertThat(shop.drills).isEmpty();
        wanted = new Wanted("shop-prod", TOKYO, "en", 3, Optional.empty());
        shop.evidence.put("2026-11-15_passed_180min.json", "{}");
        look();
        assertThat(shop.drills).isEmpty();
        wanted = WANTED;
        look();
        assertThat(shop.drills).hasSize(1);
    }

    @Test
    void at_rest_it_still_deletes_what_was_left_behind() {
        wanted = new Wanted("shop-prod", TOKYO, "en", 0, Optional.empty());
        shop.restore("by-hand", SUNDAY, Kind.SNAPSHOT, shop.source, now.minus(Duration.ofHours(7)));
        look();
        assertThat(shop.deleted).containsExactly("by-hand");
    }

    /** The live database: no drill, so the port of drills never shows it; here only to see that nobody deletes it. */
    private static Drill foreign() {
        return new Drill(
                "shop", SUNDAY, Kind.SNAPSHOT, Instant.EPOCH, "live", Optional.empty(), false, Optional.empty());
    }

    private void play(int looks) {
        for (var look = 0; look < looks; look++) {
            look();
            now = now.plus(Duration.ofMinutes(5));
            shop.drills.computeIfPresent("shop", (_, _) -> foreign());
            var live = shop.drills.remove("shop");
            shop.passTime();
            if (live != null) {
                shop.drills.put("shop", live);
            }
        }
    }

    private void look() {
        var live = shop.drills.remove("shop");
        try {
            handler().look(false);
        } catch (Killed | PlanFailedException expected) {
            assertThat(strikes).isNotNegative();
        } finally {
            if (live != null) {
                shop.drills.put("shop", live);
            }
        }
    }

    private RestoreDrillHandler handler() {
        var clock = Clock.fixed(now, TOKYO);
        var journal = new Journal(
                "shop-prod", "restore-drill", clock, new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
        return new RestoreDrillHandler(
                wanted,
                troubled(dev.yakin.restoredrill.Instances.class, shop),
                troubled(dev.yakin.restoredrill.Records.class, shop),
                troubled(dev.yakin.restoredrill.Eyes.class, shop),
                () -> freeze,
                notice -> change("accept", () -> said.add(notice)),
                clock,
                journal);
    }

    /** The port with its changes counted, and one of them going wrong. */
    private <T> T troubled(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    var answer = new Object[1];
                    change(method.getName(), () -> {
                        try {
                            answer[0] = method.invoke(real, arguments);
                        } catch (InvocationTargetException | IllegalAccessException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    return answer[0];
                }));
    }

    private void change(String name, Runnable change) {
        if (!CHANGES.contains(name) || calls++ != strikes) {
            change.run();
            return;
        }
        switch (mode) {
            case DIES_BEFORE -> throw new Killed();
            case DIES_AFTER -> {
                change.run();
                throw new Killed();
            }
            case FAILS -> {
                if (name.equals("restored")) {
                    change.run(); // this port answers with its failure, it does not throw
                    return;
                }
                throw new IllegalStateException("ThrottlingException: Rate exceeded");
            }
        }
    }
}
