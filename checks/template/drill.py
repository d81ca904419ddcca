"""The restore drill: when, with what, who may enter, and what it may delete."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checks.template.functions import SALES_PARAMETER
from checks.template.model import Template
from checks.template.network import flows
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD, STAGING

RDS = "arn:aws:rds:ap-northeast-1:123456789012:{}"
DRILLS = RDS.format("db:yakin-drill-*")
CLUSTERS = RDS.format("cluster:yakin-drill-*")
COPIES = RDS.format("snapshot:yakin-drill-*")
CLUSTER_COPIES = RDS.format("cluster-snapshot:yakin-drill-*")
OSAKA = RDS.replace("ap-northeast-1", "ap-northeast-3")
ABROAD = (OSAKA.format("snapshot:<DatabaseInstance>-dr-*"), OSAKA.format("cluster-snapshot:<DatabaseCluster>-dr-*"))
DELETES = {
    "rds:DeleteDBInstance": DRILLS,
    "rds:ModifyDBInstance": DRILLS,
    "rds:DeleteDBSnapshot": COPIES,
    "rds:DeleteDBCluster": CLUSTERS,
    "rds:ModifyDBCluster": CLUSTERS,
    "rds:DeleteDBClusterSnapshot": CLUSTER_COPIES,
}
MADE_WITH_TAGS = ("rds:Restore", "rds:AddTags", "rds:CopyDB", "rds:CreateDBInstance")
SECOND_REGION = ALL["prod with a second region"]
AURORA = ALL["prod aurora"]
AURORA_ABROAD = {**SECOND_REGION, **AURORA}
MADE = ("Function", "Role", "SecurityGroup", "InstanceSecurityGroup", "Checks")


@rule
def drills_come_in_production_and_by_request(template: Template) -> Iterator[Finding]:
    for name, parameters, wanted in (
        ("prod", PROD, True),
        ("staging", STAGING, False),
        ("dev", DEV, False),
        ("dev by request", {**DEV, "EnableRestoreDrill": "true"}, True),
        ("prod without", {**PROD, "EnableRestoreDrill": "false"}, False),
        ("prod aurora", AURORA, True),
        ("prod aurora without", {**AURORA, "EnableRestoreDrill": "false"}, False),
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
    sets = (PROD, SECOND_REGION, AURORA_ABROAD)
    for statement in itertools.chain.from_iterable(_statements(template, parameters) for parameters in sets):
        actions, resources = _list(statement["Action"]), _list(statement["Resource"])
        found = statement.get("Condition", {}).get("StringEquals", {})
        for action in actions:
            if action in DELETES:
                yield from differences(tag, found, action)
                yield from (f"{action} on {one}" for one in resources if one != DELETES[action])
            elif action.startswith(MADE_WITH_TAGS) and not set(resources) <= set(ABROAD):
                yield from differences(mark, found, action)
            elif action.startswith("rds:") and not action.startswith(("rds:Describe", *MADE_WITH_TAGS)):
                yield f"the drill may {action}"


@rule
def drill_copies_home_what_the_second_region_keeps(template: Template) -> Iterator[Finding]:
    home, home_cluster = {ABROAD[0], COPIES}, {ABROAD[1], CLUSTER_COPIES}
    for name, parameters, wanted in (
        ("with a second region", SECOND_REGION, home),
        ("without one", PROD, set()),
        ("without a way there", {**SECOND_REGION, "NatMode": "none"}, set()),
        ("aurora with a second region", AURORA_ABROAD, home_cluster),
        ("aurora without one", AURORA, set()),
    ):
        stack = template.stack(parameters)
        told = stack["RestoreDrillFunction"].get("Environment", {}).get("Variables", {}).get("DRILLS_COPIES")
        if told != str(bool(wanted)).lower():
            yield f"{name}: DRILLS_COPIES is {told}"
        copies = {
            resource
            for statement in _statements(template, parameters)
            if str(statement["Action"]).startswith("rds:CopyDB")
            for resource in _list(statement["Resource"])
        }
        if copies != wanted:
            yield f"{name}: the drill copies {sorted(copies)}, not {sorted(wanted)}"


@rule
def drill_of_aurora_adds_instances_to_its_own_clusters_only(template: Template) -> Iterator[Finding]:
    made = {
        (action, resource)
        for statement in _statements(template, AURORA)
        for action in _list(statement["Action"])
        if action.startswith("rds:Create")
        for resource in _list(statement["Resource"])
        if ":cluster:" in resource or ":db:" in resource
    }
    wanted = {("rds:CreateDBInstance", CLUSTERS), ("rds:CreateDBInstance", DRILLS)}
    if made != wanted:
        yield f"the drill makes instances in {sorted(made)}"
    told = {"DATABASE": "<DatabaseCluster>", "DATABASE_KIND": "cluster", "DRILL_INSTANCE_CLASS": "db.serverless"}
    told["PARAMETER_GROUP"] = "<DatabaseClusterParameterGroup>"
    found = template.stack(AURORA)["RestoreDrillFunction"]["Environment"]["Variables"]
    yield from differences(told, found, "RestoreDrillFunction")


@rule
def drill_reads_the_secrets_of_drills_and_its_reader_only(template: Template) -> Iterator[Finding]:
    for parameters, tag, drills in (
        (PROD, "primaryDBInstanceArn", DRILLS),
        (AURORA, "primaryDBClusterArn", CLUSTERS),
    ):
        for statement in _statements(template, parameters):
            if "secretsmanager:GetSecretValue" not in _list(statement["Action"]):
                continue
            if statement["Resource"] == "<DatabaseReaderSecret>":
                continue
            wanted = {"ArnLike": {f"aws:ResourceTag/aws:rds:{tag}": drills}}
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
    for parameters, kind in ((PROD, "Instance"), (AURORA, "Cluster")):
        wanted = {
            "SecretId": "<DatabaseReaderSecret>",
            "TargetType": f"AWS::RDS::DB{kind}",
            "TargetId": f"<Database{kind}>",
        }
        found = template.stack(parameters)["DatabaseReaderSecretAttachment"]
        yield from differences(wanted, found, "DatabaseReaderSecretAttachment")


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


def _statements(template: Template, parameters: dict[str, str] = PROD) -> list[dict]:
    found = template.stack(parameters)["RestoreDrillRole"]["Policies"]
    return [statement for policy in found for statement in policy["PolicyDocument"]["Statement"]]


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]
