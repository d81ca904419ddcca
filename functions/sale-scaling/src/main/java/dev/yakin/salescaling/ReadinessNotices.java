package dev.yakin.salescaling;

import static java.util.stream.Collectors.joining;

import dev.yakin.salescaling.Readiness.Judged;
import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What people are told about readiness. Tasks that are missing are an incident of their own; ready closes it. */
record ReadinessNotices(Voice voice) {
    /** A message shows ten facts. */
    private static final int SERVICES_SHOWN = 4;

    private static final int REASONS_SHOWN = 3;

    /** @param bad services of one sale */
    Say notReady(List<Judged> bad) {
        var sale = sale(bad);
        var draft = voice.notice(Severity.CRITICAL, State.OPEN, "not-ready/" + moment(bad), key(sale));
        draft.with(tasks(bad));
        bad.stream()
                .flatMap(one -> one.seen().reasons().stream())
                .distinct()
                .limit(REASONS_SHOWN)
                .forEach(reason -> draft.with(voice.fact("fact.cluster-says", reason)));
        return draft.with(voice.fact("fact.todo", voice.say("todo.not-ready")))
                .titled(title("not-ready", bad), "sale %s is not ready: %s".formatted(sale.name(), sentence(bad)));
    }

    /**
     * @param all services of one sale, all of them ready
     * @param news those that are news
     */
    Say ready(List<Judged> all, List<Judged> news) {
        var sale = sale(all);
        var recovery = news.stream().anyMatch(Judged::isRecovery);
        // The first good news ends the warm-up; later good news ends an incident.
        var draft = recovery
                ? voice.notice(Severity.INFO, State.RESOLVED, "recovered/" + moment(news), key(sale))
                : voice.notice(
                        Severity.INFO, State.RESOLVED, "ready/" + moment(news), FleetNotices.warmUpKey(voice, sale));
        var reason = "sale %s is ready: %s".formatted(sale.name(), sentence(all));
        draft.with(tasks(all));
        return recovery ? draft.titled(title("ready", all), reason) : draft.planned(title("ready", all), reason);
    }

    private String title(String phrase, List<Judged> services) {
        var sale = sale(services);
        var minutes = Duration.between(voice.now(), sale.opens()).toMinutes();
        var when = voice.now().isBefore(sale.opens()) ? "" : "-open";
        return voice.say(
                phrase + when + ".title",
                sale.name(),
                sum(services.stream().map(one -> one.seen().ready())),
                sum(services.stream().map(Judged::wanted)),
                String.valueOf(Math.abs(minutes)));
    }

    private List<Fact> tasks(List<Judged> services) {
        var facts = new ArrayList<Fact>();
        services.stream().limit(SERVICES_SHOWN).forEach(one -> {
            var seen = one.seen();
            facts.add(voice.fact(
                    "fact.tasks",
                    voice.say(
                            "tasks",
                            String.valueOf(seen.running()),
                            String.valueOf(seen.healthy()),
                            String.valueOf(one.wanted())),
                    seen.service()));
        });
        var left = services.size() - SERVICES_SHOWN;
        if (left > 0) {
            facts.add(voice.fact("fact.more", voice.say("more-services", String.valueOf(left))));
        }
        return facts;
    }

    /** The same news has the same id, however often a crash makes it come again. */
    private static String moment(List<Judged> services) {
        var checkpoint = services.getFirst().checkpoint();
        return "%s@%s/%s/%s"
                .formatted(checkpoint.sale().name(), checkpoint.sale().opens(), checkpoint.at(), names(services));
    }

    private static String sentence(List<Judged> services) {
        return services.stream()
                .map(one -> "%s has %d of %d tasks healthy"
                        .formatted(one.seen().service(), one.seen().ready(), one.wanted()))
                .collect(joining(", "));
    }

    private static String names(List<Judged> services) {
        return services.stream().map(one -> one.seen().service()).collect(joining(","));
    }

    private static String sum(Stream<Integer> tasks) {
        return String.valueOf(tasks.mapToInt(Integer::intValue).sum());
    }

    private static Sale sale(List<Judged> services) {
        return services.getFirst().checkpoint().sale();
    }

    private static String key(Sale sale) {
        return "readiness/%s@%s".formatted(sale.name(), sale.opens());
    }
}
