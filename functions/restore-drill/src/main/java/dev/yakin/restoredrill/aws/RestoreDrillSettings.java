package dev.yakin.restoredrill.aws;

import dev.yakin.restoredrill.Wanted;
import dev.yakin.shared.Settings;
import java.util.Optional;

/**
 * The environment of the function, read once, at start: what is missing or malformed is named then.
 *
 * @param isCluster the database is an Aurora cluster, not a DB instance
 */
record RestoreDrillSettings(
        Wanted wanted,
        boolean isCluster,
        Shape shape,
        String bucket,
        String readerSecret,
        Optional<String> freshness,
        String checksParameter,
        String noticesTopic) {
    private static final int HOURS_IN_MONTH = 31 * 24;

    static RestoreDrillSettings from(Settings settings) {
        return new RestoreDrillSettings(
                new Wanted(
                        settings.text("STACK_NAME"),
                        settings.zone("TIME_ZONE"),
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en"),
                        settings.integer("DRILL_MAX_HOURS", 0, HOURS_IN_MONTH),
                        given(settings, "DR_REGION"),
                        settings.oneOf("DRILLS_COPIES", "true", "false").equals("true")),
                settings.oneOf("DATABASE_KIND", "instance", "cluster").equals("cluster"),
                new Shape(
                        settings.text("STACK_NAME"),
                        settings.text("DATABASE"),
                        settings.text("DATABASE_NAME"),
                        settings.text("DRILL_INSTANCE_CLASS"),
                        settings.text("SUBNET_GROUP"),
                        settings.text("SECURITY_GROUP"),
                        settings.text("PARAMETER_GROUP")),
                settings.text("EVIDENCE_BUCKET"),
                settings.text("READER_SECRET_ARN"),
                given(settings, "FRESHNESS_QUERY"),
                settings.text("CHECKS_PARAMETER"),
                settings.text("NOTICES_TOPIC_ARN"));
    }

    private static Optional<String> given(Settings settings, String name) {
        return Optional.of(settings.text(name, "")).filter(text -> !text.isEmpty());
    }
}
