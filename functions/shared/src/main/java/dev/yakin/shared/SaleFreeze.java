package dev.yakin.shared;

import static java.util.Comparator.comparing;

import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarRules;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * When nothing may be changed that a sale depends on: from the begin of each sale's warm-up, included, to its close,
 * excluded. Secret adoption, restore drills and production deploys ask before they begin. All times are instants.
 */
public record SaleFreeze(List<Window> windows) {
    /** No sale, no freeze. */
    public static final SaleFreeze NONE = new SaleFreeze(List.of());

    /**
     * @param begins the begin of the warm-up, included
     * @param ends when the sale closes, excluded: from then on work may go on
     */
    public record Window(String sale, Instant begins, Instant ends) {
        boolean holds(Instant time) {
            return !time.isBefore(begins) && time.isBefore(ends);
        }
    }

    public SaleFreeze {
        windows = windows.stream().sorted(comparing(Window::begins)).toList();
    }

    /**
     * @param good a version of the sale calendar that was accepted. Of a version that a deploy no longer fits, all sales
     *     that can be read count: bounds and services, which only scaling needs, are not judged here
     * @param zone of times without an offset
     * @param warmUp the default of a sale's {@code warmUp}
     */
    public static SaleFreeze of(String good, ZoneId zone, Duration warmUp) {
        var rules = new CalendarRules(zone, List.of("any"), 1, CalendarRules.MAX_TASKS, warmUp);
        return new SaleFreeze(CalendarParser.parse(good, rules).calendar().sales().stream()
                .map(SaleFreeze::window)
                .toList());
    }

    /** The sale that freezes at that time; of several the one that ends last. */
    public Optional<Window> on(Instant time) {
        return windows.stream().filter(window -> window.holds(time)).max(comparing(Window::ends));
    }

    /**
     * The first sale that freezes at any moment of work that takes time: a drill must not begin an hour before a warm-up
     * when it lasts four.
     *
     * @param from included
     * @param until excluded; not before {@code from}
     */
    public Optional<Window> during(Instant from, Instant until) {
        return on(from).or(() -> windows.stream()
                .filter(window ->
                        window.begins().isAfter(from) && window.begins().isBefore(until))
                .findFirst());
    }

    private static Window window(Sale sale) {
        return new Window(sale.name(), sale.begins(), sale.closes());
    }
}
