package dev.yakin.salescaling;

import dev.yakin.salescaling.SaleAction.GiveUp;
import dev.yakin.salescaling.SaleAction.Remember;
import dev.yakin.salescaling.Surroundings.Tasks;
import java.util.List;
import java.util.stream.Stream;

/** What people are told once about a sale: before it, while it is open, and after it. */
record SaleMoments(Voice voice, Demand demand, Observed observed) {
    List<SaleAction> plan() {
        return switch (observed.told()) {
            case Found.Is<Told>(var told) ->
                observed.agenda().moments().stream()
                        .flatMap(moment -> tell(moment, told).stream())
                        .toList();
            case Found.Nothing<Told> nothing -> List.of();
            case Found.Unreadable<Told> unreadable -> List.of(giveUp("what was told", unreadable.cause()));
        };
    }

    private List<SaleAction> tell(Moment moment, Told told) {
        return moment.isPreflight()
                ? observed.surroundings()
                        .map(seen -> preflight(moment, seen, told))
                        .orElse(List.of())
                : customers(moment, told);
    }

    private List<SaleAction> preflight(Moment moment, Surroundings seen, Told told) {
        var sale = moment.sale();
        var tasks = new Preflight(demand, sale, voice.wanted().shop().poolSize(), seen.only(sale::covers));
        var checks = Stream.concat(
                        tasks.checks().stream(), new PreflightAround(tasks, voice.times(), voice).checks().stream())
                .toList();
        var badKey = PreflightNotices.key(sale);
        var say = new PreflightNotices(voice).tell(moment, checks, told.has(badKey));
        if (!PreflightNotices.isBad(checks)) {
            return OpenSale.remember(moment.key(), say);
        }
        // The moment's key is the last: until it is written down the next look does it all again.
        var bad = new Remember(badKey, say, say.reason());
        return List.of(say, bad, new Remember(moment.key(), bad, say.reason()));
    }

    private List<SaleAction> customers(Moment moment, Told told) {
        var found = observed.traffic().getOrDefault(moment, new Found.Nothing<>());
        return switch (found) {
            case Found.Is<Traffic>(var traffic) -> judge(moment, traffic, told);
            case Found.Nothing<Traffic> nothing -> List.of();
            case Found.Unreadable<Traffic> unreadable ->
                List.of(giveUp("the metrics of sale " + moment.sale().name(), unreadable.cause()));
        };
    }

    private List<SaleAction> judge(Moment moment, Traffic traffic, Told told) {
        var services = observed.agenda().services(moment);
        if (moment.kind() == Moment.Kind.OPEN) {
            var percent = voice.wanted().shop().errorsPercent();
            return new OpenSale(new SaleNotices(voice), demand, moment, services, percent).plan(traffic, told);
        }
        Found<List<Tasks>> sizes =
                observed.surroundings().map(Surroundings::tasks).orElse(new Found.Nothing<>());
        return OpenSale.remember(
                moment.key(), new SaleReport(voice, demand, moment.sale(), sizes).tell(services, traffic));
    }

    private static GiveUp giveUp(String what, String cause) {
        return new GiveUp(what, "cannot be read: " + cause);
    }
}
