package dev.yakin.salescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.calendar.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCalendarTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void a_good_calendar_prints_its_windows() throws IOException {
        var good = TestShop.calendar(TestShop.sale("winter", "2026-12-26T20:00", "2026-12-29T23:59"));
        assertThat(check(good, "--zone", "Asia/Tokyo", "--services", "app", "worker"))
                .isZero();
        assertThat(lines())
                .containsExactly(
                        "The calendar is good.",
                        "winter: 2026-12-26 (Sat) 20:00 (warm-up from 2026-12-26 (Sat) 19:00) to 2026-12-29 (Tue) 23:59, 6 to 20 tasks",
                        "Times: Asia/Tokyo");
    }

    @Test
    void a_bad_calendar_prints_place_reason_and_example() throws IOException {
        assertThat(check("{\"sales\": [\n  {\"name\": \"a\",}\n]}")).isEqualTo(2);
        assertThat(lines())
                .startsWith(
                        "The calendar is refused. Problems: 1",
                        "line 2, column 16: Found } after a comma: the last entry has no comma behind it.")
                .last()
                .isEqualTo("  Correct: " + Problem.CALENDAR_EXAMPLE);
    }

    @Test
    void the_options_are_those_of_the_stack() throws IOException {
        var small = TestShop.calendar(TestShop.sale("a", "2026-12-26T20:00", "2026-12-29T23:59") + ", \"min\": 9");
        assertThat(check(small, "--max", "8", "--language", "ja")).isEqualTo(2);
        assertThat(lines()).contains("sales[0].min:min 9 が max 8 より大きいです。省略時は min 6、max 8 です。");
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() throws IOException {
        var file = Files.write(directory.resolve("sales.json"), new byte[] {'{', (byte) 0x83, (byte) 0x5A, '}'});
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(lines()).contains("calendar: The file is not UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "missing.json",
                "a.json b.json",
                "--zone Asia/Tokyo",
                "a.json --zone Tokio",
                "a.json --min",
                "a.json --min many",
                "a.json --colour red"
            })
    void a_wrong_call_ends_with_2_and_says_why(String call) {
        assertThat(run(Stream.of(call.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toArray(String[]::new)))
                .isEqualTo(2);
        assertThat(lines()).isNotEmpty();
    }

    private int check(String calendar, String... options) throws IOException {
        var file = Files.writeString(directory.resolve("sales.json"), calendar);
        return run(Stream.concat(Stream.of(file.toString()), Stream.of(options)).toArray(String[]::new));
    }

    private int run(String... arguments) {
        return CheckCalendar.run(List.of(arguments), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
