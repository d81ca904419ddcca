package dev.yakin.devshutdown.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.shared.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevShutdownSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STACK_NAME", "dev",
            "STAGE", "dev",
            "TIME_ZONE", "Asia/Tokyo",
            "ALERT_LANGUAGE", "ja",
            "NOTICES_TOPIC_ARN", "arn:aws:sns:ap-northeast-1:123456789012:notices",
            "DEV_START", "cron(0 9 ? * MON-FRI *)",
            "DEV_STOP", "cron(0 18 ? * MON-FRI *)",
            "DEV_WAKE_LEAD_MINUTES", "30",
            "KEEP_AWAKE_PARAMETER", "/yakin/dev/keep-awake",
            "NOTEBOOK_PARAMETER", "/yakin/dev/dev-shutdown");

    @Test
    void the_environment_of_the_template_is_enough() {
        assertThat(DevShutdownSettings.from(new Settings(ENVIRONMENT)).wanted().stack())
                .isEqualTo("dev");
    }

    /** The first refusal of production, alone: the tags are not even looked at. */
    @Test
    void a_stage_that_is_production_is_refused_before_anything_is_looked_at() {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put("STAGE", "prod");
        assertThatThrownBy(() -> DevShutdownSettings.from(new Settings(environment)))
                .hasMessage("environment variable STAGE is 'prod', need one of dev, staging");
    }

    @ParameterizedTest
    @CsvSource({
        "STACK_NAME,''",
        "STAGE,''",
        "TIME_ZONE,Tokyo",
        "ALERT_LANGUAGE,de",
        "NOTICES_TOPIC_ARN,''",
        "DEV_WAKE_LEAD_MINUTES,-1",
        "KEEP_AWAKE_PARAMETER,''",
        "NOTEBOOK_PARAMETER,''"
    })
    void a_setting_that_is_missing_or_wrong_is_named_at_the_start(String name, String value) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put(name, value);
        assertThatThrownBy(() -> DevShutdownSettings.from(new Settings(environment)))
                .hasMessageStartingWith("environment variable " + name + " is ");
    }
}
