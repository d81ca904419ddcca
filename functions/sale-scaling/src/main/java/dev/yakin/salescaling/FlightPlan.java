package dev.yakin.salescaling;

import dev.yakin.shared.Phrases;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Capacity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prints what the function will do in the coming days, on the stack's clocks: a look every five minutes, by the very same
 * decisions, at a shop on paper. Ends with 0, or with 2 when the calendar is wrong.
 */
public final class FlightPlan {
    private static final String USAGE = """
            Usage: FlightPlan <file> --from 2026-12-20T00:00 [--days 14] [--everyday 2..10]
                              [--business 5..20 --night 2..5] and the options of CheckCalendar
            What is shown is what counts when an option is left out; without --business the clock changes nothing.""";

    private static final Set<String> OPTIONS = Set.of("from", "days", "everyday", "business", "night");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?Z");
    private static final Duration LOOKS = Duration.ofMinutes(5);
    private static final int MOST_DAYS = 400;

    private final Wanted wanted;
    private final LocalTimes times;
    private final PrintStream out;
    private int lines;

    private FlightPlan(Wanted wanted, LocalTimes times, PrintStream out) {
        this.wanted = wanted;
        this.times = times;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /** @return the exit status */
    static int run(List<String> arguments, PrintStream out) {
        try {
            var options = Options.parse(arguments, OPTIONS);
            var language = options.only("language", "en");
            var phrases = Phrases.of(FlightPlan.class, language);
            var rules = options.rules();
            var parsed = options.calendar();
            if (!parsed.isGood()) {
                CheckCalendar.refuse(parsed, phrases, out);
                return 2;
            }
            var from = LocalDateTime.parse(options.only("from", "")).atZone(rules.zone());
            var days = Integer.parseInt(options.only("days", "14"));
            Options.require(days > 0 && days <= MOST_DAYS, "--days is 1 to " + MOST_DAYS);
            var everyday = capacity(options.only("everyday", "2..10"));
            var calendar = new SalesVersions.Version(1, options.text(), Instant.EPOCH);
            var timetable = timetable(options, rules);
            var bounds = timetable.everyday(rules.services().getFirst(), from.toInstant(), everyday);
            var wanted =
                    new Wanted("plan", options.file().toString(), everyday, rules, new Wanted.Shop(0, 0), language);
            new FlightPlan(wanted, new LocalTimes(rules.zone(), phrases), out)
                    .print(
                            new PaperShop(calendar, rules.services(), bounds, timetable),
                            from.toInstant(),
                            from.plusDays(days).toInstant());
            return 0;
        } catch (IllegalArgumentException | DateTimeException e) {
            out.println(e.getMessage());
            out.println(USAGE);
        } catch (IOException e) {
            out.println("cannot read the file: " + e.getMessage());
        }
        return 2;
    }

    private void print(PaperShop shop, Instant from, Instant until) {
        out.println(times.phrases()
                .say(
                        "plan.head",
                        times.say(from),
                        times.say(until),
                        times.zone().getId()));
        var outside = shop.outside();
        for (var now = from; now.isBefore(until); now = now.plus(LOOKS)) {
            var at = now;
            shop.runSchedules(now.minus(LOOKS), now)
                    .forEach((name, run) -> line(
                            at,
                            times.phrases().say("plan.clock", name, run.entry().name())));
            for (var action : SaleScaling.plan(wanted, now, outside.look(wanted, now))) {
                outside.apply(action);
                text(action).ifPresent(text -> line(at, text));
            }
        }
        if (lines == 0) {
            out.println(times.phrases().say("plan.nothing"));
        }
    }

    private void line(Instant at, String text) {
        lines++;
        out.println(times.say(at) + "  "
                + INSTANT.matcher(text).replaceAll(match -> times.say(Instant.parse(match.group()))));
    }

    /** What is only written down needs no line. */
    private Optional<String> text(SaleAction action) {
        return switch (action) {
            case SaleAction.Say say -> Optional.of(said(say));
            case SaleAction.SetCapacity set ->
                Optional.of("  %s %s → %s: %s"
                        .formatted(
                                set.target(), set.from().map(Capacity::toString).orElse("-"), set.to(), set.reason()));
            case SaleAction.RaiseDesiredCount raise -> Optional.of("  " + raise.target() + ": " + raise.reason());
            case SaleAction.PutScheduledRaise put ->
                Optional.of(times.phrases()
                        .say(
                                "plan.left",
                                put.target(),
                                put.raise().capacity().toString(),
                                times.say(put.raise().at())));
            case SaleAction.DeleteScheduledRaise delete ->
                Optional.of(times.phrases()
                        .say(
                                "plan.taken-back",
                                delete.target(),
                                times.say(delete.raise().at())));
            case SaleAction.GiveUp giveUp -> Optional.of(giveUp.target() + ": " + giveUp.reason());
            case SaleAction.LabelVersion label -> Optional.empty();
            case SaleAction.RemoveLabel label -> Optional.empty();
            case SaleAction.RememberSaid remember -> Optional.empty();
            case SaleAction.Remember remember -> Optional.empty();
            case SaleAction.Forget forget -> Optional.empty();
        };
    }

    /** What a pre-flight and a report will say nobody knows today. */
    private String said(SaleAction.Say say) {
        var kinds = List.of("preflight", "report");
        return kinds.stream()
                .filter(kind -> say.notice().id().startsWith("sale-scaling/plan/" + kind))
                .findFirst()
                .map(kind -> times.phrases().say("plan." + kind))
                .orElse(say.notice().title());
    }

    private static Timetable timetable(Options options, CalendarRules rules) {
        if (!options.words().containsKey("business")) {
            return Timetable.NONE;
        }
        var entries = new ArrayList<Timetable.Entry>();
        for (var service : rules.services()) {
            entries.add(
                    entry(service, "business-hours", "cron(0 9 ? * MON-FRI *)", options.only("business", ""), rules));
            entries.add(entry(service, "night", "cron(0 22 * * ? *)", options.only("night", "2..5"), rules));
        }
        return new Timetable(entries);
    }

    private static Timetable.Entry entry(String service, String name, String cron, String bounds, CalendarRules rules) {
        var capacity = capacity(bounds);
        return new Timetable.Entry(
                service,
                name,
                cron,
                rules.zone(),
                Optional.of(capacity.min()),
                Optional.of(capacity.max()),
                Optional.empty());
    }

    private static Capacity capacity(String text) {
        var numbers = text.split("\\.\\.", 2);
        Options.require(numbers.length == 2, "bounds are written as 2..10, not " + text);
        return new Capacity(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
