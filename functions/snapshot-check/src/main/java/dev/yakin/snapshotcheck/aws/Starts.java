package dev.yakin.snapshotcheck.aws;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/** When a database was last started, from RDS's events. */
final class Starts {
    /** Source: RDS API Reference, DescribeEvents: "events ... for the past 14 days". */
    private static final Duration KEPT = Duration.ofDays(14);

    private Starts() {}

    static Optional<Instant> last(RdsClient rds, SourceType kind, String id, String message) {
        return rds
                .describeEventsPaginator(
                        request -> request.sourceType(kind).sourceIdentifier(id).duration((int) KEPT.toMinutes()))
                .events()
                .stream()
                .filter(event -> message.equals(event.message()))
                .map(Event::date)
                .max(naturalOrder());
    }
}
