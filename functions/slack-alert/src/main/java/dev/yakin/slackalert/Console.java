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

    List<Alert.Link> database(String identifier, boolean isCluster) {
        var path = "rds/home?region=" + region + "#database:id=" + encode(identifier) + ";is-cluster=" + isCluster;
        return link("link.database", path, identifier);
    }

    List<Alert.Link> function(String name) {
        return link("link.function", "lambda/home?region=" + region + "#/functions/" + encode(name), name);
    }

    List<Alert.Link> finding(String id) {
        return link("link.finding", "guardduty/home?region=" + region + "#/findings?search=id%3D" + encode(id), id);
    }

    List<Alert.Link> securityHub() {
        return link("link.finding", "securityhub/home?region=" + region + "#/findings", "findings");
    }

    List<Alert.Link> images(String account, String repository) {
        var path = "ecr/repositories/private/" + account + "/" + encode(repository) + "?region=" + region;
        return account.isEmpty() ? List.of() : link("link.images", path, repository);
    }

    List<Alert.Link> backups() {
        return link("link.backups", "backup/home?region=" + region + "#/jobs/backup", "jobs");
    }

    List<Alert.Link> pipeline(String name) {
        var path = "codesuite/codepipeline/pipelines/" + encode(name) + "/view?region=" + region;
        return link("link.pipeline", path, name);
    }

    List<Alert.Link> stack(String arn) {
        var path = "cloudformation/home?region=" + region + "#/stacks/events?stackId=" + encode(arn);
        return link("link.stack", path, arn);
    }

    List<Alert.Link> secret(String name) {
        // The console knows a secret by its name; the ARN ends in six characters more.
        var plain = name.replaceFirst("-[A-Za-z0-9]{6}$", "");
        return link("link.secret", "secretsmanager/secret?name=" + encode(plain) + "&region=" + region, plain);
    }

    /** Pages of AWS that belong to no region. */
    static List<Alert.Link> health() {
        return given("link.health", "https://health.aws.amazon.com/health/home#/account/event-log");
    }

    static List<Alert.Link> budgets() {
        return given("link.budgets", "https://console.aws.amazon.com/costmanagement/home#/budgets");
    }

    /** An address that came with the message; whether it may be linked is seen where it is written. */
    static List<Alert.Link> given(String key, String url) {
        return url.isBlank() ? List.of() : List.of(new Alert.Link(Text.say(key), url));
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
