package dev.yakin.salescaling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Sale;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;

/** What people are told about the services. A sale is one incident: opened by its warm-up, resolved by its end. */
record FleetNotices(Voice voice) {
    /** The id of the notice that announces a difference: differences with the same id are told together. */
    String id(Difference difference) {
        return switch (cause(difference)) {
            case Cause.WarmUp warmUp ->
                "warm-up/%s@%s".formatted(warmUp.sale().name(), warmUp.sale().begins());
            case Cause.Over over ->
                "over/%s@%s".formatted(over.sale().name(), over.sale().closes()) + (over.late() ? "/" + hour() : "");
            case Cause.Edited edited ->
                "edited/%d@%s"
                        .formatted(edited.version().number(), edited.version().modified());
            case Cause.Drift drift -> "drift/%s/%s".formatted(names(drift.sales()), hour());
        };
    }

    /** @param told together: they have the same id, so the same kind of cause */
    Say announce(List<Difference> told) {
        var cause = cause(told.getFirst());
        var draft = draft(id(told.getFirst()), told, cause).with(services(told)).with(circumstances(cause));
        return cause instanceof Cause.WarmUp(var sale) && sale.opens().isAfter(voice.now())
                ? draft.planned(title(cause), cause.reason(), sale.opens())
                : draft.titled(title(cause), cause.reason());
    }

    private Voice.Draft draft(String id, List<Difference> told, Cause.Told cause) {
        return switch (cause) {
            case Cause.WarmUp warmUp -> voice.notice(Severity.INFO, State.OPEN, id, warmUpKey(voice, warmUp.sale()));
            case Cause.Over over -> voice.notice(Severity.INFO, State.RESOLVED, id, key(over.sale()));
            case Cause.Edited edited -> voice.notice(Severity.INFO, State.RESOLVED, id, "calendar");
            // The hour alone would fold a second drift into the first: what changed belongs to the id too.
            case Cause.Drift drift -> voice.notice(Severity.WARNING, State.RESOLVED, id + "/" + changes(told), "drift");
        };
    }

    private String title(Cause.Told cause) {
        return switch (cause) {
            case Cause.WarmUp warmUp -> voice.say("warm-up.title", warmUp.sale().name());
            case Cause.Over over -> voice.say("over.title", over.sale().name());
            case Cause.Edited edited ->
                voice.say("edited.title", String.valueOf(edited.version().number()));
            case Cause.Drift drift when drift.sales().isEmpty() -> voice.say("drift.title");
            case Cause.Drift drift -> voice.say("drift-sale.title", names(drift.sales()));
        };
    }

    private List<Fact> circumstances(Cause.Told cause) {
        return switch (cause) {
            case Cause.WarmUp warmUp -> doors(warmUp.sale());
            case Cause.Over over -> doors(over.sale());
            case Cause.Edited edited -> List.of();
            case Cause.Drift drift -> List.of(voice.fact("fact.causes", voice.say("causes.drift")));
        };
    }

    private List<Fact> doors(Sale sale) {
        return List.of(
                voice.fact("fact.opens", voice.times().say(sale.opens())),
                voice.fact("fact.closes", voice.times().say(sale.closes())),
                voice.zone());
    }

    /** One fact for all services with the same change: fifty services need no fifty lines. */
    private List<Fact> services(List<Difference> told) {
        var byChange = told.stream()
                .collect(groupingBy(
                        Difference::change,
                        LinkedHashMap::new,
                        mapping(difference -> difference.action().target(), joining(", "))));
        return byChange.entrySet().stream()
                .map(entry -> voice.fact("fact.tasks", entry.getValue(), entry.getKey()))
                .toList();
    }

    Say unknownService(ServiceState.Unknown service) {
        var name = service.service();
        return voice.notice(
                        Severity.CRITICAL,
                        State.OPEN,
                        "unknown/%s/%s".formatted(name, voice.today()),
                        "unknown/" + name)
                .with(voice.fact("fact.cluster-says", service.cause()))
                .with(voice.fact("fact.todo", voice.say("todo.service")))
                .titled(voice.say("unknown-service.title", name), "ECS does not know service " + name);
    }

    private static Cause.Told cause(Difference told) {
        return (Cause.Told) told.cause();
    }

    private static String changes(List<Difference> told) {
        return told.stream()
                .map(difference -> difference.action().target() + " " + difference.change())
                .collect(joining(", "));
    }

    private static String names(List<Sale> sales) {
        return sales.stream().map(Sale::name).collect(joining(", "));
    }

    /** Of the planned state "many tasks start at once": it ends when they are ready, at the latest when the sale opens. */
    static String warmUpKey(Voice voice, Sale sale) {
        return "sale-warm-up/%s/%s@%s".formatted(voice.wanted().stack(), sale.name(), sale.opens());
    }

    static String key(Sale sale) {
        return "sale/%s@%s".formatted(sale.name(), sale.opens());
    }

    private Instant hour() {
        return voice.now().truncatedTo(ChronoUnit.HOURS);
    }
}
