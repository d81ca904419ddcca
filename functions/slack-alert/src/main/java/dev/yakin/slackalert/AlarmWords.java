package dev.yakin.slackalert;

import dev.yakin.slackalert.AlarmState.Measure;
import dev.yakin.slackalert.Alert.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an alarm measured, as a person would say it: "CPU 91 % (limit 80 %) for 10 min". */
final class AlarmWords {
    // In this order: the service before the load balancer in front of it.
    private static final Map<String, String> CAUSES = causes();

    private AlarmWords() {}

    private static Map<String, String> causes() {
        var causes = new LinkedHashMap<String, String>();
        causes.put("ServiceName", "service");
        causes.put("DBInstanceIdentifier", "database");
        causes.put("DBClusterIdentifier", "database");
        causes.put("FunctionName", "function");
        causes.put("Function", "function");
        causes.put("QueueName", "queue");
        causes.put("NatGatewayId", "nat");
        causes.put("LoadBalancer", "balancer");
        return causes;
    }

    /** What the alarm is about: the service, database, function or queue; the most telling dimension. */
    static Optional<Text> subject(Measure measure) {
        var dimensions = measure.dimensions();
        var known = Stream.of(
                        "ServiceName",
                        "DBInstanceIdentifier",
                        "DBClusterIdentifier",
                        "FunctionName",
                        "Function",
                        "QueueName",
                        "NatGatewayId",
                        "TargetGroup",
                        "LoadBalancer")
                .filter(dimensions::containsKey)
                .map(dimensions::get);
        return Stream.concat(known, dimensions.values().stream())
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(AlarmWords::shortName)
                .map(Text::outside);
    }

    /** What incidents of one thread have in common; empty where the dimensions name nothing that we know. */
    static Optional<String> cause(Measure measure) {
        var dimensions = measure.dimensions();
        for (var entry : CAUSES.entrySet()) {
            var name = dimensions.getOrDefault(entry.getKey(), "");
            if (!name.isBlank()) {
                return Optional.of(entry.getValue() + "/" + shortName(name));
            }
        }
        return Optional.empty();
    }

    static Text reading(Measure measure, State state) {
        var name = measure.metric().name();
        var limit = measure.threshold().isPresent()
                ? Text.outside(measure.metric().show(measure.threshold().getAsDouble()))
                : Text.say("alarm.someLimit");
        if (measure.values().isEmpty()) {
            return withoutValue(measure, state, name, limit);
        }
        var value = Text.outside(measure.metric().show(measure.values().getLast()));
        if (measure.isBand()) {
            return Text.say(state == State.RESOLVED ? "alarm.usual" : "alarm.unusual", name, value);
        }
        var kind = measure.isFloor() ? "alarm.floor" : "alarm.limit";
        var lasting = measure.lasting();
        return state == State.OPEN && !lasting.isZero()
                ? Text.say(kind + "For", name, value, limit, new Text.Span(lasting))
                : Text.say(kind, name, value, limit);
    }

    private static Text withoutValue(Measure measure, State state, Text name, Text limit) {
        if (state == State.RESOLVED) {
            return Text.say("alarm.noValueOk", name, limit);
        }
        return measure.lasting().isZero()
                ? Text.say("alarm.noValue", name)
                : Text.say("alarm.noValueFor", name, new Text.Span(measure.lasting()));
    }

    static boolean titleSaysItAll(AlarmState alarm) {
        var isMissing =
                alarm.reason().contains("no datapoints") || alarm.reason().startsWith("Insufficient Data");
        return alarm.measure()
                .filter(measure -> isMissing || !measure.values().isEmpty())
                .isPresent();
    }

    static Text span(Instant from, Instant until) {
        return new Text.Span(from.isBefore(until) ? Duration.between(from, until) : Duration.ZERO);
    }

    static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse("");
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    // targetgroup/shop/0123456789abcdef and app/shop/0123456789abcdef are called shop.
    private static String shortName(String value) {
        var parts = value.split("/", -1);
        return parts.length == 3 ? parts[1] : value;
    }
}
