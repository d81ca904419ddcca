"""Topics, the queue to Slack, event rules, and the alarms as one table."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

CRITICAL, WARNING = "<CriticalAlertsTopic>", "<WarningAlertsTopic>"
TOPICS = [CRITICAL, WARNING, "<NoticesTopic>"]
RATE = "IF(all > 0, 100 * (FILL(target, 0) + FILL(elb, 0)) / all, 0)"

APP_RATE = "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)"

HEALTHY, UNHEALTHY = "AWS/ApplicationELB HealthyHostCount", "AWS/ApplicationELB UnHealthyHostCount"
DEPTH, AGE = "AWS/SQS ApproximateNumberOfMessagesVisible", "AWS/SQS ApproximateAgeOfOldestMessage"
QUIET = "notBreaching"

# alarm: metric, statistic, period, evaluation periods, comparison, threshold, missing data, topic
ALARMS = {
    "AlbErrorsCriticalAlarm": (RATE, None, None, 5, ">", 5, QUIET, CRITICAL),
    "AlbErrorsWarningAlarm": (RATE, None, None, 5, ">", 3, QUIET, WARNING),
    "AlbNoHealthyTargetAlarm": (HEALTHY, "Minimum", 60, 2, "<", 1, "breaching", CRITICAL),
    "AlbUnhealthyTargetsAlarm": (UNHEALTHY, "Maximum", 60, 3, ">", 0, QUIET, WARNING),
    "EcsErrorRateAlarm": (APP_RATE, None, None, 3, ">", 1, QUIET, WARNING),
    "EcsCpuAlarm": ("AWS/ECS CPUUtilization", "Average", 300, 2, ">", 80, QUIET, WARNING),
    "EcsMemoryAlarm": ("AWS/ECS MemoryUtilization", "Average", 300, 2, ">", 80, QUIET, WARNING),
    "DatabaseConnectionsAlarm": ("AWS/RDS DatabaseConnections", "Average", 300, 1, ">", 150, QUIET, WARNING),
    "DatabaseCpuAlarm": ("AWS/RDS CPUUtilization", "Average", 300, 2, ">", 80, QUIET, WARNING),
    "DatabaseStorageAlarm": ("AWS/RDS FreeStorageSpace", "Minimum", 300, 1, "<", 4 * 2**30, QUIET, CRITICAL),
    "SaleScalingErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, WARNING),
    "SaleScalingHeartbeatAlarm": ("Yakin Heartbeat", "Sum", 300, 3, "<", 1, "breaching", CRITICAL),
    "SaleScalingDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, CRITICAL),
    "SlackAlertErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, CRITICAL),
    "SlackAlertHeartbeatAlarm": ("Yakin Heartbeat", "Sum", 300, 3, "<", 1, "breaching", CRITICAL),
    "SlackAlertRefusedAlarm": ("Yakin SlackRefused", "Sum", 300, 1, ">", 0, QUIET, CRITICAL),
    "SlackAlertQueueAgeAlarm": (AGE, "Maximum", 300, 1, ">", 1800, QUIET, CRITICAL),
    "SlackAlertWaitingAlarm": ("Yakin SlackWaiting", "Maximum", 300, 1, ">", 1800, QUIET, CRITICAL),
    "SlackAlertDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, CRITICAL),
    "SnapshotCheckErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, WARNING),
    "SnapshotCheckHeartbeatAlarm": ("Yakin Heartbeat", "Sum", 3600, 3, "<", 1, "breaching", CRITICAL),
    "SnapshotCheckDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, CRITICAL),
    "RestoreDrillErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, WARNING),
    "RestoreDrillHeartbeatAlarm": ("Yakin Heartbeat", "Sum", 3600, 3, "<", 1, "breaching", WARNING),
    "RestoreDrillDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, WARNING),
    "SecretRotationErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, WARNING),
    "SecretRotationAgeAlarm": ("Yakin PasswordAgeDays", "Maximum", 3600, 1, ">", 34, QUIET, WARNING),
    "SecretRotationDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, WARNING),
    "SecretAdoptionErrorsAlarm": ("AWS/Lambda Errors", "Sum", 300, 1, ">", 0, QUIET, WARNING),
    "SecretAdoptionHeartbeatAlarm": ("Yakin Heartbeat", "Sum", 300, 3, "<", 1, "breaching", WARNING),
    "SecretAdoptionDeadLettersAlarm": (DEPTH, "Maximum", 300, 1, ">", 0, QUIET, CRITICAL),
}  # fmt: skip

DIMENSIONS = {
    "AlbNoHealthyTargetAlarm": {
        "LoadBalancer": "<AlbLoadBalancer.LoadBalancerFullName>",
        "TargetGroup": "<AlbTargetGroup.TargetGroupFullName>",
    },
    "AlbUnhealthyTargetsAlarm": {
        "LoadBalancer": "<AlbLoadBalancer.LoadBalancerFullName>",
        "TargetGroup": "<AlbTargetGroup.TargetGroupFullName>",
    },
    "EcsCpuAlarm": {"ClusterName": "<EcsCluster>", "ServiceName": "<EcsService.Name>"},
    "EcsMemoryAlarm": {"ClusterName": "<EcsCluster>", "ServiceName": "<EcsService.Name>"},
    "DatabaseConnectionsAlarm": {"DBInstanceIdentifier": "<DatabaseInstance>"},
    "DatabaseCpuAlarm": {"DBInstanceIdentifier": "<DatabaseInstance>"},
    "DatabaseStorageAlarm": {"DBInstanceIdentifier": "<DatabaseInstance>"},
    "SaleScalingErrorsAlarm": {"FunctionName": "<SaleScalingFunction>"},
    "SaleScalingHeartbeatAlarm": {"Stack": "shop", "Function": "sale-scaling"},
    "SaleScalingDeadLettersAlarm": {"QueueName": "<SaleScalingDeadLetters.QueueName>"},
    "SlackAlertErrorsAlarm": {"FunctionName": "<SlackAlertFunction>"},
    "SlackAlertHeartbeatAlarm": {"Stack": "shop", "Function": "slack-alert"},
    "SlackAlertRefusedAlarm": {"Stack": "shop", "Function": "slack-alert"},
    "SlackAlertQueueAgeAlarm": {"QueueName": "<SlackAlertQueue.QueueName>"},
    "SlackAlertWaitingAlarm": {"Stack": "shop", "Function": "slack-alert"},
    "SlackAlertDeadLettersAlarm": {"QueueName": "<SlackAlertDeadLetters.QueueName>"},
    "SnapshotCheckErrorsAlarm": {"FunctionName": "<SnapshotCheckFunction>"},
    "SnapshotCheckHeartbeatAlarm": {"Stack": "shop", "Function": "snapshot-check"},
    "SnapshotCheckDeadLettersAlarm": {"QueueName": "<SnapshotCheckDeadLetters.QueueName>"},
    "RestoreDrillErrorsAlarm": {"FunctionName": "<RestoreDrillFunction>"},
    "RestoreDrillHeartbeatAlarm": {"Stack": "shop", "Function": "restore-drill"},
    "RestoreDrillDeadLettersAlarm": {"QueueName": "<RestoreDrillDeadLetters.QueueName>"},
    "SecretRotationErrorsAlarm": {"FunctionName": "<SecretRotationFunction>"},
    "SecretRotationAgeAlarm": {"Stack": "shop", "Function": "secret-adoption"},
    "SecretRotationDeadLettersAlarm": {"QueueName": "<SecretRotationDeadLetters.QueueName>"},
    "SecretAdoptionErrorsAlarm": {"FunctionName": "<SecretAdoptionFunction>"},
    "SecretAdoptionHeartbeatAlarm": {"Stack": "shop", "Function": "secret-adoption"},
    "SecretAdoptionDeadLettersAlarm": {"QueueName": "<SecretAdoptionDeadLetters.QueueName>"},
}
COMPARISONS = {"GreaterThanThreshold": ">", "LessThanThreshold": "<"}


@rule
def alarms_are_those_of_the_table(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    found = {alarm.id: alarm.properties for alarm in stack.of_type("AWS::CloudWatch::Alarm")}
    yield from (f"{name} is not in the table of alarms" for name in found.keys() - ALARMS.keys())
    for name, row in ALARMS.items():
        alarm = found.get(name, {})
        metric = f"{alarm.get('Namespace')} {alarm.get('MetricName')}" if "MetricName" in alarm else _rate(alarm)
        present = (
            metric,
            alarm.get("Statistic"),
            alarm.get("Period"),
            alarm.get("EvaluationPeriods"),
            COMPARISONS.get(alarm.get("ComparisonOperator", "")),
            int(alarm.get("Threshold", -1)),
            alarm.get("TreatMissingData"),
            *alarm.get("AlarmActions", []),
        )
        if present != row:
            yield f"{name} is {present}, not {row}"
        dimensions = {entry["Name"]: entry["Value"] for entry in alarm.get("Dimensions", [])}
        yield from differences(dict(DIMENSIONS.get(name, {})), dimensions, name)


@rule
def alarms_say_when_they_are_over_and_what_they_mean(template: Template) -> Iterator[Finding]:
    for alarm in template.stack(PROD).of_type("AWS::CloudWatch::Alarm"):
        if alarm.properties.get("OKActions") != alarm.properties.get("AlarmActions"):
            yield f"{alarm.id} does not tell the same topic when it is over"
        if len(alarm.properties.get("AlarmDescription", "")) < 20:
            yield f"{alarm.id} does not say what it means"


@rule
def alarm_on_no_healthy_target_spares_dev(template: Template) -> Iterator[Finding]:
    if template.stack(DEV)["AlbNoHealthyTargetAlarm"]:
        yield "dev has no tasks at night: the alarm would ring every evening"
    if not template.stack(ALL["staging"])["AlbNoHealthyTargetAlarm"]:
        yield "staging is not watched"


@rule
def both_target_groups_are_watched_when_traffic_shifts(template: Template) -> Iterator[Finding]:
    stack = template.stack(ALL["prod canary"])
    if stack["AlbNoHealthyTargetAlarm"]:
        yield "the alarm on one target group would ring when the other has its turn"
    either = stack["AlbNoHealthyTargetInEitherAlarm"]
    wanted = {"EvaluationPeriods": 2, "Threshold": 1, "TreatMissingData": "breaching", "AlarmActions": [CRITICAL]}
    yield from differences(wanted, either, "AlbNoHealthyTargetInEitherAlarm")
    metrics = [query["MetricStat"] for query in either.get("Metrics", []) if "MetricStat" in query]
    groups = {
        dimension["Value"] for metric in metrics for dimension in metric["Metric"]["Dimensions"]
        if dimension["Name"] == "TargetGroup" and metric["Metric"]["MetricName"] == "HealthyHostCount"
    }  # fmt: skip
    both = {f"<Alb{which}TargetGroup.TargetGroupFullName>" for which in ("", "Alternate")}
    if groups != both or _rate(either) != "FILL(one, 0) + FILL(other, 0)":
        yield f"AlbNoHealthyTargetInEitherAlarm watches {sorted(groups)} by {_rate(either)}"
    twin, other = stack["AlbUnhealthyTargetsAlarm"], stack["AlbUnhealthyAlternateTargetsAlarm"]
    same = ("MetricName", "Statistic", "Period", "EvaluationPeriods", "Threshold", "TreatMissingData", "AlarmActions")
    yield from differences({key: twin[key] for key in same}, other, "AlbUnhealthyAlternateTargetsAlarm")
    if template.stack(ALL["dev linear"])["AlbNoHealthyTargetInEitherAlarm"]:
        yield "dev has no tasks at night"


@rule
def error_lines_become_the_metric_of_their_alarm(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    lines, (made, *more) = stack["EcsErrorLines"], stack["EcsErrorLines"]["MetricTransformations"]
    yield from differences({"LogGroupName": "<EcsLogGroup>", "FilterPattern": "?ERROR ?FATAL"}, lines, "EcsErrorLines")
    queries = {query["Id"]: query.get("MetricStat", {}) for query in stack["EcsErrorRateAlarm"].get("Metrics", [])}
    read = queries.get("errors", {}).get("Metric", {})
    wanted = {
        "Namespace": made["MetricNamespace"],
        "MetricName": made["MetricName"],
        "Dimensions": made.get("Dimensions"),
    }
    yield from differences(wanted, read, "EcsErrorRateAlarm")
    if more or "<AlbLoadBalancer" not in str(queries.get("requests")):
        yield "EcsErrorRateAlarm does not divide by the load balancer's requests"


@rule
def error_rate_counts_the_load_balancers_own_errors(template: Template) -> Iterator[Finding]:
    for name in ("AlbErrorsCriticalAlarm", "AlbErrorsWarningAlarm"):
        queries = {query["Id"]: query for query in template.stack(PROD)[name].get("Metrics", [])}
        for query, metric in (
            ("requests", "RequestCount"),
            ("target", "HTTPCode_Target_5XX_Count"),
            ("elb", "HTTPCode_ELB_5XX_Count"),
        ):
            stat = queries.get(query, {}).get("MetricStat", {})
            wanted = {"Stat": "Sum", "Period": 60}
            yield from differences(wanted, stat, f"{name}.{query}")
            wanted = {"MetricName": metric, "Namespace": "AWS/ApplicationELB"}
            yield from differences(wanted, stat.get("Metric", {}), f"{name}.{query}")
        for requests, target, elb, percent in ((0, 0, 0, 0), (100, 4, 0, 4), (94, 0, 6, 6), (0, 0, 8, 100)):
            found = error_rate(queries, requests, target, elb)
            if found != percent:
                yield f"{name}: {target} + {elb} errors in {requests} requests are {found} %, not {percent} %"


def error_rate(queries: dict[str, dict], requests: float, target: float, elb: float) -> float:
    """The alarm's metric math for one minute. Only what it uses: FILL, IF and arithmetic."""
    functions = {"FILL": lambda series, value: series, "IF": lambda test, yes, no: yes() if test else no()}
    known: dict[str, object] = {"requests": requests, "target": target, "elb": elb, **functions}
    known["all"] = eval(queries["all"]["Expression"], {"__builtins__": {}}, known)
    # IF must not evaluate the branch that it does not take: it divides by zero there, which CloudWatch forgives.
    expression = (
        queries["rate"]["Expression"].replace(", 100 *", ", lambda: 100 *").replace("all, 0)", "all, lambda: 0)")
    )
    return eval(expression, known)


@rule
def critical_alarms_have_a_second_path(template: Template) -> Iterator[Finding]:
    wanted = {"TopicArn": CRITICAL, "Protocol": "email", "Endpoint": "oncall@example.com"}
    yield from differences(wanted, template.stack(PROD)["CriticalAlertsEmail"], "CriticalAlertsEmail")
    if template.stack(DEV)["CriticalAlertsEmail"]:
        yield "there is an e-mail subscription without an address"


@rule
def every_topic_reaches_the_queue(template: Template) -> Iterator[Finding]:
    stack = template.stack(DEV)
    subscribed = []
    for subscription in stack.of_type("AWS::SNS::Subscription"):
        subscribed.append(subscription.properties["TopicArn"])
        wanted = {
            "Protocol": "sqs",
            "Endpoint": "<SlackAlertQueue.Arn>",
            "RedrivePolicy": {"deadLetterTargetArn": "<SlackAlertDeadLetters.Arn>"},
        }
        yield from differences(wanted, subscription.properties, subscription.id)
        if subscription.properties.get("RawMessageDelivery"):
            yield f"{subscription.id} delivers raw: the topic, and so the severity, would be lost"
    if sorted(subscribed) != sorted(TOPICS):
        yield f"the queue hears of {', '.join(subscribed)}"


@rule
def queue_policies_let_in_exactly_the_sources(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    rules = [
        f"<{found.id}.Arn>"
        for found in stack.of_type("AWS::Events::Rule")
        if found.properties["Targets"][0]["Arn"] == "<SlackAlertQueue.Arn>"
    ]
    wanted = {("sns.amazonaws.com", tuple(sorted(TOPICS))), ("events.amazonaws.com", tuple(sorted(rules)))}
    for queue in ("SlackAlertQueue", "SlackAlertDeadLetters"):
        found = _sources(stack, f"{queue}Policy", queue)
        yield from (f"{queue}Policy lets in {source}" for source in found - wanted)
        yield from (f"{queue}Policy does not let in {source}" for source in wanted - found)
    found = _sources(stack, "SaleScalingDeadLettersPolicy", "SaleScalingDeadLetters")
    if found != {("events.amazonaws.com", ("<SaleScalingFunctionCalendarChange.Arn>",))}:
        yield f"SaleScalingDeadLettersPolicy lets in {found}"


@rule
def queues_keep_and_redrive(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    timeout = stack["SlackAlertFunction"].get("Timeout", 3)
    queue = stack["SlackAlertQueue"]
    if queue.get("VisibilityTimeout", 30) < 6 * timeout:
        yield f"SlackAlertQueue shows a message again after {queue.get('VisibilityTimeout')} s, less than 6 x {timeout}"
    wanted = {"deadLetterTargetArn": "<SlackAlertDeadLetters.Arn>", "maxReceiveCount": 30}
    yield from differences(wanted, queue.get("RedrivePolicy", {}), "SlackAlertQueue")
    for found in stack.of_type("AWS::SQS::Queue"):
        if not found.properties.get("SqsManagedSseEnabled"):
            yield f"{found.id} is not encrypted"
        if found.id.endswith("DeadLetters") and found.properties.get("MessageRetentionPeriod") != 14 * 86400:
            yield f"{found.id} keeps letters for {found.properties.get('MessageRetentionPeriod')} s, not 14 days"


@rule
def events_go_to_the_queue_and_are_not_lost(template: Template) -> Iterator[Finding]:
    for found in template.stack(PROD).of_type("AWS::Events::Rule"):
        for target in found.properties["Targets"]:
            if not target.get("DeadLetterConfig", {}).get("Arn", "").endswith("DeadLetters.Arn>"):
                yield f"{found.id} loses what it cannot deliver"


@rule
def ledger_forgets_and_can_be_restored(template: Template) -> Iterator[Finding]:
    wanted = {
        "BillingMode": "PAY_PER_REQUEST",
        "TimeToLiveSpecification": {"AttributeName": "forget", "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    yield from differences(wanted, template.stack(PROD)["SlackAlertLedger"], "SlackAlertLedger")


@rule
def topics_take_messages_from_alarms(template: Template) -> Iterator[Finding]:
    """An AWS managed key refuses CloudWatch: alarms would turn red and nobody would hear."""
    for topic in template.stack(PROD).of_type("AWS::SNS::Topic"):
        if "alias/aws/sns" in str(topic.properties.get("KmsMasterKeyId", "")):
            yield f"{topic.id} is encrypted with the AWS managed key"


def _rate(alarm: dict) -> object:
    return next((query["Expression"] for query in alarm.get("Metrics", []) if query.get("ReturnData", True)), None)


def _sources(stack: Stack, policy: str, queue: str) -> set[tuple[str, tuple[str, ...]]]:
    found = set()
    for statement in stack[policy].get("PolicyDocument", {}).get("Statement", []):
        sources = statement.get("Condition", {}).get("ArnEquals", {}).get("aws:SourceArn", "anyone")
        sources = [sources] if isinstance(sources, str) else sources
        right = statement["Action"] == "sqs:SendMessage" and statement["Resource"] == f"<{queue}.Arn>"
        found.add((statement["Principal"]["Service"] if right else "something else", tuple(sorted(sources))))
    return found
