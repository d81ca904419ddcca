package dev.yakin.salescaling;

import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A time of a sale at which people may have to be told something once. */
public record Moment(Kind kind, Sale sale) {
    /** What may have to be told. */
    public enum Kind {
        DAY_BEFORE,
        WARM_UP,
        OPEN,
        AFTER
    }

    private static final Duration DAY = Duration.ofHours(24);

    /** A sale without a warm-up is checked at its opening. */
    private static final Duration FIRST_LOOKS = Duration.ofMinutes(15);

    /** CloudWatch has the last minutes by then. */
    private static final Duration METRICS_SETTLE = Duration.ofMinutes(10);

    /** Looks that were missed after a sale do not cost its report. */
    private static final Duration REPORT_WITHIN = Duration.ofHours(24);

    /** All that lie at this time, by the calendar. */
    static List<Moment> at(List<Sale> sales, Instant now) {
        return sales.stream()
                .flatMap(sale -> Stream.of(Kind.values()).map(kind -> new Moment(kind, sale)))
                .filter(moment -> moment.holds(now))
                .toList();
    }

    boolean isPreflight() {
        return kind == Kind.DAY_BEFORE || kind == Kind.WARM_UP;
    }

    /** By which it is remembered. An edited sale that opens at another time is another one. */
    String key() {
        return "%s/%s@%s".formatted(kind, sale.name(), sale.opens());
    }

    /** A sale that is written into the calendar within its last day is checked at once. */
    private boolean holds(Instant now) {
        return switch (kind) {
            case DAY_BEFORE -> within(now, sale.opens().minus(DAY), sale.begins());
            case WARM_UP -> within(now, sale.begins(), earlier(checkedUntil(), sale.closes()));
            case OPEN -> within(now, sale.opens(), sale.closes());
            case AFTER ->
                within(
                        now,
                        sale.closes().plus(METRICS_SETTLE),
                        sale.closes().plus(METRICS_SETTLE).plus(REPORT_WITHIN));
        };
    }

    private Instant checkedUntil() {
        var first = sale.begins().plus(FIRST_LOOKS);
        return first.isAfter(sale.opens()) ? first : sale.opens();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean within(Instant time, Instant from, Instant until) {
        return !time.isBefore(from) && time.isBefore(until);
    }
}
