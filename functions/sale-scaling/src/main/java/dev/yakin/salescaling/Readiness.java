package dev.yakin.salescaling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.yakin.salescaling.SaleAction.GiveUp;
import dev.yakin.salescaling.SaleAction.RememberSaid;
import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.salescaling.ServiceHealth.Seen;
import dev.yakin.salescaling.ServiceHealth.Unseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the tasks that a sale needs are running and healthy. Not ready is told once at each checkpoint; ready is told
 * once, and again after bad news. A service whose bounds this very look has to change is judged by the next one.
 */
record Readiness(Voice voice, Demand demand, Set<String> changing) {
    Readiness {
        changing = Set.copyOf(changing);
    }

    /** A service at its newest checkpoint. {@code wanted} is the min of now, in tasks. */
    record Judged(Seen seen, Checkpoint checkpoint, int wanted) {
        boolean isReady() {
            return seen.ready() >= wanted;
        }

        /** What was said at this sale; what was said at an earlier one is no news. */
        private Optional<Said> said() {
            return seen.said()
                    .filter(said ->
                            !said.checkpoint().isBefore(checkpoint.sale().begins()));
        }

        private boolean isGoodNews() {
            return isReady() && !said().map(Said::ready).orElse(false);
        }

        private boolean isBadNews() {
            return !isReady()
                    && said().map(said -> said.checkpoint().isBefore(checkpoint.at()))
                            .orElse(true);
        }

        boolean isRecovery() {
            return said().map(said -> !said.ready()).orElse(false);
        }
    }

    List<SaleAction> plan(List<ServiceHealth> health) {
        var judged = health.stream().flatMap(this::judge).toList();
        var bySale = judged.stream().collect(groupingBy(one -> one.checkpoint().sale(), LinkedHashMap::new, toList()));
        var plan = new ArrayList<SaleAction>();
        bySale.values().forEach(services -> plan.addAll(tell(services)));
        health.stream()
                .filter(Unseen.class::isInstance)
                .map(Unseen.class::cast)
                .forEach(unseen ->
                        plan.add(new GiveUp(unseen.service(), "its tasks cannot be judged: " + unseen.cause())));
        return plan;
    }

    private Stream<Judged> judge(ServiceHealth health) {
        if (!(health instanceof Seen seen)) {
            return Stream.empty();
        }
        var wanted = demand.wanted(seen.service(), voice.now());
        return Checkpoint.latest(demand.calendar().at(seen.service(), voice.now()), voice.now()).stream()
                .map(checkpoint -> new Judged(seen, checkpoint, wanted.min()));
    }

    private List<SaleAction> tell(List<Judged> services) {
        var notices = new ReadinessNotices(voice);
        var bad = services.stream()
                .filter(Judged::isBadNews)
                .filter(one -> one.checkpoint().judgesAt(voice.now()))
                .filter(one -> !changing.contains(one.seen().service()))
                .toList();
        if (!bad.isEmpty()) {
            return remember(notices.notReady(bad), bad);
        }
        var good = services.stream().filter(Judged::isGoodNews).toList();
        var all = services.stream().allMatch(Judged::isReady);
        return all && !good.isEmpty() ? remember(notices.ready(services, good), good) : List.of();
    }

    private static List<SaleAction> remember(Say say, List<Judged> told) {
        var plan = new ArrayList<SaleAction>(List.of(say));
        told.forEach(one -> plan.add(new RememberSaid(
                one.seen().service(), new Said(one.checkpoint().at(), one.isReady()), say, say.reason())));
        return plan;
    }
}
