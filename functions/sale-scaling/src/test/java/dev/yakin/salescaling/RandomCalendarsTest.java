package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Months of looks at random calendars, half of them with business hours and nights, with looks that are late, doubled or
 * missed, and with deploys and hands that change bounds, suspensions and desired counts in between. After every look these
 * sentences hold; each stands where it is checked.
 */
class RandomCalendarsTest {
    private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-11-20T00:00");
    private static final Duration SPAN = Duration.ofDays(30);
    private static final List<String> SERVICES = List.of("app", "worker");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void the_invariants_hold_after_every_look(long seed) {
        for (var round = 0; round < 2; round++) {
            var random = new SplittableRandom(seed * 1_000 + round);
            var text = randomCalendar(random);
            var shop = TestLooks.withGoodCalendar(text, "app", "worker");
            var sales = TestShop.read(text, "app", "worker").sales();
            var hasClock = random.nextBoolean();
            if (hasClock) {
                SERVICES.forEach(service -> shop.raises.also(
                        TimetableTest.entry(service, "business-hours", "cron(0 9 ? * MON-FRI *)", 5, 20),
                        TimetableTest.entry(service, "night", "cron(0 22 * * ? *)", 2, 12)));
            }
            var end = tokyo(BEGIN.plus(SPAN).toString());
            for (var now = tokyo(BEGIN.toString()); now.isBefore(end); now = next(now, random)) {
                disturb(shop.fleet, random);
                shop.look(now);
                check(shop, sales, hasClock, now, "seed %d, round %d, %s".formatted(seed, round, now));
            }
            shop.look(end.plus(CalendarRules.LONGEST_SALE));
            SERVICES.forEach(service -> assertThat(shop.fleet.bounds(service))
                    .as("restored within one look after the last window")
                    .contains(everyday(hasClock, end.plus(CalendarRules.LONGEST_SALE))));
            SERVICES.forEach(service -> assertThat(shop.fleet.isSuspended(service))
                    .as("schedules run again within one look after the last window")
                    .isFalse());
        }
    }

    private static void check(TestLooks shop, List<Sale> sales, boolean hasClock, Instant now, String where) {
        assertThat(shop.whole(now)).as("one look settles everything: " + where).isEmpty();
        for (var service : SERVICES) {
            var bounds = shop.fleet.bounds(service).orElseThrow();
            assertThat(bounds.min())
                    .as("never below the baseline's min: " + where)
                    .isGreaterThanOrEqualTo(EVERYDAY.min());
            assertThat(bounds.max())
                    .as("never below the baseline's max: " + where)
                    .isGreaterThanOrEqualTo(EVERYDAY.max());
            assertThat(shop.fleet.desired(service))
                    .as("the tasks are there: " + where)
                    .isGreaterThanOrEqualTo(bounds.min());
            var open = sales.stream().filter(sale -> counts(sale, service, now)).toList();
            open.forEach(sale -> {
                assertThat(bounds.min())
                        .as("never below an open sale's min: " + where)
                        .isGreaterThanOrEqualTo(sale.capacity().min());
                assertThat(bounds.max())
                        .as("never below an open sale's max: " + where)
                        .isGreaterThanOrEqualTo(sale.capacity().max());
            });
            if (open.isEmpty()) {
                assertThat(bounds)
                        .as("outside sales what the clock says now: " + where)
                        .isEqualTo(everyday(hasClock, now));
            }
            assertThat(shop.fleet.isSuspended(service))
                    .as("schedules are suspended exactly while a sale is on: " + where)
                    .isEqualTo(hasClock && !open.isEmpty());
        }
    }

    /** Written anew on purpose: the test does not ask the code under test what the clock says. */
    private static Capacity everyday(boolean hasClock, Instant now) {
        if (!hasClock) {
            return EVERYDAY;
        }
        var local = now.atZone(TestShop.TOKYO);
        var isWeekday = local.getDayOfWeek().getValue() <= 5;
        return isWeekday && local.getHour() >= 9 && local.getHour() < 22 ? new Capacity(5, 20) : new Capacity(2, 12);
    }

    /** Written anew on purpose: the test does not ask the code under test when a sale counts. */
    private static boolean counts(Sale sale, String service, Instant now) {
        var begin = sale.opens().getEpochSecond() - sale.warmUp().toSeconds();
        return sale.services().contains(service)
                && begin <= now.getEpochSecond()
                && now.getEpochSecond() < sale.closes().getEpochSecond();
    }

    private static Instant next(Instant now, SplittableRandom random) {
        return switch (random.nextInt(20)) {
            case 0 -> now.plus(Duration.ofHours(random.nextInt(1, 30))); // looks were missed
            case 1 -> now.plusSeconds(1); // a doubled wake-up
            default -> now.plusSeconds(random.nextInt(300, 3_600)); // late, as if most looks failed
        };
    }

    private static void disturb(FakeFleet fleet, SplittableRandom random) {
        var service = SERVICES.get(random.nextInt(SERVICES.size()));
        switch (random.nextInt(20)) {
            case 0 -> fleet.setCapacity(service, EVERYDAY);
            case 1 -> fleet.setCapacity(service, new Capacity(0, random.nextInt(40)));
            case 2 -> fleet.setDesiredCount(service, random.nextInt(30));
            case 3 -> fleet.deregister(service);
            case 4 -> fleet.setCapacity(service, EVERYDAY, random.nextBoolean());
            default -> {}
        }
    }

    private static String randomCalendar(SplittableRandom random) {
        return calendar(IntStream.range(0, random.nextInt(1, 12))
                .mapToObj(i -> randomSale(i, random))
                .toArray(String[]::new));
    }

    private static String randomSale(int number, SplittableRandom random) {
        var opens = BEGIN.plusSeconds(random.nextLong(SPAN.toSeconds()));
        var closes = opens.plusSeconds(random.nextLong(1, random.nextBoolean() ? 3_600 : 600_000));
        var min = random.nextInt(1, 15);
        var options = ", \"min\": %d, \"max\": %d, \"warmUp\": \"PT%dS\""
                .formatted(min, random.nextInt(min, 30), random.nextInt(86_400));
        var services =
                random.nextBoolean() ? "" : ", \"services\": [\"%s\"]".formatted(SERVICES.get(random.nextInt(2)));
        return sale("sale " + number, opens.toString(), closes.toString()) + options + services;
    }
}
