package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One message per kind of input and language, compared with {@code messages/}. To write them anew after a wanted change:
 * {@code ./mvnw test -pl functions/slack-alert -am -Dgolden=write}, then read the difference.
 */
class GoldenMessageTest {
    private record Case(String file, String topic, String subject) {}

    private static final List<Case> CASES = List.of(
            new Case("alarm-cpu.json", "CriticalAlertsTopic", "ALARM: yakin-prod-service-cpu"),
            new Case("alarm-cpu-ok.json", "CriticalAlertsTopic", "OK: yakin-prod-service-cpu"),
            new Case("alarm-heartbeat.json", "WarningAlertsTopic", "ALARM"),
            new Case("alarm-no-data.json", "WarningAlertsTopic", "INSUFFICIENT_DATA"),
            new Case("alarm-errors-math.json", "CriticalAlertsTopic", "ALARM"),
            new Case("alarm-composite.json", "CriticalAlertsTopic", "ALARM"),
            new Case("alarm-event.json", "", ""),
            new Case("notice-open.json", "NoticesTopic", ""),
            new Case("notice-resolved.json", "NoticesTopic", ""),
            new Case("deployment-failed.json", "", ""),
            new Case("task-out-of-memory.json", "", ""),
            new Case("task-exited.json", "", ""),
            new Case("task-cannot-pull.json", "", ""),
            new Case("task-unhealthy.json", "", ""),
            new Case("database-failover.json", "", ""),
            new Case("database-failed-over.json", "", ""),
            new Case("database-forced-start.json", "", ""),
            new Case("database-storage.json", "", ""),
            new Case("database-recovery.json", "", ""),
            new Case("database-maintenance.json", "", ""),
            new Case("database-backup.json", "", ""),
            new Case("aurora-failover.json", "", ""),
            new Case("alarm-anomaly.json", "WarningAlertsTopic", "ALARM"),
            new Case("task-spot.json", "", ""),
            new Case("health-issue.json", "", ""),
            new Case("guardduty.json", "", ""),
            new Case("security-hub.json", "", ""),
            new Case("image-scan.json", "", ""),
            new Case("backup-failed.json", "", ""),
            new Case("pipeline-failed.json", "", ""),
            new Case("stack-failed.json", "", ""),
            new Case("rotation-failed.json", "", ""),
            new Case("function-failed.json", "WarningAlertsTopic", ""),
            new Case("cost-anomaly.json", "WarningAlertsTopic", ""),
            new Case("budget.txt", "WarningAlertsTopic", "AWS Budgets: shop-prod has exceeded your alert threshold"),
            new Case("other-event.json", "", ""),
            new Case("other-json.json", "WarningAlertsTopic", "AWS Budgets: monthly"),
            new Case("plain-text.txt", "WarningAlertsTopic", ""));

    static Stream<Arguments> each_kind_in_both_languages() {
        return CASES.stream()
                .flatMap(c -> Stream.of("ja", "en")
                        .map(language -> Arguments.of(c.file(), c.topic(), c.subject(), language)));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource
    void each_kind_in_both_languages(String file, String topic, String subject, String language) throws IOException {
        var content = Incomings.file(file);
        var body = topic.isEmpty() ? content : Incomings.sns(topic, subject, "sns-1", content);
        var message = Incomings.message(language, body);
        var golden = Incomings.RESOURCES.resolve("messages/" + file.replaceFirst("\\..*", "." + language + ".json"));
        if ("write".equals(System.getProperty("golden"))) {
            var pretty =
                    new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
            Files.writeString(golden, pretty.toJson(message.payload()) + "\n");
        }
        assertThat(message.payload()).isEqualTo(JsonParser.parseString(Files.readString(golden)));
        assertThat(SlackRules.violations(message)).isEmpty();
    }
}
