package dev.yakin.salescaling;

import static java.util.stream.Collectors.joining;

import dev.yakin.salescaling.Check.Kind;
import dev.yakin.salescaling.Surroundings.Tasks;
import dev.yakin.shared.calendar.Capacity;
import dev.yakin.shared.calendar.Sale;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether the tasks of a sale can start: what it needs at its most, against what there is. What the sale needs around
 * its tasks is judged by {@link PreflightAround}.
 */
record Preflight(Demand demand, Sale sale, int pool, Surroundings seen) {
    /** Source: Elastic Load Balancing user guide, "Quotas for your Application Load Balancers" (targets per group). */
    static final int TARGETS = 1_000;

    /** Above it the database refuses connections before it is full: its own and people's need some, too. */
    private static final int CONNECTIONS_PERCENT = 80;

    /** A service with the most tasks that it may have during the sale. */
    private record Peak(Tasks tasks, int max) {
        int more() {
            return Math.max(0, max - tasks.running());
        }
    }

    List<Check> checks() {
        return Stream.<Function<List<Peak>, Check>>of(this::size, this::vcpus, this::addresses, this::connections)
                .map(check -> check.apply(peaks()))
                .toList();
    }

    /** The bounds of the sale, with everything that overlaps it. */
    Capacity bounds(String service) {
        return demand.calendar().sales().stream()
                .filter(other -> other.covers(service))
                .map(Sale::begins)
                .filter(begin -> !begin.isBefore(sale.begins()) && begin.isBefore(sale.closes()))
                .map(begin -> demand.wanted(service, begin))
                .reduce(demand.wanted(service, sale.opens()), Capacity::atLeast);
    }

    private List<Peak> peaks() {
        return switch (seen.tasks()) {
            case Found.Is<List<Tasks>>(var tasks) ->
                tasks.stream()
                        .map(one -> new Peak(one, bounds(one.service()).max()))
                        .toList();
            case Found.Nothing<List<Tasks>>() -> List.of();
            case Found.Unreadable<List<Tasks>> unreadable -> List.of();
        };
    }

    private Check size(List<Peak> peaks) {
        var tooMany = peaks.stream().filter(peak -> peak.max() > TARGETS).toList();
        var shown = peaks.stream()
                .limit(3)
                .map(peak -> peak.tasks().service() + " " + bounds(peak.tasks().service()))
                .collect(joining(", "));
        return Check.from(
                Kind.TASKS,
                seen.tasks(),
                _ -> Check.of(Kind.TASKS, tooMany.isEmpty(), List.of(shown, text(TARGETS)), List.of(text(TARGETS))));
    }

    private Check vcpus(List<Peak> peaks) {
        return Check.from(Kind.VCPUS, both(seen.vcpus()), vcpus -> {
            var ours = peaks.stream()
                    .mapToDouble(peak -> peak.tasks().running() * peak.tasks().vcpu())
                    .sum();
            var atPeak = peaks.stream()
                    .mapToDouble(peak -> peak.max() * peak.tasks().vcpu())
                    .sum();
            var others = Math.max(0, vcpus.used() - ours);
            return Check.of(
                    Kind.VCPUS,
                    others + atPeak <= vcpus.limit(),
                    List.of(text(others + atPeak), text(vcpus.limit()), text(vcpus.used())),
                    List.of(text(Math.ceil(others + atPeak)), share(peaks, (vcpus.limit() - others) / atPeak)));
        });
    }

    /** Tasks are spread evenly over the subnets, so the fullest one decides. */
    private Check addresses(List<Peak> peaks) {
        return Check.from(Kind.ADDRESSES, both(seen.freeAddresses()), free -> {
            var needed = needed(peaks);
            var worst = free.entrySet().stream()
                    .min((one, other) -> Integer.compare(
                            one.getValue() - needed.getOrDefault(one.getKey(), 0),
                            other.getValue() - needed.getOrDefault(other.getKey(), 0)));
            var isGood = worst.map(one -> one.getValue() >= needed.getOrDefault(one.getKey(), 0))
                    .orElse(false);
            var more = peaks.stream().mapToInt(Peak::more).sum();
            return Check.of(
                    Kind.ADDRESSES,
                    isGood,
                    List.of(
                            text(more),
                            text(free.values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum()),
                            worst.map(one -> one.getKey() + ": " + one.getValue())
                                    .orElse("-")),
                    List.of());
        });
    }

    private Check connections(List<Peak> peaks) {
        return Check.from(Kind.CONNECTIONS, both(seen.database()), database -> {
            var tasks = peaks.stream().mapToInt(Peak::max).sum();
            var needed = (long) tasks * pool;
            var allowed = database.maxConnections() * CONNECTIONS_PERCENT / 100;
            return Check.of(
                    Kind.CONNECTIONS,
                    needed <= allowed,
                    List.of(text(tasks), text(pool), text(needed), text(allowed), text(database.maxConnections())),
                    List.of(share(peaks, (double) allowed / Math.max(1, needed))));
        });
    }

    /** Without the tasks nobody can say, whatever else was read. */
    private <T> Found<T> both(Found<T> other) {
        return seen.tasks() instanceof Found.Unreadable<List<Tasks>>(var cause) ? new Found.Unreadable<>(cause) : other;
    }

    private static Map<String, Integer> needed(List<Peak> peaks) {
        var needed = new HashMap<String, Integer>();
        for (var peak : peaks) {
            var subnets = peak.tasks().subnets();
            subnets.forEach(subnet -> needed.merge(subnet, Math.ceilDiv(peak.more(), subnets.size()), Integer::sum));
        }
        return needed;
    }

    /** The largest max that fits, by service; all give way by the same share. */
    private static String share(List<Peak> peaks, double share) {
        return peaks.stream()
                .limit(3)
                .map(peak ->
                        peak.tasks().service() + " " + (int) Math.floor(peak.max() * Math.clamp(share, 0, 1) + 1e-9))
                .collect(joining(", "));
    }

    static String text(long number) {
        return String.valueOf(number);
    }

    static String text(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
