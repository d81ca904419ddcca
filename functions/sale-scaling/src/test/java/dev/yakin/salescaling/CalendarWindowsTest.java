package dev.yakin.salescaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarWindowsTest {
    @TempDir
    private Path directory;

    @Test
    void a_program_gets_every_default_written_out_and_times_in_utc() throws IOException {
        var json = check(0, """
                {"sales": [{"name": "冬", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00+09:00"}]}""");
        assertThat(json).isEqualTo("""
                        {"sales":[{"name":"冬","opens":"2026-12-26T11:00:00Z","closes":"2026-12-26T14:00:00Z",\
                        "min":6,"max":20,"warmUpMinutes":60,"services":["app","worker"]}]}""");
    }

    @Test
    void what_is_wrong_is_said_in_words_all_the_same() throws IOException {
        assertThat(check(2, "{\"sales\": [{}]}")).startsWith("The calendar is refused.");
    }

    private String check(int status, String calendar) throws IOException {
        var file = Files.writeString(directory.resolve("sales.json"), calendar);
        var out = new ByteArrayOutputStream();
        var arguments = List.of(file.toString(), "--format", "json", "--services", "worker", "app");
        assertThat(CheckCalendar.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
