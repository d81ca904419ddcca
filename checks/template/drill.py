"""The restore drill: when, with what, who may enter, and what it may delete."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.functions import SALES_PARAMETER
from checks.template.model import Template
from checks.template.network import flows
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD, STAGING

RDS = "arn:aws:rds:ap-northeast-1:123456789012:{}"
DRILLS = RDS.format("db:yakin-drill-*")
DELETES = ("rds:DeleteDBInstance", "rds:ModifyDBInstance")
MADE = ("Function", "Role", "SecurityGroup", "InstanceSecurityGroup", "Checks")


@rule
def drills_come_in_production_and_by_request(template: Template) -> Iterator[Finding]:
    for name, parameters, wanted in (
        ("prod", PROD, True),
        ("staging", STAGING, False),
        ("dev", DEV, False),
        ("dev by request", {**DEV, "EnableRestoreDrill": "true"}, True),
        ("prod without", {**PROD, "EnableRestoreDrill": "false"}, False),
        ("prod aurora", ALL["prod aurora"], False),
        ("prod with secrets in ssm", ALL["prod with secrets in ssm"], False),
    ):
        stack = template.stack(parameters)
        made = [part for part in MADE if stack[f"RestoreDrill{part}"]] + (
            ["the reader's secret"] if stack["DatabaseReaderSecret"] else []
        )
        if made and not wanted:
            yield f"{name}: has {', '.join(made)}"
        if wanted and len(made) != len(MADE) + 1:
            yield f"{name}: has only {', '.join(made) or 'nothing'}"


@rule
def drill_looks_every_five_minutes_on_sundays_and_hourly(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    for name, expression in (("Sunday", "cron(0/5 3-11 ? * SUN *)"), ("Hourly", "cron(30 * * * ? *)")):
        wanted = {
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": "Asia/Tokyo",
            "FlexibleTimeWindow": {"Mode": "OFF"},
        }
        yield from differences(wanted, stack[f"RestoreDrillFunction{name}"], f"RestoreDrillFunction{name}")
    alarm = stack["RestoreDrillHeartbeatAlarm"]
    patience = alarm.get("Period", 0) * alarm.get("EvaluationPeriods", 0)
    if patience != 3 * 3600:
        yield f"RestoreDrillHeartbeatAlarm waits {patience} s for an hourly heartbeat"


@rule
def only_the_drill_enters_a_restored_database(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    wanted = {
        "SubnetIds": ["<NetworkAppSubnetA>", "<NetworkAppSubnetB>"],
        "SecurityGroupIds": ["<RestoreDrillSecurityGroup>"],
    }
    yield from differences(wanted, stack["RestoreDrillFunction"].get("VpcConfig", {}), "RestoreDrillFunction")
    for group, doors in (
        ("RestoreDrillInstanceSecurityGroup", {("<RestoreDrillSecurityGroup>", "5432")}),
        ("RestoreDrillSecurityGroup", set()),
    ):
        found = {
            (other, port)
            for owner, other, port in flows(stack, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId")
            if owner == group
        }
        if found != doors:
            yield f"{group} lets in {sorted(found)}, not {sorted(doors)}"
    ways = {owner for owner, *_ in flows(stack, "AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId")}
    if "RestoreDrillInstanceSecurityGroup" in ways:
        yield "a restored database may call out"


@rule
def drill_deletes_only_drills(template: Template) -> Iterator[Finding]:
    tag = {"aws:ResourceTag/yakin:drill": "shop"}
    mark = {"aws:RequestTag/yakin:drill": "shop"}
    for statement in _statements(template):
        actions = _list(statement["Action"])
        found = statement.get("Condition", {}).get("StringEquals", {})
        if set(actions) & set(DELETES):
            yield from differences(tag, found, ", ".join(actions))
            yield from (
                f"{', '.join(actions)} on {resource}" for resource in _list(statement["Resource"]) if resource != DRILLS
            )
        if any(action.startswith(("rds:Restore", "rds:AddTags")) for action in actions):
            yield from differences(mark, found, ", ".join(actions))
        if any(action.startswith("rds:Delete") and action not in DELETES for action in actions):
            yield f"the drill may {', '.join(actions)}"


@rule
def drill_reads_the_secrets_of_drills_and_its_reader_only(template: Template) -> Iterator[Finding]:
    for statement in _statements(template):
        if "secretsmanager:GetSecretValue" not in _list(statement["Action"]):
            continue
        if statement["Resource"] == "<DatabaseReaderSecret>":
            continue
        wanted = {"ArnLike": {"aws:ResourceTag/aws:rds:primaryDBInstanceArn": DRILLS}}
        yield from differences(wanted, statement.get("Condition", {}), f"GetSecretValue on {statement['Resource']}")


@rule
def evidence_of_drills_is_kept_a_year_and_their_checks_are_the_teams(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    variables = stack["RestoreDrillFunction"].get("Environment", {}).get("Variables", {})
    bucket = str(variables.get("EVIDENCE_BUCKET")).strip("<>")
    days = [
        one.get("ExpirationInDays")
        for one in stack[bucket].get("LifecycleConfiguration", {}).get("Rules", [])
        if "ExpirationInDays" in one
    ]
    if [str(day) for day in days] != ["366"]:
        yield f"the evidence in {bucket} ends after {days} days"
    wanted = {
        **SALES_PARAMETER,
        "Name": "/yakin/shop/drill-checks",
        "Description": "Queries that a restored database is asked, and their answers; edited by people, read by "
        "restore-drill",
        "Value": '{"checks": []}',
    }
    found = stack["RestoreDrillChecks"]
    yield from differences(wanted, found, "RestoreDrillChecks")
    yield from (f"RestoreDrillChecks has {key} now" for key in found.keys() - wanted.keys())


@rule
def rotation_makes_the_reader(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    wanted = {
        "SecretId": "<DatabaseReaderSecret>",
        "RotationLambdaARN": "<SecretRotationFunction.Arn>",
        "RotationRules": {"AutomaticallyAfterDays": 30, "Duration": "3h"},
    }
    yield from differences(wanted, stack["SecretRotationReaderSchedule"], "SecretRotationReaderSchedule")
    secret = stack["DatabaseReaderSecret"]
    wanted = {"GenerateStringKey": "password", "ExcludePunctuation": True, "PasswordLength": 40}
    yield from differences(wanted, secret.get("GenerateSecretString", {}), "DatabaseReaderSecret")
    wanted = {"SecretId": "<DatabaseReaderSecret>", "TargetId": "<DatabaseInstance>"}
    yield from differences(wanted, stack["DatabaseReaderSecretAttachment"], "DatabaseReaderSecretAttachment")


@rule
def drill_reaches_aws_without_the_internet(template: Template) -> Iterator[Finding]:
    wanted = {f"com.amazonaws.ap-northeast-1.{name}" for name in ("rds", "ssm", "sns")}
    private = {**DEV, "NatMode": "none", "InterfaceEndpoints": "true"}
    for name, parameters, needed in (
        ("with a drill", {**private, "EnableRestoreDrill": "true"}, wanted),
        ("without", private, set()),
        ("with NAT, too", {**PROD, "InterfaceEndpoints": "true"}, set()),
    ):
        stack = template.stack(parameters)
        found = {one.properties["ServiceName"] for one in stack.of_type("AWS::EC2::VPCEndpoint")} & wanted
        if found != needed:
            yield f"{name}: the endpoints of the drill are {sorted(found)}, not {sorted(needed)}"
        doors = flows(stack, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId")
        door = ("NetworkEndpointSecurityGroup", "<RestoreDrillSecurityGroup>", "443")
        if (door in doors) != bool(stack["RestoreDrillFunction"]):
            yield f"{name}: the drill {'gets' if door in doors else 'does not get'} into the endpoints"


def _statements(template: Template) -> list[dict]:
    found = template.stack(PROD)["RestoreDrillRole"]["Policies"]
    return [statement for policy in found for statement in policy["PolicyDocument"]["Statement"]]


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]
