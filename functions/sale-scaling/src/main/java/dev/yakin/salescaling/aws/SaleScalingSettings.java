package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Wanted;
import dev.yakin.shared.Settings;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import java.util.List;

/** The environment of the function, read once, at start: what is missing or malformed is named then. */
record SaleScalingSettings(Wanted wanted, String cluster, ServiceNames services, String noticesTopic) {
    private static final int MOST = CalendarRules.MAX_TASKS;

    static SaleScalingSettings from(Settings settings) {
        var services = ServiceNames.of(settings.list("SERVICES"));
        var min = settings.integer("MIN_CAPACITY", 0, MOST);
        var baseline = new Capacity(min, settings.integer("MAX_CAPACITY", min, MOST));
        return new SaleScalingSettings(
                new Wanted(
                        settings.text("STACK_NAME"),
                        settings.text("SALES_PARAMETER"),
                        baseline,
                        rules(settings, services.ours()),
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en")),
                settings.text("CLUSTER"),
                services,
                settings.text("NOTICES_TOPIC_ARN"));
    }

    private static CalendarRules rules(Settings settings, List<String> services) {
        var min = settings.integer("SALE_MIN_CAPACITY", 1, MOST);
        return new CalendarRules(
                settings.zone("TIME_ZONE"),
                services,
                min,
                settings.integer("SALE_MAX_CAPACITY", min, MOST),
                settings.minutes("SALE_LEAD_MINUTES", 0, (int) CalendarRules.LONGEST_WARM_UP.toMinutes()));
    }
}
