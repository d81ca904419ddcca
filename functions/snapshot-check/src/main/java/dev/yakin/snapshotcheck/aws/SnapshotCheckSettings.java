package dev.yakin.snapshotcheck.aws;

import dev.yakin.shared.Settings;
import dev.yakin.snapshotcheck.Wanted;
import java.util.Optional;
import java.util.Set;

/**
 * The environment of the function, read once, at start: what is missing or malformed is named then.
 *
 * @param isCluster the database is an Aurora cluster, not a DB instance
 * @param keyAbroad the KMS key of the second region; empty without one
 */
record SnapshotCheckSettings(
        Wanted wanted, boolean isCluster, String region, Optional<String> keyAbroad, String noticesTopic) {
    static SnapshotCheckSettings from(Settings settings) {
        var second = Optional.of(settings.text("DR_REGION", "")).filter(text -> !text.isEmpty());
        return new SnapshotCheckSettings(
                new Wanted(
                        settings.text("STACK_NAME"),
                        settings.text("DATABASE"),
                        settings.oneOf("STAGE", "prod", "staging", "dev"),
                        settings.zone("TIME_ZONE"),
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en"),
                        second,
                        settings.text("TRUSTED_ACCOUNTS", "").isEmpty()
                                ? Set.of()
                                : Set.copyOf(settings.list("TRUSTED_ACCOUNTS"))),
                settings.oneOf("DATABASE_KIND", "instance", "cluster").equals("cluster"),
                settings.text("AWS_REGION"),
                second.map(region -> settings.text("DR_KMS_KEY_ARN")),
                settings.text("NOTICES_TOPIC_ARN"));
    }
}
