package dev.yakin.slackalert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deep links into the AWS console of one region. Names come from outside: each is encoded where it stands. */
record Console(String region) {
    /** How far around the moment the log link looks. */
    private static final Duration AROUND = Duration.ofMinutes(15);

    List<Alert.Link> alarm(String name) {
        return link("link.alarm", "cloudwatch/home?region=" + region + "#alarmsV2:alarm/" + encode(name), name);
    }

    List<Alert.Link> service(String cluster, String service) {
        var path = "ecs/v2/clusters/" + encode(cluster) + "/services/" + encode(service) + "/health?region=" + region;
        return cluster.isEmpty() ? List.of() : link("link.service", path, service);
    }

    List<Alert.Link> task(String cluster, String task) {
        var path = "ecs/v2/clusters/" + encode(cluster) + "/tasks/" + encode(task) + "/configuration?region=" + region;
        return cluster.isEmpty() ? List.of() : link("link.task", path, task);
    }

    List<Alert.Link> database(String identifier) {
        var path = "rds/home?region=" + region + "#database:id=" + encode(identifier) + ";is-cluster=false";
        return link("link.database", path, identifier);
    }

    List<Alert.Link> function(String name) {
        return link("link.function", "lambda/home?region=" + region + "#/functions/" + encode(name), name);
    }

    /** A log group around a moment; the console wants names encoded twice, with {@code $} for {@code %}. */
    List<Alert.Link> logs(String group, Instant at) {
        var window = "?start=" + at.minus(AROUND).toEpochMilli() + "&end="
                + at.plus(AROUND).toEpochMilli();
        var path = "cloudwatch/home?region=" + region + "#logsV2:log-groups/log-group/"
                + encode(encode(group)).replace('%', '$') + "/log-events"
                + encode(window).replace('%', '$');
        return link("link.logs", path, group);
    }

    private List<Alert.Link> link(String key, String path, String subject) {
        if (region.isEmpty() || subject.isBlank() || subject.length() > 300) {
            return List.of();
        }
        return List.of(new Alert.Link(Text.say(key), "https://" + region + ".console.aws.amazon.com/" + path));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
