package dev.yakin.shared.calendar;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sales, past and coming, as people wrote them. Times are instants: the time zone ended at the parser. */
public record SaleCalendar(List<Sale> sales) {
    /** No sale at all. */
    public static final SaleCalendar EMPTY = new SaleCalendar(List.of());

    /** A moment at which a sale's demand on a service begins or ends. */
    public record Edge(Instant at, Sale sale, boolean begins) {}

    public SaleCalendar {
        sales = List.copyOf(sales);
    }

    /** The bounds that a service needs: of all sales that count, and of the baseline, the larger min and larger max. */
    public Capacity wanted(String service, Instant time, Capacity baseline) {
        return at(service, time).stream().map(Sale::capacity).reduce(baseline, Capacity::atLeast);
    }

    /** The sales that need capacity for the service at that time, in the order of their opening. */
    public List<Sale> at(String service, Instant time) {
        return covering(service)
                .filter(sale -> sale.needsCapacityAt(time))
                .sorted(comparing(Sale::opens))
                .toList();
    }

    /** The newest begin or end that lies at or before the time; of two at the same moment the begin. */
    public Optional<Edge> lastEdge(String service, Instant time) {
        return covering(service)
                .flatMap(sale -> Stream.of(new Edge(sale.begins(), sale, true), new Edge(sale.closes(), sale, false)))
                .filter(edge -> !edge.at().isAfter(time))
                .max(comparing(Edge::at).thenComparing(Edge::begins));
    }

    /** The next sales that are not over yet, the earliest first. */
    public List<Sale> next(Instant time, int count) {
        return sales.stream()
                .filter(sale -> sale.closes().isAfter(time))
                .sorted(comparing(Sale::begins))
                .limit(count)
                .toList();
    }

    private Stream<Sale> covering(String service) {
        return sales.stream().filter(sale -> sale.covers(service));
    }
}
