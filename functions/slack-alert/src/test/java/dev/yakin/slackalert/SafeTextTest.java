package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel> wake up",
                "<!here|ok>",
                "<@U012AB3CD> look",
                "<#C012AB3CD>",
                "<https://evil.example|https://aws.amazon.com>",
                "<mailto:bob@example.com|Bob>",
                "&lt;!channel&gt;",
                "&<!everyone>&",
                "<!subteam^S012AB3CD>",
                "*bold* _it_ ~no~ `code` ```block```\n> quote\n- list",
                ":rotating_light: :siren:",
                "a\u0000b\u202Egnp.exe\u2066x\uD800y",
            })
    void nothing_from_outside_mentions_links_or_formats(String attack) {
        for (var body : new String[] {
            Incomings.alarm("AlarmDescription", attack),
            Incomings.alarm("AlarmName", attack),
            Incomings.alarm("NewStateReason", attack),
            Incomings.sns("WarningAlertsTopic", attack, "id", "text"),
            Incomings.sns("WarningAlertsTopic", "", "id", attack + "\nsecond line " + attack),
            "{\"detail-type\":\"x\",\"detail\":{\"field\":%s}}".formatted(new com.google.gson.JsonPrimitive(attack)),
        }) {
            var message = Incomings.message("ja", body);
            assertThat(SlackRules.violations(message)).isEmpty();
            assertThat(SlackRules.formattedTexts(message)).noneMatch(text -> text.matches("(?s).*[_~`].*"));
            assertThat(message.payload().toString()).doesNotContain("\u202E", "\u2066", "\u0000");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            token xoxb-123456789012-abcdefGHIJKL           | token ***
            xapp-1-A0123-456-abcdef                        | ***
            post to https://hooks.slack.com/services/T0/B0/XyZ now | post to *** now
            password=hunter2                               | password=***
            DB_PASSWORD: hunter2, next                     | DB_PASSWORD: ***, next
            {"password":"hunter2"}                         | {"password":***}
            {\\"secretKey\\": \\"hunter2\\"}               | {\\"secretKey\\": ***}
            secret-adoption: no heartbeat for 15 min    | secret-adoption: no heartbeat for 15 min
            secret-adoption=hunter2                     | secret-adoption=***
            our-secret: hunter2                         | our-secret: ***
            postgres://app:hunter2@db:5432/shop            | postgres://***@db:5432/shop
            Authorization: Bearer abc.def.ghi              | Authorization: *** ***
            Authorization: Basic dXNlcjpodW50ZXIy          | Authorization: *** ***
            Basic monitoring is on                         | Basic monitoring is on
            curl -H 'x: Bearer abcdefgh'                   | curl -H 'x: Bearer ***'
            AKIAIOSFODNN7EXAMPLE is the key                | *** is the key
            eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln      | ***
            https://x.example/?X-Amz-Signature=abcdef&a=b  | https://x.example/?X-Amz-Signature=***&a=b
            CPU is 91 % (limit 80 %)                       | CPU is 91 % (limit 80 %)
            the token of the lock is free                  | the token of the lock is free
            arn:aws:sns:ap-northeast-1:123456789012:topic  | arn:aws:sns:ap-northeast-1:123456789012:topic
            """)
    void secrets_in_text_are_masked(String text, String masked) {
        assertThat(Redaction.mask(text))
                .isEqualTo(masked)
                .doesNotContain("hunter2", "xoxb-", "abc.def", "XyZ", "IOSFODNN");
    }

    @Test
    void a_private_key_is_masked_even_when_cut_short() {
        assertThat(Redaction.mask("key\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n"))
                .isEqualTo("key\n***");
    }

    @ParameterizedTest
    @CsvSource({
        "password,true", "dbPassword,true", "API_KEY,true", "botToken,true", "secretString,true", "webhookUrl,true",
        "clientSecret,true", "name,false", "state,false", "tokenize,false", "keyword,false", "secretary,false"
    })
    void a_field_s_name_tells_a_secret(String name, boolean isSecret) {
        assertThat(Redaction.namesSecret(name)).isEqualTo(isSecret);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            short                               | 10 | short
            one two three four five six         | 20 | one two three …
            First sentence. Second one is long  | 22 | First sentence. …
            一つ目の文です。二つ目の文は長いです | 14 | 一つ目の文です。二つ目の…
            aaaaaaaaaaaaaaaaaaaaaaaa            | 10 | aaaaaaaa…
            """)
    void long_text_is_cut_where_a_person_would(String text, int limit, String cut) {
        assertThat(SafeText.of(text, limit)).isEqualTo(cut).hasSizeLessThanOrEqualTo(limit);
    }

    @Test
    void a_character_is_never_cut_in_two() {
        assertThat(SafeText.of("😀".repeat(50), 20)).matches("(😀)+…");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 150, 3000})
    void the_escaped_text_fits_too(int limit) {
        assertThat(SafeText.of("&<>".repeat(4000), limit)).hasSizeLessThanOrEqualTo(limit);
        assertThat(SafeText.of("&".repeat(limit), limit)).hasSizeLessThanOrEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "https://wiki.example.com/a?b=c,true",
        "http://wiki.example.com/,false",
        "javascript:alert(1),false",
        "https://user:pw@example.com/,false",
        "https://example.com/a|b,false",
        "https://example.com/?token=abcdef,false",
        "https://hooks.slack.com/services/T/B/X,false",
        "https:///nohost,false",
        "not a url,false",
    })
    void only_harmless_addresses_are_linked(String url, boolean linked) {
        assertThat(SafeText.link(url).isPresent()).isEqualTo(linked);
    }
}
