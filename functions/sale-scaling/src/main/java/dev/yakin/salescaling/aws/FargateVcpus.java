package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Surroundings.Vcpus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;

/**
 * The account's quota of Fargate vCPUs and how much of it is in use. Source: AWS Fargate, "AWS Fargate service quotas" and
 * "AWS Fargate usage metrics" (reported every five minutes).
 */
record FargateVcpus(ServiceQuotasClient quotas, CloudWatchClient metrics) {
    /** "Fargate On-Demand vCPU resource count". */
    private static final String ON_DEMAND = "L-3032A538";

    private static final Map<String, String> USAGE =
            Map.of("Service", "Fargate", "Type", "Resource", "Resource", "vCPU", "Class", "Standard/OnDemand");
    private static final Duration RECENT = Duration.ofMinutes(20);

    Found<Vcpus> look(Instant now) {
        return Ask.about(() -> {
            var quota = quotas.getServiceQuota(
                            request -> request.serviceCode("fargate").quotaCode(ON_DEMAND))
                    .quota();
            return new Vcpus(quota.value(), used(now));
        });
    }

    /** Nothing reported is nothing used. */
    private double used(Instant now) {
        var query = MetricDataQuery.builder()
                .id("used")
                .metricStat(stat -> stat.stat("Maximum")
                        .period(300)
                        .metric(metric -> metric.namespace("AWS/Usage")
                                .metricName("ResourceCount")
                                .dimensions(dimensions())))
                .build();
        return metrics
                .getMetricData(request -> request.metricDataQueries(query)
                        .startTime(now.minus(RECENT))
                        .endTime(now))
                .metricDataResults()
                .stream()
                .map(MetricDataResult::values)
                .flatMap(values -> values.isEmpty() ? Stream.empty() : Stream.of(values.getFirst()))
                .findFirst()
                .orElse(0.0);
    }

    private static List<Dimension> dimensions() {
        return USAGE.entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }
}
