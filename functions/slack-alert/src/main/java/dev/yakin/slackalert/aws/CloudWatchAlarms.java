package dev.yakin.slackalert.aws;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.AlarmsNow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Asks CloudWatch for the state of alarms. Where it can't be asked the digest says what we last heard. Source: CloudWatch
 * API Reference, "DescribeAlarms" (at most 100 names) and "GetMetricData".
 */
final class CloudWatchAlarms implements AlarmsNow {
    private static final int NAMES = 100;
    private static final Duration HISTORY = Duration.ofHours(1);

    private final Supplier<CloudWatchClient> client;
    private final Journal journal;

    CloudWatchAlarms(Supplier<CloudWatchClient> client, Journal journal) {
        this.client = client;
        this.journal = journal;
    }

    @Override
    public Map<String, Instant> over(List<String> names) {
        var over = new HashMap<String, Instant>();
        try {
            for (var from = 0; from < names.size(); from += NAMES) {
                over.putAll(over(client.get(), names.subList(from, Math.min(names.size(), from + NAMES))));
            }
        } catch (SdkException e) {
            journal.line("WARN", "alarms not looked at again", Map.of("cause", String.valueOf(e.getMessage())));
        }
        return over;
    }

    @Override
    public List<Double> lastValues(String name, Instant now) {
        try {
            var alarms = client.get()
                    .describeAlarms(request -> request.alarmNames(name))
                    .metricAlarms();
            return alarms.isEmpty() ? List.of() : lastValues(queries(alarms.getFirst()), now);
        } catch (SdkException e) {
            journal.line("WARN", "last values not read", Map.of("cause", String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private List<Double> lastValues(List<MetricDataQuery> queries, Instant now) {
        var answer = client.get()
                .getMetricData(request -> request.metricDataQueries(queries)
                        .startTime(now.minus(HISTORY))
                        .endTime(now)
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING));
        return answer.metricDataResults().stream()
                .findFirst()
                .map(MetricDataResult::values)
                .orElse(List.of());
    }

    // An alarm on one metric says it in its own fields, one on an expression in queries.
    private static List<MetricDataQuery> queries(MetricAlarm alarm) {
        if (alarm.hasMetrics() && !alarm.metrics().isEmpty()) {
            return alarm.metrics();
        }
        var statistic = alarm.extendedStatistic() == null ? alarm.statisticAsString() : alarm.extendedStatistic();
        return List.of(MetricDataQuery.builder()
                .id("alarm")
                .metricStat(stat -> stat.period(alarm.period())
                        .stat(statistic)
                        .metric(metric -> metric.namespace(alarm.namespace())
                                .metricName(alarm.metricName())
                                .dimensions(alarm.dimensions())))
                .build());
    }

    private static Map<String, Instant> over(CloudWatchClient client, List<String> names) {
        var answer = client.describeAlarms(request -> request.alarmNames(names)
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                .maxRecords(NAMES));
        var over = new HashMap<String, Instant>();
        answer.metricAlarms().stream()
                .filter(alarm -> alarm.stateValue() == StateValue.OK)
                .forEach(alarm -> over.put(alarm.alarmName(), alarm.stateUpdatedTimestamp()));
        answer.compositeAlarms().stream()
                .filter(alarm -> alarm.stateValue() == StateValue.OK)
                .forEach(alarm -> over.put(alarm.alarmName(), alarm.stateUpdatedTimestamp()));
        return over;
    }
}
