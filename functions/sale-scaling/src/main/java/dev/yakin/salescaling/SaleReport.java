package dev.yakin.salescaling;

import static dev.yakin.salescaling.Preflight.text;

import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.salescaling.Surroundings.Tasks;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Sale;
import java.util.List;

/** What a sale was like: tasks, requests, errors, response time and what it cost more than an ordinary day. */
record SaleReport(Voice voice, Demand demand, Sale sale, Found<List<Tasks>> sizes) {
    /** A message shows ten facts. */
    private static final int SERVICES_SHOWN = 4;

    Say tell(List<String> services, Traffic traffic) {
        var key = FleetNotices.key(sale);
        var draft = voice.notice(Severity.INFO, State.RESOLVED, "report/" + key, key);
        services.stream().limit(SERVICES_SHOWN).forEach(service -> draft.with(tasks(service, traffic)));
        draft.with(voice.fact("fact.requests", text(traffic.requests())))
                .with(voice.fact(
                        "fact.errors",
                        voice.say("errors.figure", text(traffic.errors()), SaleNotices.percent(traffic))))
                .with(voice.fact("fact.slow", slow(traffic)))
                .with(voice.fact("fact.cost", cost(traffic)));
        return draft.titled(
                voice.say("report.title", sale.name(), text(traffic.requests()), SaleNotices.percent(traffic)),
                "sale %s had %s requests, %s failed"
                        .formatted(sale.name(), text(traffic.requests()), text(traffic.errors())));
    }

    private Fact tasks(String service, Traffic traffic) {
        var bounds = demand.wanted(service, sale.opens());
        return voice.fact(
                "fact.tasks",
                voice.say(
                        "report.tasks",
                        text(traffic.peak(service)),
                        text(traffic.atLeast(bounds.max(), service).toMinutes()),
                        bounds.toString()),
                service);
    }

    private String slow(Traffic traffic) {
        var usual = traffic.usuallySlow().map(SaleReport::milliseconds);
        var worst = traffic.slowest().map(SaleReport::milliseconds);
        return voice.say("report.slow", usual.orElse("-"), worst.orElse("-"));
    }

    private static String milliseconds(double seconds) {
        return text(Math.round(seconds * 1_000));
    }

    /** Every task above the fewest of an ordinary day at that time. */
    private String cost(Traffic traffic) {
        return switch (sizes) {
            case Found.Is<List<Tasks>>(var tasks) -> {
                var usd = tasks.stream()
                        .mapToDouble(size -> Prices.usd(taskPeriods(size, traffic), size, traffic.period()))
                        .sum();
                yield voice.say("report.cost", text(Math.round(usd * Prices.YEN_PER_USD)));
            }
            case Found.Nothing<List<Tasks>> nothing -> voice.say("none-there");
            case Found.Unreadable<List<Tasks>> unreadable -> voice.say("preflight.unknown", unreadable.cause());
        };
    }

    private double taskPeriods(Tasks size, Traffic traffic) {
        return traffic.points().stream()
                .mapToInt(point -> Math.max(
                        0,
                        point.running(size.service())
                                - demand.everyday(size.service(), point.at()).min()))
                .sum();
    }
}
