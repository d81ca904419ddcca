package dev.yakin.salescaling;

import dev.yakin.shared.Phrases;
import dev.yakin.shared.calendar.Sale;
import java.time.Instant;
import java.time.ZoneId;

/** Times as people read them: {@code 2026-12-26 (Sat) 20:00} on the clocks of the stack's zone. */
record LocalTimes(ZoneId zone, Phrases phrases) {
    String say(Instant time) {
        var local = time.atZone(zone);
        var weekday = phrases.say("weekday." + local.getDayOfWeek().getValue());
        return "%s (%s) %s".formatted(local.toLocalDate(), weekday, local.toLocalTime());
    }

    /** Warm-up, doors and tasks of a sale. */
    String window(Sale sale) {
        return phrases.say(
                "window",
                say(sale.opens()),
                say(sale.begins()),
                say(sale.closes()),
                String.valueOf(sale.capacity().min()),
                String.valueOf(sale.capacity().max()));
    }
}
