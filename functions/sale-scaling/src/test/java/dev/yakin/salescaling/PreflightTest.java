package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestLooks.lines;
import static dev.yakin.salescaling.TestLooks.moments;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.Surroundings.Money;
import dev.yakin.salescaling.Surroundings.Vcpus;
import dev.yakin.salescaling.Surroundings.Work;
import dev.yakin.shared.Notice;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A day before a sale, and when its warm-up begins. The sale opens on Saturday at 20:00 and closes at midnight. */
class PreflightTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00"));
    private static final String DAY_BEFORE = "2026-12-25T20:00";
    private static final String WARM_UP = "2026-12-26T19:00";

    private final TestLooks shop = TestLooks.withGoodCalendar(WINTER, "app");

    @BeforeEach
    void the_database_is_a_small_one() {
        shop.surroundings.maxConnections = 225;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            2026-12-25T19:59:59, 0, one second before the last day
            2026-12-25T20:00:00, 1, a day before the opening
            2026-12-26T18:59:59, 1, looks were missed until the warm-up: better late than never
            2026-12-26T19:00:00, 1, the warm-up begins
            2026-12-26T19:59:59, 1, still before the opening
            2026-12-26T20:00:00, 0, the doors are open: nobody can prepare any more
            """)
    void is_told_a_day_before_and_when_the_warm_up_begins(String time, int told, String why) {
        assertThat(preflights(shop.whole(tokyo(time)))).hasSize(told);
    }

    @Test
    void is_told_once_each_time() {
        shop.look(DAY_BEFORE);
        assertThat(moments(shop.whole(tokyo("2026-12-25T20:05")))).isEmpty();
        assertThat(preflights(shop.whole(tokyo(WARM_UP)))).hasSize(1);
        shop.look(WARM_UP);
        assertThat(moments(shop.whole(tokyo("2026-12-26T19:05")))).isEmpty();
        assertThat(shop.surroundings.looks)
                .as("AWS is asked only when a pre-flight is due")
                .isEqualTo(3);
    }

    @Test
    void a_sale_written_into_the_calendar_on_its_day_is_checked_at_once() {
        var late = TestLooks.withGoodCalendar(WINTER, "app");
        assertThat(preflights(late.whole(tokyo("2026-12-26T15:00")))).hasSize(1);
    }

    @Test
    void a_line_for_each_check_with_its_figure() {
        assertThat(tell(DAY_BEFORE).facts())
                .containsExactly(
                        new Fact("✅ Most tasks", "app 6..20; a target group takes 1000"),
                        new Fact("✅ Fargate vCPUs", "10 needed of 64; 1 in use now"),
                        new Fact("✅ Free addresses", "18 more tasks, 475 free; scarcest subnet subnet-b: 235"),
                        new Fact("✅ Database connections", "20 tasks × 8 = 160 of 180 allowed (80 % of 225)"),
                        new Fact("✅ Database", "available; pending: nothing; maintenance window: outside the sale"),
                        new Fact("✅ Backup", "newest 5 hours old; restorable up to 4 minutes ago"),
                        new Fact("✅ Certificate", "valid until 2027-06-01 (Tue) 09:00"),
                        new Fact("✅ Other work", "nothing"),
                        new Fact("✅ Image", "in the registry"),
                        new Fact(
                                "✅ Month's budget", "310 USD spent, 620 expected, of 1000; the sale costs at least 1"));
    }

    /** What is spoilt, the line of it, and whether it stops the sale. */
    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble(
                        "a quota too small",
                        around -> around.vcpus = new Found.Is<>(new Vcpus(6, 1)),
                        "❌ Fargate vCPUs",
                        "10 needed of 6; 1 in use now → Ask Service Quotas for 10 vCPUs today, it may take days;"
                                + " until then at most app 12.",
                        true),
                trouble(
                        "others in the account use the quota",
                        around -> around.vcpus = new Found.Is<>(new Vcpus(16, 9)),
                        "❌ Fargate vCPUs",
                        "18 needed of 16; 9 in use now → Ask Service Quotas for 18 vCPUs today, it may take days;"
                                + " until then at most app 16.",
                        true),
                trouble(
                        "one subnet is full",
                        around -> around.free = new Found.Is<>(Map.of("subnet-a", 500, "subnet-b", 8)),
                        "❌ Free addresses",
                        "18 more tasks, 508 free; scarcest subnet subnet-b: 8 → Lower max, or give the service larger"
                                + " subnets.",
                        true),
                trouble(
                        "a small database",
                        around -> around.maxConnections = 112,
                        "❌ Database connections",
                        "20 tasks × 8 = 160 of 89 allowed (80 % of 112) → Smaller pools, a larger database, or at most"
                                + " app 11.",
                        false),
                trouble(
                        "a database in trouble",
                        around -> around.status = "storage-full",
                        "❌ Database",
                        "storage-full; pending: nothing; maintenance window: outside the sale → Do the maintenance now"
                                + " or move its window; the database must be available.",
                        true),
                trouble(
                        "maintenance waits",
                        around -> around.pending = List.of("system-update"),
                        "❌ Database",
                        "available; pending: system-update; maintenance window: outside the sale → Do the maintenance"
                                + " now or move its window; the database must be available.",
                        true),
                trouble(
                        "the window lies in the sale",
                        around -> around.window = "sat:14:30-sat:15:30",
                        "❌ Database",
                        "available; pending: nothing; maintenance window: 2026-12-26 (Sat) 23:30 → Do the maintenance"
                                + " now or move its window; the database must be available.",
                        true),
                trouble(
                        "an old backup",
                        around -> around.backup = Duration.ofHours(27),
                        "❌ Backup",
                        "newest 27 hours old; restorable up to 4 minutes ago → Make a snapshot now, and see why the"
                                + " automated backup is late.",
                        false),
                trouble(
                        "logs are not saved",
                        around -> around.lag = Duration.ofMinutes(16),
                        "❌ Backup",
                        "newest 5 hours old; restorable up to 16 minutes ago → Make a snapshot now, and see why the"
                                + " automated backup is late.",
                        false),
                trouble(
                        "the certificate ends during the sale",
                        around -> around.certificate = new Found.Is<>(tokyo("2026-12-26T23:00")),
                        "❌ Certificate",
                        "valid until 2026-12-26 (Sat) 23:00 → Renew it before the sale.",
                        true),
                trouble(
                        "a rotation is due",
                        around -> around.work = work(tokyo("2026-12-26T22:00"), false),
                        "❌ Other work",
                        "password rotation due 2026-12-26 (Sat) 22:00 → Wait until it is done, or move it behind the"
                                + " sale.",
                        false),
                trouble(
                        "work is in progress",
                        around -> {
                            around.work = new Found.Is<>(new Work(Optional.empty(), true, List.of("shop-drill")));
                            around.isDeploying = true;
                        },
                        "❌ Other work",
                        "a password rotation is not finished, restore drill shop-drill is there, app is being deployed"
                                + " → Wait until it is done, or move it behind the sale.",
                        false),
                trouble(
                        "the image was deleted",
                        around -> around.missing = new Found.Is<>(List.of("shop:1.0.0")),
                        "❌ Image",
                        "not in the registry: shop:1.0.0 → New tasks cannot start: push it again.",
                        true),
                trouble(
                        "the month is spent",
                        around -> around.month = new Found.Is<>(new Money(1_000, 999.9, 990)),
                        "❌ Month's budget",
                        "1000 USD spent, 990 expected, of 1000; the sale costs at least 1 → Raise the budget, or make"
                                + " the sale smaller.",
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void what_is_bad_comes_first_with_what_to_do(
            String name, Consumer<FakeSurroundings> spoil, Fact line, boolean stops) {
        spoil.accept(shop.surroundings);
        var dayBefore = tell(DAY_BEFORE);
        assertThat(dayBefore.facts()).hasSize(10).first().isEqualTo(line);
        assertThat(dayBefore.severity()).as("there is a working day left").isEqualTo(Severity.WARNING);
        assertThat(dayBefore.title())
                .isEqualTo("Sale winter: pre-flight, only 9 of 10 checks are good; it opens 2026-12-26 (Sat) 20:00");
        var warmUp = tell(WARM_UP);
        assertThat(warmUp.severity()).isEqualTo(stops ? Severity.CRITICAL : Severity.WARNING);
        assertThat(warmUp.key()).isEqualTo(dayBefore.key());
    }

    @Test
    void what_was_bad_the_day_before_and_is_good_now_ends_the_incident() {
        shop.surroundings.vcpus = new Found.Is<>(new Vcpus(6, 1));
        var bad = tell(DAY_BEFORE);
        assertThat(bad.state()).isEqualTo(State.OPEN);
        shop.surroundings.vcpus = new Found.Is<>(new Vcpus(64, 1));
        var good = tell(WARM_UP);
        assertThat(good.state()).isEqualTo(State.RESOLVED);
        assertThat(good.key()).isEqualTo(bad.key());
    }

    @Test
    void what_cannot_be_read_is_said_and_is_no_alarm() {
        shop.surroundings.vcpus = new Found.Unreadable<>("AccessDeniedException");
        var notice = tell(DAY_BEFORE);
        assertThat(notice.facts())
                .first()
                .isEqualTo(new Fact("❔ Fargate vCPUs", "could not be read: AccessDeniedException"));
        assertThat(notice.severity()).isEqualTo(Severity.INFO);
        assertThat(notice.title()).contains("9 of 10 checks are good");
    }

    @Test
    void without_the_tasks_nothing_that_counts_them_is_called_good() {
        shop.surroundings.noTasks = Optional.of("ThrottlingException");
        assertThat(tell(DAY_BEFORE).facts().stream()
                        .filter(fact -> fact.name().startsWith("❔"))
                        .map(Fact::name))
                .containsExactly(
                        "❔ Most tasks", "❔ Fargate vCPUs", "❔ Free addresses", "❔ Database connections", "❔ Image");
    }

    @Test
    void what_the_stack_does_not_have_is_not_counted() {
        shop.surroundings.certificate = new Found.Nothing<>();
        var notice = tell(DAY_BEFORE);
        assertThat(notice.facts()).last().isEqualTo(new Fact("➖ Certificate", "there is none"));
        assertThat(notice.title()).contains("9 of 9 checks are good");
    }

    @Test
    void a_sale_inside_another_is_judged_by_both() {
        var both = TestLooks.withGoodCalendar(
                calendar(
                        sale("week", "2026-12-26T20:00", "2026-12-28T00:00"),
                        sale("flash", "2026-12-27T20:00", "2026-12-27T21:00") + ", \"min\": 10, \"max\": 140"),
                "app");
        both.look(DAY_BEFORE);
        assertThat(both.said.getLast().facts())
                .contains(new Fact(
                        "❌ Fargate vCPUs",
                        "70 needed of 64; 1 in use now → Ask Service Quotas for 70 vCPUs today,"
                                + " it may take days; until then at most app 128."));
    }

    @Test
    void without_memory_nothing_is_told_and_the_look_fails() {
        shop.memory.deny();
        assertThat(lines(shop.whole(tokyo(DAY_BEFORE)))).contains("GiveUp what was told");
        assertThat(preflights(shop.whole(tokyo(DAY_BEFORE)))).isEmpty();
    }

    @Test
    void the_bounds_go_up_even_if_everything_around_is_unreadable() {
        shop.surroundings.noTasks = Optional.of("down");
        shop.memory.deny();
        shop.look(WARM_UP);
        assertThat(shop.fleet.bounds("app")).contains(TestShop.SALE);
    }

    private Notice tell(String time) {
        shop.look(time);
        return shop.said.stream()
                .filter(notice -> notice.id().startsWith("sale-scaling/shop/preflight/"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static List<SaleAction.Say> preflights(List<SaleAction> plan) {
        return plan.stream()
                .filter(SaleAction.Say.class::isInstance)
                .map(SaleAction.Say.class::cast)
                .filter(say -> say.notice().id().startsWith("sale-scaling/shop/preflight/"))
                .toList();
    }

    private static Found<Work> work(Instant rotation, boolean isRotating) {
        return new Found.Is<>(new Work(Optional.of(rotation), isRotating, List.of()));
    }

    private static Arguments trouble(
            String name, Consumer<FakeSurroundings> spoil, String line, String figure, boolean stops) {
        return Arguments.of(name, spoil, new Fact(line, figure), stops);
    }
}
