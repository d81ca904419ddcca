"""Every function is the same block: code, role, logs, alarms, dead letters, triggers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.template.model import ROOT, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

# What stands together, in this order. An optional member may be missing, a new one has to be named here.
BLOCK = ["Function", "Role", "LogGroup", "ErrorsAlarm", "HeartbeatAlarm", "DeadLetters", "DeadLettersAlarm"]

# What has no sign of life, and why.
NO_HEARTBEAT = {"SecretBootstrapFunction": "only CloudFormation calls it, and waits for its answer"}
# Not woken by a clock, so it has another sign of life.
OTHER_SIGN_OF_LIFE = {"SecretRotationHeartbeatAlarm": "SecretRotationAgeAlarm"}

# Two functions of one module: the one stands in the VPC, the other outside.
MODULES = {"SecretAdoptionFunction": "secret-rotation"}

# Seconds that a look may take, where a minute is not enough.
TIMEOUTS = {"RestoreDrillFunction": 240}

ENVIRONMENT = {
    "STACK_NAME": "shop",
    "STAGE": "prod",
    "TIME_ZONE": "Asia/Tokyo",
    "ALERT_LANGUAGE": "ja",
    "NOTICES_TOPIC_ARN": "<NoticesTopic>",
}
OWN_ENVIRONMENT = {
    "SaleScalingFunction": {
        "CLUSTER": "<EcsCluster>",
        "SERVICES": "app=<EcsService.Name>",
        "MIN_CAPACITY": 2,
        "MAX_CAPACITY": 10,
        "SALE_MIN_CAPACITY": 6,
        "SALE_MAX_CAPACITY": 20,
        "SALE_LEAD_MINUTES": 60,
        "SALES_PARAMETER": "<SalesParameter>",
        "ACCOUNT": "123456789012",
        "BUDGET": "<OverviewBudget>",
        "CERTIFICATE": PROD["CertificateArn"],
        "DATABASE": "<DatabaseInstance>",
        "DATABASE_KIND": "rds",
        "DATABASE_SECRET": "<DatabaseAppSecret>",
        "DB_POOL_SIZE": 5,
        "ERRORS_PERCENT": 3,
        "LOAD_BALANCER": "<AlbLoadBalancer.LoadBalancerFullName>",
    },
    "SlackAlertFunction": {
        "SLACK_SECRET_ARN": PROD["SlackSecretArn"],
        "SLACK_API_URL": "https://slack.com/api",
        "SLACK_QUEUE_URL": "<SlackAlertQueue>",
        "DEAD_LETTERS_URL": "<SlackAlertDeadLetters>",
        "CRITICAL_TOPIC_ARN": "<CriticalAlertsTopic>",
        "LEDGER_TABLE": "<SlackAlertLedger>",
        "SERVICE_LOG_GROUP": "<EcsLogGroup>",
        "STAFFED_START": "09:00",
        "STAFFED_END": "21:00",
        "STAFFED_DAYS": "MON,TUE,WED,THU,FRI",
        "ONCALL_MONTHLY_PAGES": 2,
    },
    "SnapshotCheckFunction": {
        "DATABASE": "<DatabaseInstance>",
        "DATABASE_KIND": "instance",
        "DR_REGION": "",
        "DR_KMS_KEY_ARN": "",
        "TRUSTED_ACCOUNTS": "",
    },
    "RestoreDrillFunction": {
        "DATABASE": "<DatabaseInstance>",
        "DATABASE_KIND": "instance",
        "DATABASE_NAME": "app",
        "READER_SECRET_ARN": "<DatabaseReaderSecret>",
        "DRILL_MAX_HOURS": 10,
        "DRILL_INSTANCE_CLASS": "db.t4g.micro",
        "SUBNET_GROUP": "<DatabaseSubnetGroup>",
        "SECURITY_GROUP": "<RestoreDrillInstanceSecurityGroup>",
        "PARAMETER_GROUP": "<DatabaseParameterGroup>",
        "EVIDENCE_BUCKET": "<DatabaseExportBucket>",
        "FRESHNESS_QUERY": "",
        "CHECKS_PARAMETER": "<RestoreDrillChecks>",
        "DR_REGION": "",
        "DRILLS_COPIES": "false",
        "SALE_LEAD_MINUTES": 60,
        "SALES_PARAMETER": "<SalesParameter>",
    },
    "SecretRotationFunction": {
        "SECRET_ARN": "<DatabaseAppSecret>",
        "READER_SECRET_ARN": "<DatabaseReaderSecret>",
        "MASTER_SECRET_ARN": "<DatabaseInstance.MasterUserSecret.SecretArn>",
        "STRATEGY": "alternating",
        "SCHEMAS": "public",
        "TEST_READ": "",
        "TEST_WRITE": "",
        "DATABASE_MAY_SLEEP": "false",
    },
    "SecretAdoptionFunction": {
        "CLUSTER": "<EcsCluster>",
        "SECRETS": "<DatabaseAppSecret>,<DatabaseInstance.MasterUserSecret.SecretArn>",
        "DATABASE": "<DatabaseInstance>",
        "SALE_LEAD_MINUTES": 60,
        "SALES_PARAMETER": "<SalesParameter>",
    },
}

# Set by hand in Slack, in the console, by sale-scaling: everything that CloudFormation would write over on any change.
SALES_PARAMETER = {
    "Name": "/yakin/shop/sales",
    "Type": "String",
    "Description": "The sale calendar; edited by people, read by sale-scaling",
    "Value": '{"sales": []}',
}


def functions(template: Template) -> dict[str, dict]:
    return {
        name: resource
        for name, resource in template.source["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def module(function: str) -> str:
    """``SaleScalingFunction`` is the Maven module ``sale-scaling``."""
    return MODULES.get(function) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", function.removesuffix("Function")).lower()


@rule
def every_function_has_its_whole_block_in_order(template: Template) -> Iterator[Finding]:
    order = list(template.source["Resources"])
    for function in functions(template):
        stem = function.removesuffix("Function")
        silent = "HeartbeatAlarm" if function in NO_HEARTBEAT else None
        members = [OTHER_SIGN_OF_LIFE.get(stem + part, stem + part) for part in BLOCK if part != silent]
        missing = [member for member in members if member not in order]
        yield from (f"{function} has no {member}" for member in missing)
        if not missing:
            places = [order.index(member) for member in members]
            if places != sorted(places):
                yield f"the block of {function} is out of order"
            strangers = [name for name in order[places[0] : places[-1]] if not name.startswith(stem)]
            yield from (f"{name} stands in the block of {function}" for name in strangers)


@rule
def code_is_the_zip_of_a_module(template: Template) -> Iterator[Finding]:
    for name, function in functions(template).items():
        folder = module(name)
        if function["Properties"].get("CodeUri") != f"functions/{folder}/target/{folder}":
            yield f"the code of {name} is {function['Properties'].get('CodeUri')}"
        if not (ROOT / "functions" / folder / "pom.xml").is_file():
            yield f"{name} has no module functions/{folder}"
        if "InlineCode" in function["Properties"]:
            yield f"{name} has its code in the template"


@rule
def sam_build_finds_the_make_target_of_every_function(template: Template) -> Iterator[Finding]:
    makefile = (ROOT / "tools/sam.mk").read_text(encoding="utf-8")
    for name, function in functions(template).items():
        wanted = {"BuildMethod": "makefile", "ContextPath": ".", "WorkingDirectory": "."}
        yield from differences(wanted, function.get("Metadata", {}), name)
        folder = module(name)
        if f"build-{name}: ZIP := functions/{folder}/target/{folder}.zip" not in makefile:
            yield f"tools/sam.mk does not unpack the zip of {name}"


@rule
def functions_run_on_java_25_on_arm(template: Template) -> Iterator[Finding]:
    for function in template.stack(PROD).of_type("AWS::Lambda::Function"):
        wanted = {
            "Runtime": "java25",
            "Architectures": ["arm64"],
            "MemorySize": 512,
            "Timeout": TIMEOUTS.get(function.id, 60),
        }
        yield from differences(wanted, function.properties, function.id)


@rule
def handlers_are_in_the_module_of_their_function(template: Template) -> Iterator[Finding]:
    for name, function in functions(template).items():
        package = module(name).replace("-", "")
        wanted = f"dev.yakin.{package}.aws.{name.removesuffix('Function')}Handler::handleRequest"
        if function["Properties"].get("Handler") != wanted:
            yield f"the handler of {name} is {function['Properties'].get('Handler')}, not {wanted}"


@rule
def functions_get_the_environment_they_read(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    for function in stack.of_type("AWS::Lambda::Function"):
        variables = function.properties.get("Environment", {}).get("Variables", {})
        wanted = {**ENVIRONMENT, **OWN_ENVIRONMENT.get(function.id, {})}
        yield from differences(wanted, variables, function.id)
        yield from (f"{function.id} gets {name}, which is no contract" for name in variables.keys() - wanted.keys())
    dev = template.stack(DEV)["SaleScalingFunction"]["Environment"]["Variables"]
    yield from differences({"STAGE": "dev", "MAX_CAPACITY": 4}, dev, "SaleScalingFunction in dev")


@rule
def function_logs_go_to_a_group_with_an_end(template: Template) -> Iterator[Finding]:
    for name, parameters, days in (
        ("prod", PROD, "30"),
        ("dev", DEV, "7"),
        ("own", ALL["prod with its own choices"], "90"),
    ):
        stack = template.stack(parameters)
        for function in stack.of_type("AWS::Lambda::Function"):
            group = function.id.replace("Function", "LogGroup")
            if function.properties.get("LoggingConfig", {}).get("LogGroup") != f"<{group}>":
                yield f"{function.id} logs to {function.properties.get('LoggingConfig')}"
        for group in stack.of_type("AWS::Logs::LogGroup"):
            yield from differences({"RetentionInDays": days}, group.properties, f"{name}: {group.id}")


@rule
def failed_wake_ups_are_kept(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    for function in stack.of_type("AWS::Lambda::Function"):
        letters = function.id.replace("Function", "DeadLetters")
        own = function.properties.get("DeadLetterConfig", {}).get("TargetArn")
        queues = [
            queue.properties.get("RedrivePolicy", {}).get("deadLetterTargetArn")
            for queue in stack.of_type("AWS::SQS::Queue")
        ]
        if f"<{letters}.Arn>" not in (own, *queues):
            yield f"nothing of {function.id} ends in {letters}"


@rule
def sale_scaling_wakes_every_five_minutes_and_on_a_new_calendar(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    schedule = stack["SaleScalingFunctionSchedule"]
    wanted = {
        "ScheduleExpression": "rate(5 minutes)",
        "ScheduleExpressionTimezone": "Asia/Tokyo",
        "FlexibleTimeWindow": {"Mode": "OFF"},
    }
    yield from differences(wanted, schedule, "SaleScalingFunctionSchedule")
    target = schedule.get("Target", {})
    wanted = {
        "Arn": "<SaleScalingFunction.Arn>",
        "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 300},
        "DeadLetterConfig": {"Arn": "<SaleScalingDeadLetters.Arn>"},
    }
    yield from differences(wanted, target, "SaleScalingFunctionSchedule")
    if "Name" in schedule:
        yield "SaleScalingFunctionSchedule has a fixed name: dev and prod could not share an account"
    pattern = stack["SaleScalingFunctionCalendarChange"].get("EventPattern", {})
    wanted = {"name": ["<SalesParameter>"], "operation": ["Create", "Update", "Delete"]}
    yield from differences(wanted, pattern.get("detail", {}), "SaleScalingFunctionCalendarChange")


@rule
def calendar_is_never_written_over(template: Template) -> Iterator[Finding]:
    """Any change of the resource, and a tag is one, makes CloudFormation put the template's Value again."""
    found = template.stack(PROD)["SalesParameter"]
    yield from differences(dict(SALES_PARAMETER), found, "SalesParameter")
    yield from (f"SalesParameter has {key} now" for key in found.keys() - SALES_PARAMETER.keys())
    config = (ROOT / "samconfig.toml").read_text(encoding="utf-8")
    if re.search(r"^\s*tags\s*=", config, re.MULTILINE):
        yield "samconfig.toml sets stack tags, which CloudFormation hands on to SalesParameter"


@rule
def slack_alert_takes_batches_and_answers_for_each_message(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    wanted = {
        "EventSourceArn": "<SlackAlertQueue.Arn>",
        "FunctionName": "<SlackAlertFunction>",
        "BatchSize": 10,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": 2},
    }
    yield from differences(wanted, stack["SlackAlertFunctionQueue"], "SlackAlertFunctionQueue")


@rule
def snapshot_check_looks_hourly_in_the_morning_and_on_the_first(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    for name, expression in (
        ("Hourly", "cron(30 * * * ? *)"),
        ("Daily", "cron(0 7 * * ? *)"),
        ("Monthly", "cron(0 6 1 * ? *)"),
    ):
        wanted = {
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": "Asia/Tokyo",
            "FlexibleTimeWindow": {"Mode": "OFF"},
        }
        yield from differences(wanted, stack[f"SnapshotCheckFunction{name}"], f"SnapshotCheckFunction{name}")
    alarm = stack["SnapshotCheckHeartbeatAlarm"]
    patience = alarm.get("Period", 0) * alarm.get("EvaluationPeriods", 0)
    if patience != 3 * 3600:
        yield f"SnapshotCheckHeartbeatAlarm waits {patience} s for an hourly heartbeat"


@rule
def heartbeats_come_three_times_before_their_alarm(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    for schedule, alarm in (
        ("SaleScalingFunctionSchedule", "SaleScalingHeartbeatAlarm"),
        ("SlackAlertFunctionLook", "SlackAlertHeartbeatAlarm"),
        ("SecretAdoptionFunctionSchedule", "SecretAdoptionHeartbeatAlarm"),
    ):
        patience = stack[alarm].get("Period", 0) * stack[alarm].get("EvaluationPeriods", 0)
        beat = re.fullmatch(r"rate\((\d+) minutes?\)", stack[schedule].get("ScheduleExpression", ""))
        if not beat or patience < 3 * 60 * int(beat.group(1)):
            yield f"{alarm} waits {patience} s for {stack[schedule].get('ScheduleExpression')}"
    if stack["SlackAlertFunctionLook"].get("Target", {}).get("Input") != '{"Records": []}':
        yield "the heartbeat of slack-alert is not an empty batch"


@rule
def concurrency_is_reserved_only_on_request(template: Template) -> Iterator[Finding]:
    for function in template.stack(PROD).of_type("AWS::Lambda::Function"):
        if "ReservedConcurrentExecutions" in function.properties:
            yield f"{function.id} reserves concurrency: an account that is limited to 10 refuses it"
    own = template.stack(ALL["prod with its own choices"])["SaleScalingFunction"]
    yield from differences({"ReservedConcurrentExecutions": 1}, own, "SaleScalingFunction")


@rule
def only_secrets_manager_calls_the_rotation(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    permissions = {
        one.properties.get("SourceArn"): one.properties
        for one in stack.of_type("AWS::Lambda::Permission")
        if one.properties.get("FunctionName") == "<SecretRotationFunction>"
    }
    wanted = {
        "Action": "lambda:InvokeFunction",
        "Principal": "secretsmanager.amazonaws.com",
        "SourceAccount": "123456789012",
    }
    if permissions.keys() != {"<DatabaseAppSecret>", "<DatabaseReaderSecret>"}:
        yield f"SecretRotationFunction may be called for {sorted(map(str, permissions))}"
    for permission in permissions.values():
        yield from differences(wanted, permission, "SecretRotationPermission")
    schedule = stack["SecretRotationSchedule"]
    wanted = {
        "SecretId": "<DatabaseAppSecret>",
        "RotationLambdaARN": "<SecretRotationFunction.Arn>",
        "RotationRules": {"AutomaticallyAfterDays": 30, "Duration": "3h"},
    }
    yield from differences(wanted, schedule, "SecretRotationSchedule")


@rule
def no_task_starts_before_its_user_logs_in(template: Template) -> Iterator[Finding]:
    for parameters, secret, database in (
        (PROD, "<DatabaseAppSecretAttachment>", "<DatabaseInstance>"),
        (ALL["prod aurora"], "<DatabaseAppSecretAttachment>", "<DatabaseWriter>"),
        (ALL["prod with secrets in ssm"], "<SecretParameters.DatabaseAppUser>", "<DatabaseInstance>"),
    ):
        stack = template.stack(parameters)
        wanted = {
            "ServiceToken": "<SecretRotationFunction.Arn>",
            "ServiceTimeout": "300",
            "Secret": secret,
            "Database": database,
        }
        yield from differences(wanted, stack["DatabaseUser"], "DatabaseUser")
    resources = template.source["Resources"]
    for name in ("EcsService", "SecretRotationSchedule"):
        if "DatabaseUser" not in _list(resources[name].get("DependsOn", [])):
            yield f"{name} does not wait for DatabaseUser"
    doors = {
        *("SecretRotationIngressToDatabase", "SecretRotationEgressToDatabase", "SecretRotationEgressHttps"),
        *("NetworkS3Endpoint", "NetworkAppSubnetARoutes", "NetworkAppSubnetBRoutes"),
    }
    closed = doors - set(_list(resources["DatabaseUser"].get("DependsOn", [])))
    yield from (f"DatabaseUser does not wait for {door}" for door in sorted(closed))


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@rule
def rotation_stands_in_the_vpc_and_adoption_outside(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    wanted = {
        "SubnetIds": ["<NetworkAppSubnetA>", "<NetworkAppSubnetB>"],
        "SecurityGroupIds": ["<SecretRotationSecurityGroup>"],
    }
    yield from differences(wanted, stack["SecretRotationFunction"].get("VpcConfig", {}), "SecretRotationFunction")
    if "VpcConfig" in stack["SecretAdoptionFunction"]:
        yield "SecretAdoptionFunction stands in the VPC, where it needs endpoints for ECS, SNS and RDS"
    pattern = stack["SecretAdoptionFunctionLabelMoved"].get("EventPattern", {})
    wanted = {
        "source": ["aws.secretsmanager"],
        "detail-type": ["Secret Label Updated"],
        "resources": ["<DatabaseAppSecret>", "<DatabaseInstance.MasterUserSecret.SecretArn>"],
        "detail": {"labelUpdated": ["AWSCURRENT"]},
    }
    yield from differences(wanted, pattern, "SecretAdoptionFunctionLabelMoved")
