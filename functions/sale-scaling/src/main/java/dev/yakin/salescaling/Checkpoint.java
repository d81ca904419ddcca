package dev.yakin.salescaling;

import static java.util.Comparator.comparing;

import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A moment of a sale at which its tasks must be ready. Before the first, only good news is told. */
record Checkpoint(Sale sale, Kind kind) {
    enum Kind {
        WARM_UP,
        HALF_HOUR_BEFORE,
        FIVE_MINUTES_BEFORE,
        OPENING
    }

    /** The opening is judged for three looks; what breaks later in the sale is the alarms' business. */
    private static final Duration OPENING_LASTS = Duration.ofMinutes(15);

    Instant at() {
        return switch (kind) {
            case WARM_UP -> sale.begins();
            case HALF_HOUR_BEFORE -> sale.opens().minus(Duration.ofMinutes(30));
            case FIVE_MINUTES_BEFORE -> sale.opens().minus(Duration.ofMinutes(5));
            case OPENING -> sale.opens();
        };
    }

    /** Whether a fleet that is not ready is told. */
    boolean judgesAt(Instant now) {
        return switch (kind) {
            case WARM_UP -> false;
            case HALF_HOUR_BEFORE, FIVE_MINUTES_BEFORE -> true;
            case OPENING -> now.isBefore(at().plus(OPENING_LASTS));
        };
    }

    /** The newest that lies at or before the time; a short warm-up leaves out those that come before it. */
    static Optional<Checkpoint> latest(List<Sale> sales, Instant now) {
        return sales.stream()
                .flatMap(sale -> Stream.of(Kind.values()).map(kind -> new Checkpoint(sale, kind)))
                .filter(checkpoint ->
                        !checkpoint.at().isBefore(checkpoint.sale().begins()))
                .filter(checkpoint -> !checkpoint.at().isAfter(now))
                .max(comparing(Checkpoint::at).thenComparing(Checkpoint::kind));
    }
}
