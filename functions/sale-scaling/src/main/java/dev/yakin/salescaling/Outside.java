package dev.yakin.salescaling;

import static java.util.stream.Collectors.toMap;

import dev.yakin.salescaling.SaleAction.Forget;
import dev.yakin.salescaling.SaleAction.Remember;
import dev.yakin.shared.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything outside that a look sees and changes. What nobody needs now is not asked for. */
public record Outside(
        SalesParameter sales,
        Fleet fleet,
        Health health,
        Raises raises,
        Memory memory,
        SurroundingsReader surroundings,
        TrafficReader traffic,
        Consumer<Notice> notices) {
    /** During a sale the last minutes are judged; CloudWatch is a minute or two behind. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    public Observed look(Wanted wanted, Instant now) {
        var versions = sales.look();
        var services = fleet.look();
        var awake = Agenda.of(wanted, now, versions, services);
        var told = awake.moments().isEmpty() ? new Found.Is<>(Told.NOTHING) : memory.look();
        var agenda = awake.without(told);
        return new Observed(
                versions,
                services,
                health.look(agenda.watched(), now),
                raises.look(),
                told,
                agenda,
                surroundings(agenda, now),
                traffic(agenda, now));
    }

    /** For pre-flights, and for the size of the tasks in the report. */
    private Optional<Surroundings> surroundings(Agenda agenda, Instant now) {
        var services = agenda.moments().stream()
                .filter(moment -> moment.kind() != Moment.Kind.OPEN)
                .flatMap(moment -> agenda.services(moment).stream())
                .distinct()
                .toList();
        return services.isEmpty() ? Optional.empty() : Optional.of(surroundings.look(services, now));
    }

    private Map<Moment, Found<Traffic>> traffic(Agenda agenda, Instant now) {
        return agenda.moments().stream()
                .filter(moment -> !moment.isPreflight())
                .collect(toMap(moment -> moment, moment -> traffic(moment, agenda.services(moment), now)));
    }

    private Found<Traffic> traffic(Moment moment, List<String> services, Instant now) {
        var sale = moment.sale();
        return moment.kind() == Moment.Kind.AFTER
                ? traffic.look(services, sale.begins(), sale.closes())
                : traffic.look(services, now.minus(RECENT), now);
    }

    /** Carries out one action; idempotent. */
    public void apply(SaleAction action) {
        switch (action) {
            case SaleAction.Say say -> notices.accept(say.notice());
            case SaleAction.SetCapacity set -> fleet.setCapacity(set.target(), set.to(), set.suspended());
            case SaleAction.RaiseDesiredCount raise -> fleet.setDesiredCount(raise.target(), raise.to());
            case SaleAction.LabelVersion label -> sales.label(label.version(), label.label());
            case SaleAction.RemoveLabel label -> sales.removeLabel(label.version(), label.label());
            case SaleAction.PutScheduledRaise put -> raises.put(put.raise());
            case SaleAction.DeleteScheduledRaise delete -> raises.delete(delete.raise());
            case SaleAction.RememberSaid remember -> health.remember(remember.target(), remember.said());
            case Remember remember -> memory.remember(remember.key());
            case Forget forget -> memory.forget(forget.key());
            case SaleAction.GiveUp giveUp -> throw new IllegalStateException(giveUp.target() + ": " + giveUp.reason());
        }
    }
}
