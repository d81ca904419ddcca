package dev.yakin.salescaling;

import dev.yakin.shared.Phrases;
import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Problem;
import dev.yakin.shared.calendar.SaleCalendar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a calendar file exactly as the function does and prints its windows, or what is wrong with it. It needs nothing
 * but the file. Ends with 0 when the calendar is good, otherwise with 2. What is wrong is always said in words.
 */
public final class CheckCalendar {
    private static final String USAGE = """
            Usage: CheckCalendar <file> [--zone Asia/Tokyo] [--services app [worker ...]] [--language en|ja]
                                 [--min 6] [--max 20] [--warm-up PT60M] [--format text|json]
            What is shown is what counts when an option is left out.""";

    private static final Set<String> OPTIONS =
            Set.of("zone", "services", "language", "min", "max", "warm-up", "format");
    private static final int GOOD = 0;
    private static final int BAD = 2;

    private CheckCalendar() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** @return the exit status */
    static int run(List<String> arguments, PrintStream out) {
        try {
            var options = options(arguments);
            var file = Path.of(options.getOrDefault("", List.of("")).getFirst());
            var language = only(options, "language", "en");
            var rules = new CalendarRules(
                    ZoneId.of(only(options, "zone", "Asia/Tokyo")),
                    options.getOrDefault("services", List.of("app")),
                    Integer.parseInt(only(options, "min", "6")),
                    Integer.parseInt(only(options, "max", "20")),
                    Duration.parse(only(options, "warm-up", "PT60M")));
            var phrases = Phrases.of(CheckCalendar.class, language);
            var format = only(options, "format", "text");
            require(Set.of("text", "json").contains(format), "--format is text or json");
            var parsed = read(file, rules);
            if (parsed.isGood() && format.equals("json")) {
                out.println(CalendarWindows.of(parsed.calendar()));
                return GOOD;
            }
            return report(parsed, rules, phrases, out);
        } catch (IllegalArgumentException | DateTimeException e) {
            out.println(e.getMessage());
            out.println(USAGE);
        } catch (IOException e) {
            out.println("cannot read the file: " + e.getMessage());
        }
        return BAD;
    }

    private static CalendarParser.Parsed read(Path file, CalendarRules rules) throws IOException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return CalendarParser.parse(text.toString(), rules);
        } catch (CharacterCodingException e) {
            var problem = new Problem("calendar", Problem.Kind.NOT_UTF8, List.of(), Problem.CALENDAR_EXAMPLE);
            return new CalendarParser.Parsed(SaleCalendar.EMPTY, List.of(problem));
        }
    }

    private static int report(CalendarParser.Parsed parsed, CalendarRules rules, Phrases phrases, PrintStream out) {
        if (!parsed.isGood()) {
            out.println(
                    phrases.say("check.bad", String.valueOf(parsed.problems().size())));
            for (var problem : parsed.problems()) {
                out.println(phrases.say("check.problem", problem.place(), problem.reason(phrases)));
                out.println(phrases.say("check.example", problem.example()));
            }
            return BAD;
        }
        out.println(phrases.say("check.good"));
        var times = new LocalTimes(rules.zone(), phrases);
        for (var sale : parsed.calendar().sales()) {
            out.println(phrases.say("check.window", sale.name(), times.window(sale)));
        }
        out.println(phrases.say("check.zone", rules.zone().getId()));
        return GOOD;
    }

    /** The words behind each option; the file is behind the empty one. */
    private static Map<String, List<String>> options(List<String> arguments) {
        var options = new HashMap<String, List<String>>();
        var option = "";
        for (var argument : arguments) {
            if (argument.startsWith("--")) {
                option = argument.substring(2);
                require(OPTIONS.contains(option), "unknown option " + argument);
                options.put(option, new ArrayList<>());
            } else {
                options.computeIfAbsent(option, _ -> new ArrayList<>()).add(argument);
            }
        }
        options.forEach((name, values) -> require(!values.isEmpty(), "--" + name + " needs a value"));
        require(options.getOrDefault("", List.of()).size() == 1, "need one file");
        return options;
    }

    private static String only(Map<String, List<String>> options, String name, String whenAbsent) {
        var values = options.getOrDefault(name, List.of(whenAbsent));
        require(values.size() == 1, "--" + name + " takes one value");
        return values.getFirst();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
