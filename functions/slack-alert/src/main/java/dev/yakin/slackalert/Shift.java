package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all workers share: the pace at which Slack takes messages, the calls to people, the planned states, and what was
 * done when. A value; every change is a new one.
 *
 * @param paidUntil up to when the pace is used up (the "theoretical arrival time" of a leaky bucket)
 * @param quietUntil Slack asked for silence until then
 * @param pages who was called, as {@code 2026-12/<what for>}
 * @param openings when cases began lately
 * @param done the last day, week or moment at which something regular was done, by name
 * @param counts what the week brought, by name
 */
public record Shift(
        Instant paidUntil,
        Instant quietUntil,
        List<String> pages,
        List<Planned> planned,
        List<Instant> openings,
        Map<String, String> done,
        Map<String, Integer> counts) {

    /** Slack takes one message a second for each channel, and short bursts. Source: Slack docs, "Rate limits". */
    static final Duration PACE = Duration.ofSeconds(1);

    /** The burst that we allow ourselves; about 25 were measured, none is promised. */
    static final int BURST = 4;

    private static final int PAGES = 60;
    private static final Duration STORM_WINDOW = Duration.ofMinutes(1);
    static final int STORM_CASES = 6;

    public Shift {
        pages = List.copyOf(pages);
        planned = List.copyOf(planned);
        openings = List.copyOf(openings);
        done = Map.copyOf(done);
        counts = Map.copyOf(counts);
    }

    static Shift first() {
        return new Shift(Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), List.of(), Map.of(), Map.of());
    }

    /** How long to wait before the next message; zero: now. */
    Duration wait(Instant now) {
        var free = paidUntil.minus(PACE.multipliedBy(BURST - 1L));
        var next = free.isAfter(quietUntil) ? free : quietUntil;
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** One message more. */
    Shift paid(Instant now) {
        return new Shift(
                (paidUntil.isAfter(now) ? paidUntil : now).plus(PACE),
                quietUntil,
                pages,
                planned,
                openings,
                done,
                counts);
    }

    Shift quiet(Instant until) {
        return new Shift(
                paidUntil, until.isAfter(quietUntil) ? until : quietUntil, pages, planned, openings, done, counts);
    }

    /** How many calls there were in a month, such as {@code 2026-12}. */
    long calls(String month) {
        return pages.stream().filter(page -> page.startsWith(month + "/")).count();
    }

    /** A call, counted once however often it is tried. */
    Shift called(String page) {
        if (pages.contains(page)) {
            return this;
        }
        var more = new ArrayList<>(pages);
        more.add(page);
        return new Shift(
                paidUntil,
                quietUntil,
                more.subList(Math.max(0, more.size() - PAGES), more.size()),
                planned,
                openings,
                done,
                counts);
    }

    Shift with(List<Planned> states) {
        return new Shift(paidUntil, quietUntil, pages, states, openings, done, counts);
    }

    /** A case began. */
    Shift opened(Instant now) {
        var recent = new ArrayList<>(openings.stream()
                .filter(at -> Duration.between(at, now).compareTo(STORM_WINDOW) < 0)
                .toList());
        recent.add(now);
        var kept = recent.subList(Math.max(0, recent.size() - STORM_CASES), recent.size());
        return new Shift(paidUntil, quietUntil, pages, planned, kept, done, counts);
    }

    /** So many causes at once that each more would bury the others. */
    boolean isStorm(Instant now) {
        return openings.stream()
                        .filter(at -> Duration.between(at, now).compareTo(STORM_WINDOW) < 0)
                        .count()
                >= STORM_CASES;
    }

    Optional<String> last(String what) {
        return Optional.ofNullable(done.get(what));
    }

    Shift did(String what, String when) {
        var more = new LinkedHashMap<>(done);
        more.put(what, when);
        return new Shift(paidUntil, quietUntil, pages, planned, openings, more, counts);
    }

    Shift count(String what, int more) {
        var sums = new LinkedHashMap<>(counts);
        sums.merge(what, more, Integer::sum);
        return more == 0 ? this : new Shift(paidUntil, quietUntil, pages, planned, openings, done, sums);
    }

    Shift countsAnew() {
        return new Shift(paidUntil, quietUntil, pages, planned, openings, done, Map.of());
    }
}
