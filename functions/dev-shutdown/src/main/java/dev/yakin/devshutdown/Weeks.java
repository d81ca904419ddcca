package dev.yakin.devshutdown;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** On Friday, when work ends: what dev saved in this week and month, and when it sleeps in the next seven days. */
record Weeks(Wakefulness wakefulness, Told told) {
    private static final int DAYS = 7;

    /** A notice about the week is no news on Sunday. */
    private static final Duration LATEST = Duration.ofHours(24);

    boolean isDue() {
        var friday = friday();
        return !told.has("week", friday.toString())
                && wakefulness.now().isBefore(hours().closes(friday).plus(LATEST))
                && !(wakefulness.services().isEmpty() && wakefulness.databases().isEmpty());
    }

    /** Of all that was saved since the last Friday's closing, and since the month began. */
    static Instant weekBegins(OfficeHours hours, Instant now) {
        return hours.closes(friday(hours, now).minusDays(DAYS));
    }

    static Instant monthBegins(OfficeHours hours, Instant now) {
        return hours.local(now).withDayOfMonth(1).atStartOfDay(hours.zone()).toInstant();
    }

    List<DevAction> plan() {
        var saved = wakefulness.observed().saved();
        if (saved.isEmpty() || !isDue()) {
            return List.of();
        }
        var voice = new Voice(wakefulness.wanted(), wakefulness.now());
        var sums = saved.get();
        return told.once(
                "week",
                friday().toString(),
                () -> voice.notice(Severity.INFO, State.RESOLVED, "week/" + friday(), voice.ownKey("week"))
                        .with(voice.fact("fact.week", sum(voice, sums.weekHours(), sums.weekYen())))
                        .with(voice.fact("fact.month", sum(voice, sums.monthHours(), sums.monthYen())))
                        .with(days(voice))
                        .with(unpriced(voice))
                        .titled(
                                voice.say("week.title", number(sums.weekHours()), number(sums.weekYen())),
                                "the week's sum: %s hours, %s yen"
                                        .formatted(number(sums.weekHours()), number(sums.weekYen()))));
    }

    private List<Fact> days(Voice voice) {
        var facts = new ArrayList<Fact>();
        for (var day = friday().plusDays(1); !day.isAfter(friday().plusDays(DAYS)); day = day.plusDays(1)) {
            var holiday = hours().daysOff().name(day);
            var text = hours().isWorkday(day)
                    ? voice.say(
                            "day.up", hours().start().toString(), hours().stop().toString())
                    : holiday.map(name -> voice.say("day.holiday", name))
                            .orElse(voice.say(
                                    hours().days().contains(day.getDayOfWeek()) ? "day.company" : "day.rest"));
            facts.add(new Fact(voice.day(day), text));
        }
        return facts;
    }

    /** The sum leaves it out, and says so. */
    private List<Fact> unpriced(Voice voice) {
        var names = new ArrayList<String>();
        wakefulness.databases().stream()
                .filter(database -> database.yenPerHour().isEmpty())
                .forEach(database -> names.add(database.name()));
        return names.isEmpty() ? List.of() : List.of(voice.fact("fact.unpriced", voice.names(names)));
    }

    private String sum(Voice voice, double slept, double yen) {
        return voice.say(
                "sum",
                number(slept),
                number(yen),
                wakefulness.observed().saved().orElseThrow().pricesOf());
    }

    private static String number(double value) {
        return String.valueOf(Math.round(value));
    }

    private LocalDate friday() {
        return friday(hours(), wakefulness.now());
    }

    /** The last Friday whose closing hour has come, whether it was a workday or not. */
    private static LocalDate friday(OfficeHours hours, Instant now) {
        var friday = hours.local(now).with(previousOrSame(FRIDAY));
        return hours.closes(friday).isAfter(now) ? friday.minusDays(DAYS) : friday;
    }

    private OfficeHours hours() {
        return wakefulness.wanted().hours();
    }
}
