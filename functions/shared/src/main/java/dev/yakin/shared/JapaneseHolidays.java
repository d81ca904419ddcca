package dev.yakin.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public holidays of Japan, substitute holidays and sandwiched days included, as the Cabinet Office publishes them.
 * Days are those of Asia/Tokyo: ask with the local date, not with the date in UTC.
 *
 * <p>Source: Cabinet Office, "国民の祝日について" (syukujitsu.csv); the copy and its date are in the resource
 * {@code holidays-japan.csv}.
 */
public final class JapaneseHolidays {
    private static final String RESOURCE = "holidays-japan.csv";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/M/d");

    private final Map<LocalDate, String> names;

    private JapaneseHolidays(Map<LocalDate, String> names) {
        this.names = Map.copyOf(names);
    }

    /** The holidays that are published: from January 2024 to the end of the last year of the resource. */
    public static JapaneseHolidays published() {
        var resource = JapaneseHolidays.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the resource %s is missing from the zip".formatted(RESOURCE));
        }
        try (var reader = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the lines of the Cabinet Office's file: {@code 2026/1/1,元日}. Lines that begin with {@code #} and the
     * heading are no days.
     *
     * @throws IllegalArgumentException naming the line that is no day
     */
    static JapaneseHolidays parse(List<String> lines) {
        var names = new HashMap<LocalDate, String>();
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith("国民の祝日")) {
                continue;
            }
            var comma = line.indexOf(',');
            try {
                names.put(
                        LocalDate.parse(line.substring(0, Math.max(comma, 0)), DAY),
                        line.substring(comma + 1).strip());
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "%s: '%s' is no holiday, need a line such as 2026/1/1,元日".formatted(RESOURCE, line), e);
            }
        }
        return new JapaneseHolidays(names);
    }

    /** False also for a year that is not {@linkplain #covers covered}: a day too many at work harms nobody. */
    public boolean isHoliday(LocalDate date) {
        return names.containsKey(date);
    }

    /** The holiday's Japanese name; {@code 休日} for a substitute holiday and for a sandwiched day. */
    public Optional<String> name(LocalDate date) {
        return Optional.ofNullable(names.get(date));
    }

    /** True when the holidays of that year are published here. A year always has 1 January. */
    public boolean covers(int year) {
        return names.containsKey(LocalDate.of(year, 1, 1));
    }
}
