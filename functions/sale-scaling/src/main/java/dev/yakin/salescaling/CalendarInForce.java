package dev.yakin.salescaling;

import static dev.yakin.salescaling.SalesVersions.GOOD;
import static dev.yakin.salescaling.SalesVersions.REFUSED;

import dev.yakin.salescaling.SaleAction.GiveUp;
import dev.yakin.salescaling.SaleAction.LabelVersion;
import dev.yakin.salescaling.SaleAction.RemoveLabel;
import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.salescaling.SalesVersions.Missing;
import dev.yakin.salescaling.SalesVersions.Unreadable;
import dev.yakin.salescaling.SalesVersions.Version;
import dev.yakin.shared.calendar.CalendarParser;
import dev.yakin.shared.calendar.CalendarParser.Parsed;
import dev.yakin.shared.calendar.SaleCalendar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which calendar counts. The last good version stays in force until a newer one is good as a whole.
 *
 * @param version the version that the calendar is from; empty when there is none
 * @param isNew true when this look accepts it
 * @param isKnown false when a call failed, so that nobody knows whether a sale is on; then bounds are never lowered
 * @param says what people must be told, before anything is changed
 * @param then what remembers that they were told, and what fails the look: the end of the plan
 */
record CalendarInForce(
        SaleCalendar calendar,
        Optional<Version> version,
        boolean isNew,
        boolean isKnown,
        List<Say> says,
        List<SaleAction> then) {

    CalendarInForce {
        says = List.copyOf(says);
        then = List.copyOf(then);
    }

    static CalendarInForce choose(Wanted wanted, SalesVersions versions, CalendarNotices notices) {
        return new Choice(wanted, versions, notices).choose();
    }

    private CalendarInForce and(List<Say> says, List<SaleAction> then) {
        return new CalendarInForce(calendar, version, isNew, isKnown, says, then);
    }

    private record Choice(Wanted wanted, SalesVersions versions, CalendarNotices notices) {
        CalendarInForce choose() {
            return switch (versions.latest()) {
                case Version latest
                when versions.good() instanceof Version good && good.number() == latest.number() -> stillGood(latest);
                case Version latest -> changed(latest);
                case Missing missing -> missing();
                case Unreadable unreadable -> unreadable(unreadable);
            };
        }

        /** Accepted earlier. A deploy may have taken a service or a default away since then. */
        private CalendarInForce stillGood(Version version) {
            var parsed = parse(version);
            if (parsed.isGood()) {
                return inForce(version, parsed, false).and(List.of(), forgetRefusal("the calendar is good"));
            }
            return tellOnce(inForce(version, parsed, false), version, parsed, notices.noLongerFits(version, parsed));
        }

        private CalendarInForce changed(Version latest) {
            var parsed = parse(latest);
            if (!parsed.isGood()) {
                var lastGood = lastGood();
                return tellOnce(lastGood, latest, parsed, notices.refused(latest, parsed, lastGood.version()));
            }
            var say = notices.accepted(latest, parsed.calendar());
            var label = new LabelVersion(wanted.parameter(), latest.number(), GOOD, say, say.reason());
            return inForce(latest, parsed, true)
                    .and(List.of(say), join(List.of(label), forgetRefusal("a newer version is good")));
        }

        private CalendarInForce lastGood() {
            return switch (versions.good()) {
                case Version good -> inForce(good, parse(good), false);
                case Missing missing -> none(true);
                case Unreadable unreadable -> none(false).and(List.of(), List.of(giveUp(unreadable)));
            };
        }

        private CalendarInForce missing() {
            return none(true).and(List.of(notices.missing()), List.of());
        }

        private CalendarInForce unreadable(Unreadable latest) {
            var lastGood = versions.good() instanceof Version ? lastGood() : none(false);
            return lastGood.and(List.of(), List.of(giveUp(latest)));
        }

        /** The label remembers that people know, so that the next look does not repeat it. */
        private CalendarInForce tellOnce(CalendarInForce force, Version version, Parsed parsed, Say say) {
            if (versions.refused().equals(Optional.of(version.number()))) {
                return force;
            }
            var reason = "version %d, %s".formatted(version.number(), CalendarNotices.summary(parsed));
            var label = new LabelVersion(wanted.parameter(), version.number(), REFUSED, say, reason);
            return force.and(join(force.says(), List.of(say)), join(force.then(), List.of(label)));
        }

        /**
         * A label on an old version would one day stop people from saving a new one. Source: Systems Manager User Guide,
         * "Working with parameter versions" (the oldest of 100 versions is not dropped while it has a label).
         */
        private List<SaleAction> forgetRefusal(String reason) {
            return versions
                    .refused()
                    .<SaleAction>map(old -> new RemoveLabel(wanted.parameter(), old, REFUSED, reason))
                    .stream()
                    .toList();
        }

        private GiveUp giveUp(Unreadable unreadable) {
            return new GiveUp(wanted.parameter(), "the sale calendar cannot be read: " + unreadable.cause());
        }

        private Parsed parse(Version version) {
            return CalendarParser.parse(version.text(), wanted.rules());
        }

        private static CalendarInForce inForce(Version version, Parsed parsed, boolean isNew) {
            return new CalendarInForce(parsed.calendar(), Optional.of(version), isNew, true, List.of(), List.of());
        }

        private static CalendarInForce none(boolean isKnown) {
            return new CalendarInForce(SaleCalendar.EMPTY, Optional.empty(), false, isKnown, List.of(), List.of());
        }

        private static <T> List<T> join(List<? extends T> first, List<? extends T> second) {
            return Stream.<T>concat(first.stream(), second.stream()).toList();
        }
    }
}
