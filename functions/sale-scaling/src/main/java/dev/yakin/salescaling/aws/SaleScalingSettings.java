package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Wanted;
import dev.yakin.salescaling.Wanted.Shop;
import dev.yakin.salescaling.aws.AwsSurroundings.Around;
import dev.yakin.shared.Settings;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The environment of the function, read once, at start: what is missing or malformed is named then. */
record SaleScalingSettings(
        Wanted wanted, String cluster, ServiceNames services, String noticesTopic, Around around, Ec2 ec2) {
    private static final int MOST = CalendarRules.MAX_TASKS;
    private static final int MOST_CONNECTIONS = 5_000;

    /** Where EC2 is asked; the SDK's own settings name another address for an emulator. */
    record Ec2(String region, URI endpoint) {}

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
                        new Shop(
                                settings.integer("DB_POOL_SIZE", 0, MOST_CONNECTIONS),
                                settings.integer("ERRORS_PERCENT", 0, 100)),
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en")),
                settings.text("CLUSTER"),
                services,
                settings.text("NOTICES_TOPIC_ARN"),
                around(settings),
                ec2(settings));
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

    private static Around around(Settings settings) {
        return new Around(
                settings.text("ACCOUNT"),
                settings.text("DATABASE"),
                settings.oneOf("DATABASE_KIND", "rds", "aurora").equals("aurora"),
                orNone(settings.text("CERTIFICATE")),
                orNone(settings.text("DATABASE_SECRET")),
                settings.text("BUDGET"),
                settings.text("LOAD_BALANCER"));
    }

    private static Optional<String> orNone(String arn) {
        return Optional.of(arn).filter(given -> !given.equals("none"));
    }

    private static Ec2 ec2(Settings settings) {
        var region = settings.text("AWS_REGION");
        var usual = "https://ec2.%s.amazonaws.com".formatted(region);
        return new Ec2(region, URI.create(settings.environment().getOrDefault("AWS_ENDPOINT_URL", usual)));
    }
}
