package dev.yakin.salescaling;

import static java.util.Comparator.comparing;

import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bounds by the clock, business hours and nights, as they are scheduled with Application Auto Scaling. A look asks
 * what they say now, and nothing remembers what they said before. Their order is that of their runs: the newest counts
 * until the next. A sale comes before them.
 */
public record Timetable(List<Entry> entries) {
    /** Nothing is scheduled: every day is like the baseline. */
    public static final Timetable NONE = new Timetable(List.of());

    /**
     * A recurring action on one service, for example {@code night}.
     *
     * @param cron as AWS writes it; one that is not understood, {@code rate(...)} and {@code at(...)} change nothing
     *     here: what they set is a change by hand
     * @param min empty: as it is
     * @param max empty: as it is
     * @param until the action runs no more from then on; empty: it has no end
     */
    public record Entry(
            String service,
            String name,
            String cron,
            ZoneId zone,
            Optional<Integer> min,
            Optional<Integer> max,
            Optional<Instant> until) {
        /** The newest run at or before the time. */
        Optional<Run> last(Instant time) {
            var end = until.filter(time::isAfter).orElse(time);
            return Cron.parse(cron).flatMap(times -> times.last(end, zone)).map(at -> new Run(this, at));
        }

        /** Application Auto Scaling refuses to set a min above the max, and leaves both. */
        Capacity on(Capacity before) {
            var least = min.orElse(before.min());
            var most = max.orElse(before.max());
            return least <= most ? new Capacity(least, most) : before;
        }
    }

    /** A moment at which an entry sets bounds. */
    record Run(Entry entry, Instant at) {}

    public Timetable {
        entries = List.copyOf(entries);
    }

    /** The bounds of a service at that time, were there no sale. */
    public Capacity everyday(String service, Instant time, Capacity baseline) {
        var capacity = baseline;
        for (var run : runs(service, time).sorted(comparing(Run::at)).toList()) {
            capacity = run.entry().on(capacity);
        }
        return capacity;
    }

    /** The newest run at or before the time. */
    Optional<Run> lastRun(String service, Instant time) {
        return runs(service, time).max(comparing(Run::at));
    }

    /** True when something would set bounds in the middle of a sale. */
    boolean knows(String service) {
        return entries.stream().anyMatch(entry -> entry.service().equals(service));
    }

    private Stream<Run> runs(String service, Instant time) {
        return entries.stream()
                .filter(entry -> entry.service().equals(service))
                .flatMap(entry -> entry.last(time).stream());
    }
}
