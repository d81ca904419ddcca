package dev.yakin.salescaling;

import static dev.yakin.salescaling.Options.require;

import dev.yakin.shared.Phrases;
import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
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

    private static final int GOOD = 0;
    private static final int BAD = 2;

    private CheckCalendar() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** @return the exit status */
    static int run(List<String> arguments, PrintStream out) {
        try {
            var options = Options.parse(arguments, Set.of("format"));
            var phrases = Phrases.of(CheckCalendar.class, options.only("language", "en"));
            var format = options.only("format", "text");
            require(Set.of("text", "json").contains(format), "--format is text or json");
            var parsed = options.calendar();
            if (parsed.isGood() && format.equals("json")) {
                out.println(CalendarWindows.of(parsed.calendar()));
                return GOOD;
            }
            return report(parsed, options.rules(), phrases, out);
        } catch (IllegalArgumentException | DateTimeException e) {
            out.println(e.getMessage());
            out.println(USAGE);
        } catch (IOException e) {
            out.println("cannot read the file: " + e.getMessage());
        }
        return BAD;
    }

    private static int report(CalendarParser.Parsed parsed, CalendarRules rules, Phrases phrases, PrintStream out) {
        if (!parsed.isGood()) {
            refuse(parsed, phrases, out);
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

    static void refuse(CalendarParser.Parsed parsed, Phrases phrases, PrintStream out) {
        out.println(phrases.say("check.bad", String.valueOf(parsed.problems().size())));
        for (var problem : parsed.problems()) {
            out.println(phrases.say("check.problem", problem.place(), problem.reason(phrases)));
            out.println(phrases.say("check.example", problem.example()));
        }
    }
}
