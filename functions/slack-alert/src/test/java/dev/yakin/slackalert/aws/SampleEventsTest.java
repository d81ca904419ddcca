package dev.yakin.slackalert.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.slackalert.Alert;
import dev.yakin.slackalert.Incoming;
import dev.yakin.slackalert.Incomings;
import dev.yakin.slackalert.Mention;
import dev.yakin.slackalert.Reading;
import dev.yakin.slackalert.SlackRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample events that {@code sam local invoke -e} uses are told as what they are. */
class SampleEventsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alarm               | alarm/      | OPEN
            alarm-over          | alarm/      | RESOLVED
            database-failover   | database/   | RESOLVED
            deployment-failed   | deployment/ | OPEN
            notice              | notice/     | OPEN
            task-failed         | task/       | OPEN
            task-unhealthy      | task/       | OPEN
            health              | health/     | OPEN
            guardduty           | guardduty/  | OPEN
            security-hub        | securityhub/ | OPEN
            image-scan          | image/      | OPEN
            backup-failed       | backup/     | OPEN
            pipeline-failed     | pipeline/   | OPEN
            stack-failed        | stack/      | OPEN
            rotation-failed     | rotation/   | OPEN
            alarm-anomaly       | alarm/      | OPEN
            alarm-composite     | alarm/      | OPEN
            alarm-event         | alarm/      | RESOLVED
            task-spot           | task/       | OPEN
            task-exited         | task/       | OPEN
            database-storage    | database/   | OPEN
            database-recovery   | database/   | RESOLVED
            database-maintenance | database/  | OPEN
            database-backup     | database/   | OPEN
            database-forced-start | database/ | OPEN
            function-failed     | function/   | OPEN
            cost-anomaly        | anomaly/    | OPEN
            budget              | budget/     | OPEN
            plain-text          | other/      | OPEN
            unknown             | other/      | OPEN
            """)
    void is_told_as_what_it_is(String name, String kind, Alert.State state) throws IOException {
        var event = Files.readString(Path.of("../../events/slack-alert-" + name + ".json"), UTF_8);
        var letters = SqsBatch.parse(event);
        assertThat(letters).isNotEmpty();
        for (var letter : letters) {
            var alert = new Reading(Optional.empty()).read(Incoming.of(letter));
            assertThat(alert.incident().key()).startsWith(kind);
            assertThat(alert.heading().state()).isEqualTo(state);
            assertThat(SlackRules.violations(Incomings.rendering("ja").render(alert, Mention.NOBODY)))
                    .isEmpty();
        }
    }
}
