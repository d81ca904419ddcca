package dev.yakin.slackalert;

import dev.yakin.slackalert.AlarmState.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The two shapes of a CloudWatch alarm. Sources: CloudWatch User Guide, "Alarm events and EventBridge" and "Notifying
 * users on alarm changes" (the SNS message); the wording of the reason is CloudWatch's own.
 */
final class AlarmShapes {
    private static final Pattern DATAPOINT = Pattern.compile(
            "(-?\\d{1,18}(?:\\.\\d{1,18})?(?:E-?\\d{1,3})?) \\((\\d\\d)/(\\d\\d)/(\\d\\d) ([\\d:]{8})\\)");

    /** An alarm sees its first data within minutes; with long periods it takes a little longer. */
    private static final Duration FIRST_LOOK = Duration.ofHours(1);

    private AlarmShapes() {}

    static Optional<AlarmState> of(Incoming incoming) {
        var json = incoming.fields();
        if (!json.text("AlarmName").isEmpty() && !json.text("NewStateValue").isEmpty()) {
            return Optional.of(fromSns(json, incoming));
        }
        var isEvent = json.text("detail-type").equals("CloudWatch Alarm State Change");
        return isEvent && !json.child("detail").text("alarmName").isEmpty()
                ? Optional.of(fromEvent(json, incoming))
                : Optional.empty();
    }

    private static AlarmState fromSns(Fields json, Incoming incoming) {
        var reason = json.text("NewStateReason");
        var at = json.time("StateChangeTime").orElse(incoming.sent());
        return new AlarmState(
                json.text("AlarmName"),
                json.text("AlarmArn"),
                json.text("AlarmDescription"),
                json.text("NewStateValue"),
                isNew(json, at),
                reason,
                at,
                Optional.empty(),
                json.has("Trigger") ? snsMeasure(json.child("Trigger"), reason) : Optional.empty());
    }

    // "When an alarm is created, its state is immediately set to INSUFFICIENT_DATA"; an update leaves the state
    // unchanged.
    private static boolean isNew(Fields json, Instant at) {
        return json.text("OldStateValue").equals("INSUFFICIENT_DATA")
                && json.text("NewStateValue").equals("OK")
                && json.time("AlarmConfigurationUpdatedTimestamp")
                        .filter(made -> Duration.between(made, at).compareTo(FIRST_LOOK) < 0)
                        .isPresent();
    }

    private static Optional<Measure> snsMeasure(Fields trigger, String reason) {
        var query = queryInUse(trigger.children("Metrics"), "ReturnData");
        var metric = query.map(AlarmShapes::snsMetric)
                .orElseGet(() -> Metric.of(trigger.text("Namespace"), trigger.text("MetricName")));
        var dimensions = new LinkedHashMap<String, String>();
        // An expression has none of its own: those of the metrics that it is made of say what it is about.
        Stream.concat(
                        Stream.of(trigger),
                        trigger.children("Metrics").stream()
                                .map(q -> q.child("MetricStat").child("Metric")))
                .flatMap(stat -> stat.children("Dimensions").stream())
                .forEach(dimension -> dimensions.putIfAbsent(dimension.text("name"), dimension.text("value")));
        var periods = trigger.number("DatapointsToAlarm")
                .orElse(trigger.number("EvaluationPeriods").orElse(0));
        var period =
                trigger.number("Period").orElse(query.map(AlarmShapes::period).orElse(0.0));
        var isFloor = trigger.text("ComparisonOperator").startsWith("LessThan");
        return Optional.of(new Measure(
                metric,
                dimensions,
                datapoints(reason),
                trigger.number("Threshold"),
                isFloor,
                !trigger.text("ThresholdMetricId").isEmpty(),
                lasting(periods * period)));
    }

    private static AlarmState fromEvent(Fields event, Incoming incoming) {
        var detail = event.child("detail");
        var state = detail.child("state");
        return new AlarmState(
                detail.text("alarmName"),
                event.texts("resources").stream().findFirst().orElse(""),
                detail.child("configuration").text("description"),
                state.text("value"),
                false, // an event does not say when the alarm was set up
                state.text("reason"),
                state.time("timestamp").orElse(incoming.sent()),
                detail.child("previousState").time("timestamp"),
                eventMeasure(detail.child("configuration"), state));
    }

    private static Optional<Measure> eventMeasure(Fields configuration, Fields state) {
        var data = Fields.parse(state.text("reasonData")).orElse(state.child("reasonData"));
        return queryInUse(configuration.children("metrics"), "returnData").map(query -> {
            var stat = query.child("metricStat").child("metric");
            var dimensions = new LinkedHashMap<String, String>();
            stat.child("dimensions")
                    .json()
                    .keySet()
                    .forEach(name ->
                            dimensions.put(name, stat.child("dimensions").text(name)));
            var metric = stat.has("name")
                    ? Metric.of(stat.text("namespace"), stat.text("name"))
                    : Metric.of("", query.text("label"));
            var values = data.numbers("recentDatapoints");
            var seconds = values.size() * data.number("period").orElse(0);
            return new Measure(
                    metric,
                    dimensions,
                    values,
                    data.number("threshold"),
                    saysLess(state.text("reason")),
                    configuration.children("metrics").stream()
                            .anyMatch(one -> one.text("expression").contains("ANOMALY_DETECTION_BAND")),
                    lasting(seconds));
        });
    }

    /** Of several metrics and expressions, the one that the alarm watches. */
    private static Optional<Fields> queryInUse(List<Fields> queries, String flag) {
        return queries.stream()
                .filter(query -> !query.text(flag).equals("false"))
                .findFirst();
    }

    private static Metric snsMetric(Fields query) {
        var metric = query.child("MetricStat").child("Metric");
        return metric.has("MetricName")
                ? Metric.of(metric.text("Namespace"), metric.text("MetricName"))
                : Metric.of("", query.text("Label"));
    }

    private static double period(Fields query) {
        return query.child("MetricStat")
                .number("Period")
                .orElse(query.number("Period").orElse(0));
    }

    private static boolean saysLess(String reason) {
        return reason.contains("less than");
    }

    /** Of a reason such as {@code 1 datapoint [91.0 (26/12/26 10:00:00)] was greater than …}; the newest last. */
    private static List<Double> datapoints(String reason) {
        return DATAPOINT
                .matcher(reason)
                .results()
                .map(found -> Map.entry(moment(found), Double.parseDouble(found.group(1))))
                .sorted(Comparator.comparing(Map.Entry<String, Double>::getKey))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String moment(MatchResult found) {
        return found.group(4) + found.group(3) + found.group(2) + found.group(5);
    }

    private static Duration lasting(double seconds) {
        return seconds > 0 && seconds < Duration.ofDays(30).toSeconds()
                ? Duration.ofSeconds((long) seconds)
                : Duration.ZERO;
    }
}
