package dev.yakin.slackalert;

import java.time.Duration;
import java.time.Instant;

/**
 * What is due by the clock alone: the end of a planned state, the morning's digest, the weekly sign of life, the course of
 * a metric, and tidying up. What it says becomes an alert with an id of its own and is then told like any other, so that a
 * chore that was interrupted may be done again.
 */
final class Chores {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int AWAY_AT_ONCE = 25;

    private final CaseBook book;
    private final AlarmsNow alarms;
    private final PlannedEnds plannedEnds;
    private final Digest digest;
    private final Duty duty;

    Chores(CaseBook book, Tact tact, Hours hours, AlarmsNow alarms) {
        var notes = new Notes(book);
        this.book = book;
        this.alarms = alarms;
        this.plannedEnds = new PlannedEnds(book, notes);
        this.digest = new Digest(book, notes, tact, hours, alarms);
        this.duty = new Duty(book, notes, hours);
    }

    void doWhatIsDue(Glance glance, Instant now) {
        plannedEnds.endWhatIsOver(glance, now);
        digest.sayOnceADay(glance, now);
        duty.sayOnceAWeek(glance, now);
        courses(glance, now);
        putAway(glance, now);
    }

    // A few at each look: none takes long, and the next one goes on.
    private void putAway(Glance glance, Instant now) {
        glance.cases().stream()
                .filter(state -> state.isAtRest(now))
                .limit(AWAY_AT_ONCE)
                .forEach(book::putAway);
    }

    // Not with the first message: what is urgent does not wait for a curve. It comes with the next look, as an edit.
    private void courses(Glance glance, Instant now) {
        for (var state : glance.cases()) {
            var alarm = state.lead()
                    .filter(lead -> !hasCourse(lead))
                    .flatMap(lead -> AlarmsNow.nameOf(lead.incident().key()));
            var isFresh = state.thread()
                    .filter(thread -> !thread.ts().isEmpty()
                            && Duration.between(thread.began(), now).compareTo(FRESH) < 0)
                    .isPresent();
            if (alarm.isPresent() && isFresh && !state.isOver()) {
                var course = Sparkline.of(alarms.lastValues(alarm.get(), now));
                if (!course.isEmpty()) {
                    book.change(state.cause(), now, before -> before.withCourse(course));
                }
            }
        }
    }

    private static boolean hasCourse(Alert alert) {
        return alert.facts().stream().anyMatch(fact -> fact.name().equals(Case.COURSE));
    }
}
