package dev.yakin.salescaling;

import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.SaleCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** The shop of the tests: 2..10 tasks every day, 6..20 in a sale that says nothing else, warm-up 60 minutes. */
public final class TestShop {
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    public static final Capacity EVERYDAY = new Capacity(2, 10);
    public static final Capacity SALE = new Capacity(6, 20);
    public static final String PARAMETER = "/yakin/shop/sales";

    /** Eight connections a task, and errors are told from three percent. */
    public static final Wanted.Shop SHOP = new Wanted.Shop(8, 3);

    private TestShop() {}

    public static CalendarRules rules(String... services) {
        return new CalendarRules(TOKYO, List.of(services), 6, 20, Duration.ofMinutes(60));
    }

    public static Wanted wanted(String language, String... services) {
        return new Wanted("shop", PARAMETER, EVERYDAY, rules(services), SHOP, language);
    }

    public static Instant tokyo(String local) {
        return LocalDateTime.parse(local).atZone(TOKYO).toInstant();
    }

    /** A calendar with these sales, each the fields of one. */
    public static String calendar(String... sales) {
        return "{\"sales\": [{" + String.join("}, {", sales) + "}]}";
    }

    public static String sale(String name, String opens, String closes) {
        return "\"name\": \"%s\", \"opens\": \"%s\", \"closes\": \"%s\"".formatted(name, opens, closes);
    }

    public static SaleCalendar read(String text, String... services) {
        var parsed = CalendarParser.parse(text, rules(services));
        if (!parsed.isGood()) {
            throw new IllegalArgumentException(parsed.problems().toString());
        }
        return parsed.calendar();
    }
}
