package dev.yakin.salescaling;

import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Problem;
import dev.yakin.shared.calendar.SaleCalendar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the tools: a calendar file, and {@code --option value ...}; the file is behind the empty option. */
record Options(Map<String, List<String>> words) {
    /** What a calendar is read with. */
    static final Set<String> CALENDAR = Set.of("zone", "services", "language", "min", "max", "warm-up");

    /** @throws IllegalArgumentException for an unknown option, one without a value, or not exactly one file */
    static Options parse(List<String> arguments, Set<String> known) {
        var words = new HashMap<String, List<String>>();
        var option = "";
        for (var argument : arguments) {
            if (argument.startsWith("--")) {
                option = argument.substring(2);
                require(known.contains(option) || CALENDAR.contains(option), "unknown option " + argument);
                words.put(option, new ArrayList<>());
            } else {
                words.computeIfAbsent(option, _ -> new ArrayList<>()).add(argument);
            }
        }
        words.forEach((name, values) -> require(!values.isEmpty(), "--" + name + " needs a value"));
        require(words.getOrDefault("", List.of()).size() == 1, "need one file");
        return new Options(Map.copyOf(words));
    }

    String only(String name, String whenAbsent) {
        var values = words.getOrDefault(name, List.of(whenAbsent));
        require(values.size() == 1, "--" + name + " takes one value");
        return values.getFirst();
    }

    Path file() {
        return Path.of(only("", ""));
    }

    CalendarRules rules() {
        return new CalendarRules(
                ZoneId.of(only("zone", "Asia/Tokyo")),
                words.getOrDefault("services", List.of("app")),
                Integer.parseInt(only("min", "6")),
                Integer.parseInt(only("max", "20")),
                Duration.parse(only("warm-up", "PT60M")));
    }

    /** The calendar as the function would read it. */
    CalendarParser.Parsed calendar() throws IOException {
        try {
            return CalendarParser.parse(text(), rules());
        } catch (CharacterCodingException e) {
            var problem = new Problem("calendar", Problem.Kind.NOT_UTF8, List.of(), Problem.CALENDAR_EXAMPLE);
            return new CalendarParser.Parsed(SaleCalendar.EMPTY, List.of(problem));
        }
    }

    /** @throws CharacterCodingException when the file is no UTF-8 */
    String text() throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file())))
                .toString();
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
