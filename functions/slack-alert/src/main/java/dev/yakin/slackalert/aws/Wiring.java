package dev.yakin.slackalert.aws;

import dev.yakin.shared.JapaneseHolidays;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.slackalert.AlarmsNow;
import dev.yakin.slackalert.Channel;
import dev.yakin.slackalert.Desk;
import dev.yakin.slackalert.Hours;
import dev.yakin.slackalert.Ledger;
import dev.yakin.slackalert.Reading;
import dev.yakin.slackalert.Rendering;
import dev.yakin.slackalert.Trouble;
import dev.yakin.slackalert.slack.SlackChannel;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the desk of the settings. What is rarely needed gets its client only then: each costs cold start. */
record Wiring(Settings settings, Journal journal) {
    private static final Map<String, DayOfWeek> DAYS = Arrays.stream(DayOfWeek.values())
            .collect(Collectors.toUnmodifiableMap(day -> day.name().substring(0, 3), day -> day));

    Desk desk() {
        return desk(channel(), ledger(), trouble(), alarms());
    }

    Desk desk(Channel channel, Ledger ledger, Trouble trouble, AlarmsNow alarms) {
        return new Desk(
                reading(),
                rendering(),
                channel,
                ledger,
                hours(),
                settings.integer("ONCALL_MONTHLY_PAGES", 0, 31),
                trouble,
                alarms,
                journal);
    }

    Reading reading() {
        return new Reading(Optional.of(settings.text("SERVICE_LOG_GROUP", "")).filter(group -> !group.isEmpty()));
    }

    Rendering rendering() {
        return new Rendering(
                settings.text("ALERT_LANGUAGE", "ja"),
                settings.zone("TIME_ZONE"),
                settings.text("STAGE"),
                settings.text("STACK_NAME"));
    }

    Hours hours() {
        var holidays = JapaneseHolidays.published();
        return new Hours(
                settings.zone("TIME_ZONE"), time("STAFFED_START"), time("STAFFED_END"), days(), holidays::isHoliday);
    }

    private LocalTime time(String name) {
        try {
            return LocalTime.parse(settings.text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "environment variable %s is '%s', need a time such as 09:00".formatted(name, settings.text(name)),
                    e);
        }
    }

    private Set<DayOfWeek> days() {
        return settings.list("STAFFED_DAYS").stream()
                .map(day -> Optional.ofNullable(DAYS.get(day))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "environment variable STAFFED_DAYS names '%s', need MON,TUE,WED,THU,FRI,SAT,SUN"
                                        .formatted(day))))
                .collect(Collectors.toUnmodifiableSet());
    }

    // Reading the secret loads the classes of HTTP and TLS, too: the first post finds them there.
    private Channel channel() {
        var vault = new SecretsManagerVault(
                Clients.create(SecretsManagerClient.builder()), settings.text("SLACK_SECRET_ARN"));
        return new SlackChannel(settings.text("SLACK_API_URL", "https://slack.com/api"), vault, journal);
    }

    private Ledger ledger() {
        var ledger = new DynamoLedger(Clients.create(DynamoDbClient.builder()), settings.text("LEDGER_TABLE"));
        Clients.prime(
                journal,
                () -> ledger.client()
                        .getItem(request -> request.tableName(ledger.table())
                                .key(Map.of(
                                        "kind",
                                                software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(
                                                        "shift"),
                                        "key",
                                                software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(
                                                        "start")))));
        return ledger;
    }

    private Trouble trouble() {
        return new SecondPath(
                () -> Clients.create(SnsClient.builder()),
                () -> Clients.create(SqsClient.builder()),
                settings.text("CRITICAL_TOPIC_ARN", ""),
                settings.text("DEAD_LETTERS_URL", ""),
                settings.text("STACK_NAME"),
                journal);
    }

    private AlarmsNow alarms() {
        return new CloudWatchAlarms(() -> Clients.create(CloudWatchClient.builder()), journal);
    }

    Queue queue() {
        var url = settings.text("SLACK_QUEUE_URL", "");
        return url.isEmpty() ? outcomes -> {} : new SqsQueue(() -> Clients.create(SqsClient.builder()), url, journal);
    }
}
