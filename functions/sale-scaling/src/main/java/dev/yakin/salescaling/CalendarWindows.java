package dev.yakin.salescaling;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yakin.shared.calendar.Sale;
import dev.yakin.shared.calendar.SaleCalendar;

/**
 * A good calendar for programs, everything written out: {@code {"sales": [{"name", "opens", "closes", "min", "max",
 * "warmUpMinutes", "services"}]}}, times in UTC.
 */
final class CalendarWindows {
    private CalendarWindows() {}

    static JsonObject of(SaleCalendar calendar) {
        var sales = new JsonArray();
        calendar.sales().forEach(sale -> sales.add(of(sale)));
        var json = new JsonObject();
        json.add("sales", sales);
        return json;
    }

    private static JsonObject of(Sale sale) {
        var services = new JsonArray();
        sale.services().stream().sorted().forEach(services::add);
        var json = new JsonObject();
        json.addProperty("name", sale.name());
        json.addProperty("opens", sale.opens().toString());
        json.addProperty("closes", sale.closes().toString());
        json.addProperty("min", sale.capacity().min());
        json.addProperty("max", sale.capacity().max());
        json.addProperty("warmUpMinutes", sale.warmUp().toMinutes());
        json.add("services", services);
        return json;
    }
}
