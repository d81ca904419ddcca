package dev.yakin.salescaling;

import dev.yakin.shared.calendar.SaleCalendar;
import java.time.Instant;
import java.util.List;

/**
 * What a look has to ask about, by the calendar.
 *
 * @param watched the services whose tasks must be looked at: those that a sale needs now, from its warm-up to its end
 * @param moments what people may have to be told now about sales
 * @param awake the services that are scaled
 */
public record Agenda(List<String> watched, List<Moment> moments, List<String> awake) {
    static final Agenda EMPTY = new Agenda(List.of(), List.of(), List.of());

    public Agenda {
        watched = List.copyOf(watched);
        moments = List.copyOf(moments);
        awake = List.copyOf(awake);
    }

    static Agenda of(Wanted wanted, Instant now, SalesVersions sales, List<ServiceState> states) {
        var voice = new Voice(wanted, now);
        return of(
                CalendarInForce.choose(wanted, sales, new CalendarNotices(voice))
                        .calendar(),
                now,
                states);
    }

    private static Agenda of(SaleCalendar calendar, Instant now, List<ServiceState> states) {
        var awake = states.stream()
                .filter(ServiceState.Known.class::isInstance)
                .map(ServiceState::service)
                .toList();
        return new Agenda(
                awake.stream()
                        .filter(service -> !calendar.at(service, now).isEmpty())
                        .toList(),
                Moment.at(calendar.sales(), now).stream()
                        .filter(moment -> awake.stream().anyMatch(moment.sale()::covers))
                        .toList(),
                awake);
    }

    /** The services of the moment's sale. */
    List<String> services(Moment moment) {
        return awake.stream().filter(moment.sale()::covers).toList();
    }

    /** What was told already needs no questions, but for a sale that is open: it is watched. */
    Agenda without(Found<Told> memory) {
        return memory instanceof Found.Is<Told>(var told)
                ? new Agenda(
                        watched,
                        moments.stream()
                                .filter(moment -> moment.kind() == Moment.Kind.OPEN || !told.has(moment.key()))
                                .toList(),
                        awake)
                : new Agenda(watched, List.of(), awake);
    }
}
