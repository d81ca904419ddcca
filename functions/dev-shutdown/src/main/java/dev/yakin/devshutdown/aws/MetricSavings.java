package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.Observed.Saved;
import dev.yakin.devshutdown.Savings;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Sums over the metrics of all looks. They are gauges, and an hour counts with their average: a look more or less changes
 * nothing. Source: CloudWatch User Guide, "Metrics retention" (hourly values are kept for 455 days).
 */
record MetricSavings(CloudWatchClient cloudWatch, String stack, String function, String pricesOf) implements Savings {
    static final String SHARE = "AsleepShare";
    static final String YEN = "SavedYenPerHour";
    private static final int HOUR = 3600;

    @Override
    public Saved since(Instant weekBegins, Instant monthBegins, Instant now) {
        return new Saved(
                sum(SHARE, weekBegins, now),
                sum(YEN, weekBegins, now),
                sum(SHARE, monthBegins, now),
                sum(YEN, monthBegins, now),
                pricesOf);
    }

    private double sum(String metric, Instant from, Instant to) {
        return cloudWatch
                .getMetricDataPaginator(
                        request -> request.startTime(from).endTime(to).metricDataQueries(query(metric)))
                .metricDataResults()
                .stream()
                .flatMap(result -> result.values().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private MetricDataQuery query(String metric) {
        return MetricDataQuery.builder()
                .id("hourly")
                .metricStat(stat -> stat.period(HOUR)
                        .stat("Average")
                        .metric(wanted -> wanted.namespace("Yakin")
                                .metricName(metric)
                                .dimensions(List.of(dimension("Stack", stack), dimension("Function", function)))))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
