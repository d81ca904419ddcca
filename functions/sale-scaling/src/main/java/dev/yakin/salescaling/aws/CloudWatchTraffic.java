package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Traffic;
import dev.yakin.salescaling.Traffic.Point;
import dev.yakin.salescaling.TrafficReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Tasks, requests, errors and response times from CloudWatch, all in one question. Source: ECS Developer Guide, "Amazon
 * ECS CloudWatch metrics" (the SampleCount of CPUUtilization over a minute is the number of running tasks), and Elastic
 * Load Balancing, "CloudWatch metrics for your Application Load Balancer".
 *
 * @param balancer the load balancer as CloudWatch names it, {@code app/shop/50dc6c495c0c9188}
 */
record CloudWatchTraffic(CloudWatchClient metrics, ServiceNames services, String cluster, String balancer)
        implements TrafficReader {
    private static final Duration BY_THE_MINUTE = Duration.ofDays(1);
    private static final int MINUTE = 60;
    private static final int FIVE_MINUTES = 300;
    private static final String ELB = "AWS/ApplicationELB";

    @Override
    public Found<Traffic> look(List<String> names, Instant from, Instant until) {
        var period = Duration.between(from, until).compareTo(BY_THE_MINUTE) <= 0 ? MINUTE : FIVE_MINUTES;
        return Ask.about(() -> {
            var found = ask(queries(names, period), from, until);
            var times = new TreeMap<Instant, Point>();
            found.values()
                    .forEach(series -> series.keySet()
                            .forEach(at -> times.computeIfAbsent(at, _ -> point(at, names, found, period))));
            return new Traffic(Duration.ofSeconds(period), List.copyOf(times.values()));
        });
    }

    private Map<String, Map<Instant, Double>> ask(List<MetricDataQuery> queries, Instant from, Instant until) {
        var found = new HashMap<String, Map<Instant, Double>>();
        metrics.getMetricDataPaginator(request ->
                        request.metricDataQueries(queries).startTime(from).endTime(until))
                .metricDataResults()
                .forEach(result -> {
                    var series = found.computeIfAbsent(result.id(), _ -> new HashMap<>());
                    for (var i = 0; i < result.timestamps().size(); i++) {
                        series.put(result.timestamps().get(i), result.values().get(i));
                    }
                });
        return found;
    }

    private static Point point(Instant at, List<String> names, Map<String, Map<Instant, Double>> found, int period) {
        var running = new HashMap<String, Integer>();
        for (var i = 0; i < names.size(); i++) {
            var samples = value(found, "tasks" + i, at).orElse(0.0);
            running.put(names.get(i), (int) Math.round(samples * MINUTE / period));
        }
        return new Point(
                at,
                running,
                value(found, "requests", at).orElse(0.0),
                value(found, "target", at).orElse(0.0)
                        + value(found, "balancer", at).orElse(0.0),
                value(found, "slow", at));
    }

    private static Optional<Double> value(Map<String, Map<Instant, Double>> found, String id, Instant at) {
        return Optional.ofNullable(found.getOrDefault(id, Map.of()).get(at));
    }

    private List<MetricDataQuery> queries(List<String> names, int period) {
        var queries = new ArrayList<MetricDataQuery>();
        for (var i = 0; i < names.size(); i++) {
            var service = Map.of("ClusterName", cluster, "ServiceName", services.inEcs(names.get(i)));
            queries.add(query("tasks" + i, "AWS/ECS", "CPUUtilization", service, "SampleCount", period));
        }
        var whole = Map.of("LoadBalancer", balancer);
        queries.add(query("requests", ELB, "RequestCount", whole, "Sum", period));
        queries.add(query("target", ELB, "HTTPCode_Target_5XX_Count", whole, "Sum", period));
        queries.add(query("balancer", ELB, "HTTPCode_ELB_5XX_Count", whole, "Sum", period));
        queries.add(query("slow", ELB, "TargetResponseTime", whole, "p95", period));
        return queries;
    }

    private static MetricDataQuery query(
            String id, String namespace, String name, Map<String, String> dimensions, String statistic, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.stat(statistic)
                        .period(period)
                        .metric(metric -> metric.namespace(namespace)
                                .metricName(name)
                                .dimensions(dimensions.entrySet().stream()
                                        .map(entry -> Dimension.builder()
                                                .name(entry.getKey())
                                                .value(entry.getValue())
                                                .build())
                                        .toList())))
                .build();
    }
}
