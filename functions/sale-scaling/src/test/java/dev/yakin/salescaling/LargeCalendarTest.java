package dev.yakin.salescaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Sale;
import dev.yakin.shared.calendar.SaleCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two hundred sales for fifty services: one parameter holds them, and nothing in the decisions minds. */
class LargeCalendarTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");
    private static final Set<String> SERVICES =
            IntStream.range(0, 50).mapToObj(i -> "s" + i).collect(Collectors.toUnmodifiableSet());

    @Test
    void of_two_hundred_overlapping_sales_the_largest_bounds_count() {
        var calendar = new SaleCalendar(IntStream.range(0, 200)
                .mapToObj(i -> new Sale(
                        "sale " + i,
                        BEGIN.plus(Duration.ofHours(i)),
                        BEGIN.plus(Duration.ofHours(i + 300)),
                        new Capacity(1 + i, 2 + 2 * i),
                        Duration.ofHours(1),
                        SERVICES))
                .toList());
        var middle = BEGIN.plus(Duration.ofHours(250));
        assertThat(SERVICES).allSatisfy(service -> {
            assertThat(calendar.wanted(service, middle, TestShop.EVERYDAY)).isEqualTo(new Capacity(200, 400));
            assertThat(calendar.at(service, middle)).hasSize(200);
        });
    }

    @Test
    void a_parameter_holds_two_hundred_sales_as_people_write_them() {
        var first = LocalDateTime.parse("2026-12-01T20:00");
        var times = IntStream.range(0, 200)
                .mapToObj(i -> "%s/23:00".formatted(first.plusDays(i)))
                .toList();
        var text = "{\"sales\": [{\"name\": \"flash\", \"min\": 6, \"times\": [\n\"%s\"]}]}"
                .formatted(String.join("\",\n\"", times));
        assertThat(text.getBytes(UTF_8).length).isLessThan(CalendarRules.MAX_BYTES);
        assertThat(TestShop.read(text, "app").sales()).hasSize(200);
    }
}
