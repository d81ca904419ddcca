package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.DaysOff;
import dev.yakin.devshutdown.OfficeHours;
import dev.yakin.devshutdown.Wanted;
import dev.yakin.shared.JapaneseHolidays;
import dev.yakin.shared.Settings;

/**
 * The environment of the function, read once, at start: what is missing or malformed is named then. A stage that is
 * production is refused here, whatever the tags say.
 */
record DevShutdownSettings(Wanted wanted, String notebookParameter, String noticesTopic) {
    private static final int LONGEST_LEAD_MINUTES = 240;

    static DevShutdownSettings from(Settings settings) {
        settings.oneOf("STAGE", "dev", "staging");
        var keepAwake = settings.text("KEEP_AWAKE_PARAMETER");
        var hours = OfficeHours.of(
                settings.text("DEV_START"),
                settings.text("DEV_STOP"),
                settings.zone("TIME_ZONE"),
                DaysOff.of(JapaneseHolidays.published(), settings.text("DEV_DAYS_OFF", "")));
        return new DevShutdownSettings(
                new Wanted(
                        settings.text("STACK_NAME"),
                        hours,
                        settings.minutes("DEV_WAKE_LEAD_MINUTES", 0, LONGEST_LEAD_MINUTES),
                        keepAwake,
                        settings.oneOf("ALERT_LANGUAGE", "ja", "en")),
                settings.text("NOTEBOOK_PARAMETER"),
                settings.text("NOTICES_TOPIC_ARN"));
    }
}
