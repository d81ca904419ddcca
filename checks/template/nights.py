"""The nights of dev: what dev-shutdown is told, what wakes it, and that production is out of its reach."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, STAGING

ARN = "arn:aws:{}:ap-northeast-1:123456789012:{}"
SERVICES = ARN.format("ecs", "service/*")
DATABASES = [ARN.format("rds", "db:*"), ARN.format("rds", "cluster:*")]
PARAMETER = ARN.format("ssm", "parameter<{}>")

# What only reads, or concerns the function itself.
HARMLESS = {
    ("logs:CreateLogStream", "<DevShutdownLogGroup.Arn>"),
    ("logs:PutLogEvents", "<DevShutdownLogGroup.Arn>"),
    ("tag:GetResources", "*"),
    ("ecs:DescribeServices", SERVICES),
    ("ecs:DescribeTaskDefinition", "*"),
    ("application-autoscaling:DescribeScalableTargets", "*"),
    ("elasticloadbalancing:DescribeTargetHealth", "*"),
    *((f"rds:Describe{kind}", arn) for kind in ("DBInstances", "DBClusters") for arn in DATABASES),
    ("ssm:GetParameters", PARAMETER.format("DevShutdownKeepAwake")),
    ("ssm:GetParameters", PARAMETER.format("DevShutdownNotebook")),
    ("ssm:GetParameterHistory", PARAMETER.format("DevShutdownKeepAwake")),
    ("ssm:PutParameter", PARAMETER.format("DevShutdownNotebook")),
    ("cloudwatch:GetMetricData", "*"),
    ("sns:Publish", "<NoticesTopic>"),
    ("sqs:SendMessage", "<DevShutdownDeadLetters.Arn>"),
}
# A scalable target has no tags: Application Auto Scaling asks for ecs:UpdateService on its service instead.
BOUNDS = {
    ("application-autoscaling:RegisterScalableTarget", ARN.format("application-autoscaling", "scalable-target/*"))
}
TAGGING = {
    ("ecs:TagResource", SERVICES),
    ("ecs:UntagResource", SERVICES),
    *((f"rds:{action}", arn) for action in ("AddTagsToResource", "RemoveTagsFromResource") for arn in DATABASES),
}
CHANGES = {
    ("ecs:UpdateService", SERVICES),
    *(
        (f"rds:{action}", arn)
        for action in ("StopDBInstance", "StartDBInstance", "StopDBCluster", "StartDBCluster")
        for arn in DATABASES
    ),
}
ONLY_OURS = {
    "StringEquals": {"aws:ResourceTag/yakin:schedule": "office-hours", "aws:ResourceTag/yakin:stack": "shop"},
    "StringNotEquals": {"aws:ResourceTag/yakin:stage": ["prod", "production"]},
}
ONLY_ITS_TAG = {"ForAllValues:StringEquals": {"aws:TagKeys": ["yakin:asleep"]}}

ENVIRONMENT = {
    "STAGE": "dev",
    "DEV_START": "cron(0 9 ? * MON-FRI *)",
    "DEV_STOP": "cron(0 18 ? * MON-FRI *)",
    "DEV_WAKE_LEAD_MINUTES": 30,
    "DEV_DAYS_OFF": "",
    "KEEP_AWAKE_PARAMETER": "<DevShutdownKeepAwake>",
    "NOTEBOOK_PARAMETER": "<DevShutdownNotebook>",
}
DATABASE_EVENTS = ["0087", "0088", "0154", "0150", "0151", "0153"]


@rule
def dev_shutdown_may_do_exactly_this(template: Template) -> Iterator[Finding]:
    granted = {grant for _, grants in _statements(template.stack(DEV)) for grant in grants}
    allowed = HARMLESS | BOUNDS | TAGGING | CHANGES
    yield from (f"DevShutdownRole may {action} on {arn}" for action, arn in sorted(granted - allowed))
    yield from (f"DevShutdownRole may not {action} on {arn}" for action, arn in sorted(allowed - granted))


@rule
def dev_shutdown_changes_only_what_opted_in(template: Template) -> Iterator[Finding]:
    """The third refusal of production: without the tags, IAM refuses the call."""
    for condition, grants in _statements(template.stack(DEV)):
        if grants & CHANGES and condition != ONLY_OURS:
            yield f"{sorted(grants & CHANGES)} under {condition}"
        if grants & TAGGING and condition != ONLY_OURS | ONLY_ITS_TAG:
            yield f"{sorted(grants & TAGGING)} under {condition}"
        if grants & BOUNDS and "application-autoscaling:service-namespace" not in condition.get("StringEquals", {}):
            yield f"bounds are set under {condition}"


@rule
def production_has_no_nights(template: Template) -> Iterator[Finding]:
    """The first two refusals: there is no such function, and nothing opts in."""
    for name in (name for name, parameters in ALL.items() if parameters["EnvironmentName"] == "prod"):
        stack = template.stack(ALL[name])
        yield from (f"{name}: {name_of}" for name_of in stack.resources if name_of.startswith("DevShutdown"))
        for thing, tags in _tags(stack):
            if "yakin:schedule" in tags or tags.get("yakin:stage") != "prod":
                yield f"{name}: {thing} has the tags {tags}"
    for parameters, wanted in ((DEV, "office-hours"), (STAGING, None)):
        stack = template.stack(parameters)
        if not stack["DevShutdownFunction"]:
            yield f"{parameters['EnvironmentName']} has no DevShutdownFunction"
        for thing, tags in _tags(stack):
            expected = {"yakin:stack": "shop", "yakin:stage": parameters["EnvironmentName"], "yakin:schedule": wanted}
            yield from differences(expected, tags, thing)


@rule
def dev_shutdown_is_told_and_woken(template: Template) -> Iterator[Finding]:
    stack = template.stack(DEV)
    yield from differences(
        ENVIRONMENT, stack["DevShutdownFunction"].get("Environment", {}).get("Variables", {}), "DevShutdownFunction"
    )
    schedule = stack["DevShutdownFunctionSchedule"]
    wanted = {"ScheduleExpression": "rate(5 minutes)", "ScheduleExpressionTimezone": "Asia/Tokyo"}
    yield from differences(wanted, schedule, "DevShutdownFunctionSchedule")
    wanted = {"RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 300}}
    yield from differences(wanted, schedule.get("Target", {}), "DevShutdownFunctionSchedule")
    found = stack["DevShutdownFunctionDatabaseChange"].get("EventPattern", {}).get("detail", {})
    yield from differences(
        {"EventID": [f"RDS-EVENT-{number}" for number in DATABASE_EVENTS]}, found, "DevShutdownFunctionDatabaseChange"
    )
    found = stack["DevShutdownFunctionKeepAwakeChange"].get("EventPattern", {}).get("detail", {})
    yield from differences({"name": ["<DevShutdownKeepAwake>"]}, found, "DevShutdownFunctionKeepAwakeChange")
    patience = stack["DevShutdownHeartbeatAlarm"].get("Period", 0) * stack["DevShutdownHeartbeatAlarm"].get(
        "EvaluationPeriods", 0
    )
    if patience != 900:
        yield f"DevShutdownHeartbeatAlarm waits {patience} s"
    if not 60 < stack["DevShutdownFunction"].get("Timeout", 0) < 300:
        yield "a look of dev-shutdown may meet the next one, or has no time for a thousand services"


def _statements(stack: Stack) -> Iterator[tuple[dict, set[tuple[str, str]]]]:
    for policy in stack["DevShutdownRole"].get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            actions, arns = statement["Action"], statement["Resource"]
            actions = actions if isinstance(actions, list) else [actions]
            arns = arns if isinstance(arns, list) else [arns]
            yield statement.get("Condition", {}), {(action, str(arn)) for action in actions for arn in arns}


def _tags(stack: Stack) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that costs money at night and can sleep."""
    for kind in ("AWS::ECS::Service", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance"):
        for found in stack.of_type(kind):
            if "DBClusterIdentifier" not in found.properties or kind != "AWS::RDS::DBInstance":
                yield found.id, {tag["Key"]: tag["Value"] for tag in found.properties.get("Tags", [])}
