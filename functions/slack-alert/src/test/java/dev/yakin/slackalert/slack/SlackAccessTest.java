package dev.yakin.slackalert.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackAccessTest {
    @Test
    void a_bot_or_a_webhook_and_neither_shows_its_secret() {
        var bot = SlackAccess.parse(
                "{\"botToken\":\"xoxb-hunter2\",\"channel\":\"#alerts\",\"oncallMention\":\"<@U0123ABC>\"}");
        var webhook = SlackAccess.parse("{\"webhookUrl\":\"https://hooks.slack.com/services/T/B/hunter2\"}");
        assertThat(bot).hasToString("Bot[token=***, channel=#alerts, mention=Mention[markup=<@U0123ABC>]]");
        assertThat(webhook).hasToString("Webhook[url=***, mention=Mention[markup=]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "[\"hunter2\"]",
                "{\"botToken\":\"hunter2\"}",
                "{\"channel\":\"hunter2\"}",
                "{\"webhookUrl\":\"http://hunter2.example/\"}",
                "{\"webhookUrl\":\"hunter2\"}",
                "{\"botToken\":\"hunter2\\nX-Evil: 1\",\"channel\":\"C1\"}",
                "{\"botToken\":\"hunter2\",",
                "{\"botToken\":[\"hunter2\"]}"
            })
    void a_wrong_secret_is_refused_without_telling_it(String secret) {
        var thrown = catchThrowable(() -> SlackAccess.parse(secret));
        assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(thrown.getMessage()).contains("Slack secret").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "<!here>,<!here>", "<@U0123ABC>,<@U0123ABC>", "U0123ABC,<@U0123ABC>", "S0123ABC,<!subteam^S0123ABC>",
        "<!subteam^S0123ABC>,<!subteam^S0123ABC>", "@oncall,@oncall", "<https://x|y>,&lt;https://x y&gt;", "'',''"
    })
    void who_is_called(String configured, String markup) {
        var access =
                SlackAccess.parse("{\"botToken\":\"x\",\"channel\":\"C\",\"oncallMention\":\"" + configured + "\"}");
        assertThat(access.mention().markup()).isEqualTo(markup);
    }
}
