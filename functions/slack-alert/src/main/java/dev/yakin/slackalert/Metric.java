package dev.yakin.slackalert;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/**
 * A metric in words: what a person calls it, and in which unit its numbers are. Unknown ones keep their own name.
 * Sources: CloudWatch metrics pages of Amazon ECS, RDS, Elastic Load Balancing, Lambda, SQS and NAT gateways.
 */
record Metric(Text name, Unit unit) {
    enum Unit {
        PERCENT,
        BYTES,
        SECONDS,
        MILLISECONDS,
        COUNT
    }

    private static final Map<String, Metric> KNOWN = Map.ofEntries(
            known("AWS/ECS CPUUtilization", "metric.cpu", Unit.PERCENT),
            known("AWS/ECS MemoryUtilization", "metric.memory", Unit.PERCENT),
            known("ECS/ContainerInsights RunningTaskCount", "metric.runningTasks", Unit.COUNT),
            known("AWS/RDS CPUUtilization", "metric.databaseCpu", Unit.PERCENT),
            known("AWS/RDS DatabaseConnections", "metric.databaseConnections", Unit.COUNT),
            known("AWS/RDS FreeStorageSpace", "metric.databaseStorage", Unit.BYTES),
            known("AWS/RDS FreeableMemory", "metric.databaseMemory", Unit.BYTES),
            known("AWS/RDS CPUCreditBalance", "metric.cpuCredits", Unit.COUNT),
            known("AWS/RDS ReadLatency", "metric.readLatency", Unit.SECONDS),
            known("AWS/RDS WriteLatency", "metric.writeLatency", Unit.SECONDS),
            known("AWS/ApplicationELB HTTPCode_Target_5XX_Count", "metric.applicationErrors", Unit.COUNT),
            known("AWS/ApplicationELB HTTPCode_ELB_5XX_Count", "metric.balancerErrors", Unit.COUNT),
            known("AWS/ApplicationELB HTTPCode_Target_4XX_Count", "metric.clientErrors", Unit.COUNT),
            known("AWS/ApplicationELB TargetResponseTime", "metric.responseTime", Unit.SECONDS),
            known("AWS/ApplicationELB UnHealthyHostCount", "metric.unhealthyTargets", Unit.COUNT),
            known("AWS/ApplicationELB HealthyHostCount", "metric.healthyTargets", Unit.COUNT),
            known("AWS/ApplicationELB RequestCount", "metric.requests", Unit.COUNT),
            known("AWS/Lambda Errors", "metric.functionErrors", Unit.COUNT),
            known("AWS/Lambda Throttles", "metric.functionThrottles", Unit.COUNT),
            known("AWS/Lambda Duration", "metric.functionDuration", Unit.MILLISECONDS),
            known("AWS/SQS ApproximateNumberOfMessagesVisible", "metric.queueDepth", Unit.COUNT),
            known("AWS/SQS ApproximateAgeOfOldestMessage", "metric.queueAge", Unit.SECONDS),
            known("AWS/NATGateway ErrorPortAllocation", "metric.natPorts", Unit.COUNT),
            known("Yakin Heartbeat", "metric.heartbeat", Unit.COUNT));

    static Metric of(String namespace, String name) {
        var known = KNOWN.get(namespace + " " + name);
        if (known != null) {
            return known;
        }
        var unit = name.contains("%") || name.toLowerCase(Locale.ROOT).contains("percent") ? Unit.PERCENT : Unit.COUNT;
        return new Metric(Text.outside(name), unit);
    }

    /** A number with its unit, short enough to be read half asleep. */
    String show(double value) {
        return switch (unit) {
            case PERCENT -> plain(value) + " %";
            case BYTES -> bytes(value);
            case SECONDS -> value < 1 ? plain(value * 1000) + " ms" : plain(value) + " s";
            case MILLISECONDS -> value < 1000 ? plain(value) + " ms" : plain(value / 1000) + " s";
            case COUNT -> plain(value);
        };
    }

    private static Map.Entry<String, Metric> known(String metric, String key, Unit unit) {
        return entry(metric, new Metric(Text.say(key), unit));
    }

    private static String bytes(double value) {
        var gigabytes = value / (1L << 30);
        return Math.abs(gigabytes) >= 1 ? plain(gigabytes) + " GB" : plain(value / (1L << 20)) + " MB";
    }

    /** One decimal at most; two digits that count below one. */
    static String plain(double value) {
        var magnitude = Math.abs(value);
        if (magnitude >= 1e12 || (magnitude > 0 && magnitude < 0.001)) {
            return Double.toString(value);
        }
        var places = magnitude < 1 ? 1000.0 : 10.0;
        var rounded = Math.round(value * places) / places;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
