package dev.yakin.shared.calendar;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person copies out of an error message must be accepted. */
class ExampleTest {
    private static final CalendarRules RULES =
            new CalendarRules(ZoneId.of("Asia/Tokyo"), List.of("app", "worker"), 6, 20, Duration.ofMinutes(60));

    static Stream<String> calendars() {
        var fields = Stream.of("name", "opens", "closes", "min", "max", "warmUp", "services")
                .map(Example::of)
                .collect(joining(", ", "{", "}"));
        return Stream.of(
                Problem.CALENDAR_EXAMPLE, "{\"sales\": [" + Example.SALE + "]}", "{\"sales\": [" + fields + "]}");
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void every_example_is_accepted(String calendar) {
        assertThat(CalendarParser.parse(calendar, RULES).problems()).isEmpty();
    }
}
