package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Phrases;
import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Problem;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to write a calendar wrongly, with the place that is named. */
class CalendarParserTest {
    private static final String GOOD =
            "\"name\": \"winter\", \"opens\": \"2026-12-26T20:00\", \"closes\": \"2026-12-29T23:59\"";

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"sales": [ // soon                        | JSON_COMMENT            | line 1, column 13
            {"sales": /* none */ []}                   | JSON_COMMENT            | line 1, column 11
            # sales                                    | JSON_COMMENT            | line 1, column 1
            {"sales": [                                | JSON_ENDS_EARLY         | line 1, column 12
            {"sales": []                               | JSON_ENDS_EARLY         | line 1, column 13
            {"sales                                    | JSON_ENDS_EARLY         | line 1, column 8
            {"sales": [],}                             | JSON_TRAILING_COMMA     | line 1, column 14
            {"sales": [{},]}                           | JSON_TRAILING_COMMA     | line 1, column 15
            {'sales': []}                              | JSON_QUOTES             | line 1, column 2
            {“sales”: []}                              | JSON_QUOTES             | line 1, column 2
            {sales: []}                                | JSON_NOT_EXPECTED       | line 1, column 2
            {"sales" []}                               | JSON_NOT_EXPECTED       | line 1, column 10
            {"sales": [{} {}]}                         | JSON_NOT_EXPECTED       | line 1, column 15
            {"sales": []} []                           | JSON_NOT_EXPECTED       | line 1, column 15
            {"sales": [True]}                          | JSON_NOT_EXPECTED       | line 1, column 12
            {"sales": NaN}                             | JSON_NOT_EXPECTED       | line 1, column 11
            hello                                      | JSON_NOT_EXPECTED       | line 1, column 1
            []                                         | NOT_AN_OBJECT           | calendar
            "sales"                                    | NOT_AN_OBJECT           | calendar
            null                                       | NOT_AN_OBJECT           | calendar
            {}                                         | MISSING                 | sales
            {"sales": {}}                              | NOT_A_LIST              | sales
            {"sales": null}                            | NOT_A_LIST              | sales
            {"sales": [1]}                             | NOT_AN_OBJECT           | sales[0]
            {"sales": [], "sales": []}                 | DUPLICATE_FIELD         | sales
            {"sales": [], "version": 1}                | UNKNOWN_FIELD           | version
            """)
    void a_text_that_is_no_calendar_is_refused(String text, Problem.Kind kind, String place) {
        assertRefused(text, kind, place);
    }

    @ParameterizedTest(name = "{0}: {1} at sales[0].{2}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "min": "6"                                 | NOT_WHOLE_NUMBER        | min
            "min": 6.5                                 | NOT_WHOLE_NUMBER        | min
            "min": 6e0                                 | NOT_WHOLE_NUMBER        | min
            "min": true                                | NOT_WHOLE_NUMBER        | min
            "min": null                                | NOT_WHOLE_NUMBER        | min
            "min": [6]                                 | NOT_WHOLE_NUMBER        | min
            "min": 0                                   | BELOW_ONE               | min
            "min": -6                                  | BELOW_ONE               | min
            "max": 0                                   | BELOW_ONE               | max
            "max": 5001                                | ABOVE_LIMIT             | max
            "max": 99999999999999999999                | ABOVE_LIMIT             | max
            "min": 8, "max": 7                         | MIN_ABOVE_MAX           | min
            "min": 21                                  | MIN_ABOVE_MAX           | min
            "max": 5                                   | MIN_ABOVE_MAX           | max
            "warmUp": 60                               | NOT_TEXT                | warmUp
            "warmUp": "60"                             | BAD_DURATION            | warmUp
            "warmUp": "60m"                            | BAD_DURATION            | warmUp
            "warmUp": ""                               | BAD_DURATION            | warmUp
            "warmUp": "P1M"                            | BAD_DURATION            | warmUp
            "warmUp": "-PT60M"                         | WARM_UP_RANGE           | warmUp
            "warmUp": "PT60H"                          | WARM_UP_RANGE           | warmUp
            "services": "app"                          | NOT_A_LIST              | services
            "services": []                             | NO_SERVICE              | services
            "services": [1]                            | NOT_TEXT                | services[0]
            "services": ["app", "ap"]                  | UNKNOWN_SERVICE_GUESS   | services[1]
            "services": ["database"]                   | UNKNOWN_SERVICE         | services[0]
            "services": ["app", "app"]                 | DUPLICATE_SERVICE       | services[1]
            "warmup": "PT60M"                          | UNKNOWN_FIELD_GUESS     | warmup
            "mni": 6                                   | UNKNOWN_FIELD_GUESS     | mni
            "end": "2026-12-29T23:59"                  | UNKNOWN_FIELD_GUESS     | end
            "comment": "big one"                       | UNKNOWN_FIELD           | comment
            "min": 6, "min": 7                         | DUPLICATE_FIELD         | min
            "name": "other"                            | DUPLICATE_FIELD         | name
            """)
    void a_field_that_is_wrong_is_refused_by_its_place(String field, Problem.Kind kind, String place) {
        assertRefused(calendar(GOOD + ", " + field), kind, "sales[0]." + place);
    }

    @ParameterizedTest(name = "{0} to {1}: {2} at sales[0].{3}")
    @CsvSource(textBlock = """
            2026-12-26T20:00,  2026-12-26T20:00,       CLOSES_TOO_EARLY, closes
            2026-12-26T20:00,  2026-12-25T20:00,       CLOSES_TOO_EARLY, closes
            2026-12-26T20:00,  2026-12-26T20:00+09:00, CLOSES_TOO_EARLY, closes
            2025-12-26T20:00,  2026-12-29T20:00,       LASTS_TOO_LONG,   closes
            2026-12-26,        2026-12-29T23:59,       BAD_TIME,         opens
            2026-12-26 20:00,  2026-12-29T23:59,       BAD_TIME,         opens
            2026/12/26 20:00,  2026-12-29T23:59,       BAD_TIME,         opens
            26.12.2026T20:00,  2026-12-29T23:59,       BAD_TIME,         opens
            2026-13-26T20:00,  2026-12-29T23:59,       BAD_TIME,         opens
            2027-02-29T20:00,  2027-03-29T23:59,       BAD_TIME,         opens
            2026-12-26T24:00,  2026-12-29T23:59,       BAD_TIME,         opens
            2026-12-26T20:00+9,2026-12-29T23:59,       BAD_TIME,         opens
            9026-12-26T20:00,  2026-12-29T23:59,       BAD_TIME,         opens
            '',                2026-12-29T23:59,       BAD_TIME,         opens
            tonight,           2026-12-29T23:59,       BAD_TIME,         opens
            """)
    void times_that_are_no_sale_are_refused(String opens, String closes, Problem.Kind kind, String place) {
        assertRefused(calendar(sale("winter", opens, closes)), kind, "sales[0]." + place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t "})
    void an_empty_text_is_refused(String text) {
        assertRefused(text, Problem.Kind.EMPTY_FILE, "line 1, column 1");
    }

    @Test
    void a_byte_order_mark_is_refused() {
        assertRefused("\uFEFF{\"sales\": []}", Problem.Kind.BYTE_ORDER_MARK, "line 1, column 1");
    }

    @Test
    void a_broken_text_is_refused_with_its_line_and_column() {
        assertRefused(
                "{\n  \"sales\": [\n    {\"name\": \"a\" \"min\": 6}\n  ]\n}",
                Problem.Kind.JSON_NOT_EXPECTED,
                "line 3, column 18");
    }

    @Test
    void more_than_an_ssm_parameter_holds_is_refused() {
        var sales = IntStream.range(10, 110)
                .mapToObj(i -> sale("セール" + i, "2026-01-01T00:00", "2026-01-02T00:00"))
                .toArray(String[]::new);
        assertThat(calendar(sales)).hasSizeLessThan(CalendarRules.MAX_BYTES); // in characters, not in bytes
        assertRefused(calendar(sales), Problem.Kind.TOO_LARGE, "calendar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_sale_without_a_name_is_refused(String name) {
        assertRefused(
                calendar(sale(name, "2026-12-26T20:00", "2026-12-29T23:59")), Problem.Kind.EMPTY_NAME, "sales[0].name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "0123456789012345678901234567890123456789012345678901234567890"})
    void a_name_that_no_title_holds_is_refused(String name) {
        assertRefused(
                calendar(sale(name, "2026-12-26T20:00", "2026-12-29T23:59")), Problem.Kind.LONG_NAME, "sales[0].name");
    }

    @Test
    void the_same_name_twice_is_refused_and_names_the_first_place() {
        var problems = problems(calendar(GOOD, GOOD));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("sales[1].name");
            assertThat(problem.details()).contains("sales[0].name");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "opens", "closes"})
    void a_field_that_must_be_there_is_missed(String field) {
        assertRefused(
                calendar(GOOD.replaceFirst("\"" + field + "\": \"[^\"]*\",? ?", "")
                        .replaceFirst(", $", "")),
                Problem.Kind.MISSING,
                "sales[0]." + field);
    }

    @Test
    void all_problems_are_told_at_once() {
        var text = calendar(
                "\"name\": 1, \"opens\": \"x\", \"closes\": \"y\", \"min\": 0, \"max\": \"z\"", "\"nmae\": \"b\"");
        assertThat(problems(text))
                .extracting(Problem::place)
                .containsExactly(
                        "sales[0].name",
                        "sales[0].opens",
                        "sales[0].closes",
                        "sales[0].min",
                        "sales[0].max",
                        "sales[1].nmae",
                        "sales[1].name",
                        "sales[1].opens",
                        "sales[1].closes");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThat(problems("[".repeat(4_000))).hasSize(1);
    }

    @Test
    void what_is_left_out_has_the_defaults_of_the_stack() {
        assertThat(TestShop.read(calendar(GOOD), "app", "worker").sales())
                .containsExactly(new Sale(
                        "winter",
                        tokyo("2026-12-26T20:00"),
                        tokyo("2026-12-29T23:59"),
                        new Capacity(6, 20),
                        Duration.ofMinutes(60),
                        Set.of("app", "worker")));
    }

    private static void assertRefused(String text, Problem.Kind kind, String place) {
        var english = Phrases.of(SaleScaling.class, "en");
        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.place()).isEqualTo(place);
            assertThat(problem.reason(english)).isNotBlank().doesNotContain("{0}");
            assertThat(problem.example()).isNotBlank();
        });
    }

    private static List<Problem> problems(String text) {
        return CalendarParser.parse(text, TestShop.rules("app", "worker")).problems();
    }
}
