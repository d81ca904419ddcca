package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of input that is none: each was sent by hand once and looked at. */
class OddInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                   | 🟠 Warning: A message of unknown kind
            42                                                   | 🟠 Warning: 42
            {}                                                   | 🟠 Warning: A message of unknown kind
            {"AlarmName": "x",                                   | 🟠 Warning: {"AlarmName": "x",
            <b>502</b> <!channel>                                | 🟠 Warning: &lt;b&gt;502&lt;/b&gt; &lt;!channel&gt;
            {"AlarmName": "cpu", "NewStateValue": "ALARM", "StateChangeTime": "9999-99-99"} | 🟠 Warning: cpu
            {"AlarmName": "cpu", "NewStateValue": "PURPLE"}      | ⚪ No data: cpu
            {"detail-type": "ECS Task State Change", "detail": {"lastStatus": "STOPPED", "containers": null}} | 🟠 Warning: A container of a task of ? exited
            {"source": "aws.rds", "detail": {"Message": "hello", "SourceIdentifier": null}} | 🔵 Info: Event of database ?
            """)
    void is_told_readably(String body, String seen) {
        var night = new TestingNight("2026-11-25T12:00:00");
        night.send(body).run(Duration.ofMinutes(2));
        assertThat(night.slack.messages.getFirst().headline()).isEqualTo(seen);
        assertThat(night.waiting()).isZero();
    }
}
