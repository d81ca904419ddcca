package dev.yakin.salescaling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A cron expression of AWS, {@code cron(0 9 ? * MON-FRI *)}: minutes, hours, day of month, month, day of week (1 is
 * Sunday), year; each {@code *}, a list, a range, or steps. Source: Application Auto Scaling User Guide, "Schedule
 * scheduled actions using cron expressions". {@code L}, {@code W} and {@code #} are not understood.
 */
record Cron(
        NavigableSet<Integer> minutes,
        NavigableSet<Integer> hours,
        NavigableSet<Integer> days,
        NavigableSet<Integer> months,
        NavigableSet<Integer> weekdays,
        NavigableSet<Integer> years) {
    /** A schedule that did not run for longer says nothing about now. */
    private static final int DAYS_BACK = 400;

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** Empty for what is no cron expression, or one that is not understood. */
    static Optional<Cron> parse(String expression) {
        if (!expression.startsWith("cron(") || !expression.endsWith(")")) {
            return Optional.empty();
        }
        var fields = expression
                .substring(5, expression.length() - 1)
                .strip()
                .toUpperCase(Locale.ROOT)
                .split("\\s+", -1);
        try {
            return fields.length == 6 ? Optional.of(of(fields)) : Optional.empty();
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Cron of(String[] fields) {
        return new Cron(
                numbers(fields[0], 0, 59, List.of()),
                numbers(fields[1], 0, 23, List.of()),
                numbers(fields[2], 1, 31, List.of()),
                numbers(fields[3], 1, 12, MONTHS),
                numbers(fields[4], 1, 7, WEEKDAYS),
                numbers(fields[5], 1970, 2199, List.of()));
    }

    /** The newest run at or before the time. An hour that clocks skip has no run. */
    Optional<Instant> last(Instant time, ZoneId zone) {
        var today = time.atZone(zone).toLocalDate();
        return IntStream.range(0, DAYS_BACK)
                .mapToObj(today::minusDays)
                .filter(this::runsOn)
                .flatMap(day -> runs(day, zone).stream())
                .filter(run -> !run.isAfter(time))
                .findFirst();
    }

    private boolean runsOn(LocalDate day) {
        return years.contains(day.getYear())
                && months.contains(day.getMonthValue())
                && days.contains(day.getDayOfMonth())
                && weekdays.contains(day.getDayOfWeek().getValue() % 7 + 1);
    }

    /** Of one day, the newest first. */
    private List<Instant> runs(LocalDate day, ZoneId zone) {
        var runs = new ArrayList<Instant>();
        for (var hour : hours.descendingSet()) {
            for (var minute : minutes.descendingSet()) {
                var local = day.atTime(hour, minute);
                if (!zone.getRules().getValidOffsets(local).isEmpty()) {
                    runs.add(local.atZone(zone).toInstant());
                }
            }
        }
        return runs;
    }

    private static NavigableSet<Integer> numbers(String field, int least, int most, List<String> names) {
        var numbers = new TreeSet<Integer>();
        for (var part : field.split(",", -1)) {
            var step = part.indexOf('/');
            var range = (step < 0 ? part : part.substring(0, step)).split("-", 2);
            var isAll = range[0].equals("*") || range[0].equals("?");
            var from = isAll ? least : number(range[0], least, names);
            var isOne = !isAll && range.length == 1 && step < 0;
            var to = isOne ? from : isAll || range.length == 1 ? most : number(range[1], least, names);
            var every = step < 0 ? 1 : Integer.parseInt(part.substring(step + 1));
            if (from < least || to > most || from > to || every < 1) {
                throw new NumberFormatException(part);
            }
            for (var number = from; number <= to; number += every) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int number(String text, int least, List<String> names) {
        var name = names.indexOf(text);
        return name < 0 ? Integer.parseInt(text) : name + least;
    }
}
