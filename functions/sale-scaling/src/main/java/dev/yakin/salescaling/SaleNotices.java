package dev.yakin.salescaling;

import static dev.yakin.salescaling.Preflight.text;
import static java.util.stream.Collectors.joining;

import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Sale;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What people are told while a sale is open. Each warning is an incident of its own, and names the lever. */
record SaleNotices(Voice voice) {
    Say atMax(Sale sale, String service, Capacity bounds) {
        return voice.notice(Severity.WARNING, State.OPEN, id("at-max/" + service, sale), key("at-max/" + service, sale))
                .with(voice.fact("fact.tasks", bounds.toString(), service))
                .with(voice.fact("fact.lever", lever(bounds)))
                .with(voice.fact("fact.parameter", voice.wanted().parameter()))
                .titled(
                        voice.say("at-max.title", sale.name(), service, text(bounds.max())),
                        "%s runs at its max of %d for ten minutes".formatted(service, bounds.max()));
    }

    Say belowMax(Sale sale, String service, Capacity bounds) {
        return voice.notice(
                        Severity.INFO, State.RESOLVED, id("below-max/" + service, sale), key("at-max/" + service, sale))
                .with(voice.fact("fact.tasks", bounds.toString(), service))
                .titled(
                        voice.say("below-max.title", sale.name(), service, text(bounds.max())),
                        "%s runs below its max of %d again".formatted(service, bounds.max()));
    }

    /** @param bounds of each service, for example {@code app 6..20} */
    Say errors(Sale sale, Traffic traffic, int limit, List<String> bounds) {
        return voice.notice(Severity.WARNING, State.OPEN, id("errors", sale), key("errors", sale))
                .with(voice.fact("fact.requests", text(traffic.requests())))
                .with(voice.fact("fact.errors", errors(traffic)))
                .with(voice.fact("fact.bounds", bounds.stream().limit(3).collect(joining(", "))))
                .with(voice.fact("fact.lever", voice.say("lever.errors")))
                .with(voice.fact("fact.parameter", voice.wanted().parameter()))
                .titled(
                        voice.say("errors.title", sale.name(), percent(traffic), text(limit)),
                        "%s percent of the requests of sale %s fail".formatted(percent(traffic), sale.name()));
    }

    Say fewErrors(Sale sale, Traffic traffic) {
        return voice.notice(Severity.INFO, State.RESOLVED, id("few-errors", sale), key("errors", sale))
                .with(voice.fact("fact.errors", errors(traffic)))
                .titled(
                        voice.say("few-errors.title", sale.name(), percent(traffic)),
                        "the errors of sale %s are over".formatted(sale.name()));
    }

    private String lever(Capacity bounds) {
        return voice.say("lever.max", text(bounds.max()), text(bounds.max() + (bounds.max() + 1) / 2));
    }

    private String errors(Traffic traffic) {
        return voice.say("errors.figure", text(traffic.errors()), percent(traffic));
    }

    static String percent(Traffic traffic) {
        return String.format(Locale.ROOT, "%.1f", traffic.errorPercent());
    }

    /** What comes back an hour later is told anew. */
    private String id(String what, Sale sale) {
        return key(what, sale) + "/" + voice.now().truncatedTo(ChronoUnit.HOURS);
    }

    private static String key(String what, Sale sale) {
        return "%s/%s@%s".formatted(what, sale.name(), sale.opens());
    }
}
