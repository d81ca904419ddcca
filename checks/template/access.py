"""Who may do what: each role by name, no wildcard without a reason, a purpose above every statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.template.model import Resource, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD

ARN = "arn:aws:{}:ap-northeast-1:123456789012:{}"

# Resources that are wider than one thing, and why.
WIDE = {
    ("EcsExecutionRole", "ecr:GetAuthorizationToken"): "the action knows no resource",
    ("EcsExecutionRole", "ecr:BatchCheckLayerAvailability"): "the image may come from any repository of the account",
    ("EcsExecutionRole", "ecr:BatchGetImage"): "the image may come from any repository of the account",
    ("EcsExecutionRole", "ecr:GetDownloadUrlForLayer"): "the image may come from any repository of the account",
    ("NetworkFlowLogRole", "logs:DescribeLogGroups"): "the action knows no resource",
    ("SaleScalingRole", "application-autoscaling:DescribeScalableTargets"): "the action knows no resource",
    ("SaleScalingRole", "application-autoscaling:RegisterScalableTarget"): "the id of a scalable target is random",
    ("SaleScalingRole", "application-autoscaling:DescribeScheduledActions"): "the action knows no resource",
    ("SaleScalingRole", "application-autoscaling:PutScheduledAction"): "the id of a scalable target is random",
    ("SaleScalingRole", "application-autoscaling:DeleteScheduledAction"): "the id of a scalable target is random",
    ("SaleScalingRole", "application-autoscaling:ListTagsForResource"): "the id of a scalable target is random",
    ("SaleScalingRole", "application-autoscaling:TagResource"): "the id of a scalable target is random",
    ("SaleScalingRole", "elasticloadbalancing:DescribeTargetHealth"): "the action knows no resource",
    ("SaleScalingRole", "ecs:ListTasks"): "its condition names the cluster",
    ("SlackAlertRole", "cloudwatch:DescribeAlarms"): "an alarm of any name may have rung",
    ("SlackAlertRole", "cloudwatch:GetMetricData"): "the action knows no resource",
    ("SaleScalingRole", "ecs:DescribeTasks"): "the id of a task is random",
    ("SnapshotCheckRole", "rds:DescribeEvents"): "the action knows no resource",
    ("SnapshotCheckRole", "rds:DescribeDBSnapshots"): "people give snapshots any name",
    ("SnapshotCheckRole", "rds:DescribeDBSnapshotAttributes"): "people give snapshots any name",
    ("SnapshotCheckRole", "kms:DescribeKey"): "a restored database has the key of its snapshot",
    ("SnapshotCheckRole", "rds:CreateDBSnapshot"): "the month is in the name",
    ("SnapshotCheckRole", "rds:CopyDBSnapshot"): "the time is in the name",
    ("SnapshotCheckRole", "rds:AddTagsToResource"): "the month or the time is in the name",
    (
        "SnapshotCheckRole",
        "rds:DeleteDBSnapshot",
    ): "the month or the time is in the name; its condition names the maker",
    **{
        ("SecretRotationRole", f"ec2:{action}"): "Lambda makes the network interface with this role"
        for action in (
            *("CreateNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets", "DeleteNetworkInterface"),
            *("AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
        )
    },
    ("SecretRotationRole", "secretsmanager:GetRandomPassword"): "the action knows no resource",
    ("SecretAdoptionRole", "ecs:ListServices"): "its condition names the cluster",
    ("SecretAdoptionRole", "ecs:ListTasks"): "its condition names the cluster",
    ("SecretAdoptionRole", "ecs:DescribeServices"): "any service of the cluster may read the secret",
    ("SecretAdoptionRole", "ecs:UpdateService"): "any service of the cluster may read the secret",
    ("SecretAdoptionRole", "ecs:DescribeTasks"): "the id of a task is random",
    ("SecretAdoptionRole", "ecs:DescribeTaskDefinition"): "the action knows no resource",
    ("SaleScalingRole", "ecs:DescribeTaskDefinition"): "the action knows no resource",
    ("SaleScalingRole", "ec2:DescribeSubnets"): "the action knows no resource",
    ("SaleScalingRole", "cloudwatch:GetMetricData"): "the action knows no resource",
    ("SaleScalingRole", "ecr:DescribeImages"): "the image may be in any repository of the account",
    ("SaleScalingRole", "rds:DescribeDBInstances"): "databases of restore drills are made later",
    ("SaleScalingRole", "rds:DescribeDBSnapshots"): "snapshots are made daily",
    ("SaleScalingRole", "rds:DescribePendingMaintenanceActions"): "it is asked with the snapshots",
}

MASTER_SECRET = "<DatabaseInstance.MasterUserSecret.SecretArn>"
WIDE |= {
    ("DevShutdownRole", action): "the action knows no resource"
    for action in (
        "tag:GetResources",
        "ecs:DescribeTaskDefinition",
        "application-autoscaling:DescribeScalableTargets",
        "elasticloadbalancing:DescribeTargetHealth",
        "cloudwatch:GetMetricData",
    )
}
WIDE |= {
    ("DevShutdownRole", action): "what opts in by its tags is not known beforehand; nights.py checks the conditions"
    for action in (
        *(f"ecs:{action}" for action in ("DescribeServices", "UpdateService", "TagResource", "UntagResource")),
        *(f"rds:{action}DB{kind}" for action in ("Stop", "Start") for kind in ("Instance", "Cluster")),
        *(f"rds:{action}" for action in ("DescribeDBInstances", "DescribeDBClusters")),
        *(f"rds:{action}" for action in ("AddTagsToResource", "RemoveTagsFromResource")),
    )
}
WIDE |= {("DevShutdownRole", "application-autoscaling:RegisterScalableTarget"): "the id of a scalable target is random"}

SALES = ARN.format("ssm", "parameter<SalesParameter>")
MONTHLY = ARN.format("rds", "snapshot:<DatabaseInstance>-monthly-*")
DRILLS = ARN.format("rds", "db:yakin-drill-*")
HOME_COPIES = ARN.format("rds", "snapshot:yakin-drill-*")
IN_THE_VPC = (
    *("CreateNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets", "DeleteNetworkInterface"),
    *("AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
)
WIDE |= {
    ("RestoreDrillRole", f"ec2:{action}"): "Lambda makes the network interface with this role" for action in IN_THE_VPC
}
WIDE |= {
    ("RestoreDrillRole", f"rds:{action}"): "the day is in the name; drill.py checks the conditions"
    for action in (
        *("RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime"),
        *("AddTagsToResource", "ModifyDBInstance", "DeleteDBInstance", "DeleteDBSnapshot"),
    )
}
WIDE |= {
    ("RestoreDrillRole", "rds:DescribeDBInstances"): "what was left behind may have any name",
    ("RestoreDrillRole", "rds:DescribeDBSnapshots"): "what was left behind may have any name",
    **{
        ("RestoreDrillRole", f"secretsmanager:{action}"): "RDS makes the name; drill.py checks the condition"
        for action in ("CreateSecret", "TagResource", "GetSecretValue")
    },
    **{
        ("RestoreDrillRole", f"kms:{action}"): "a restored database has the key of its snapshot"
        for action in ("DescribeKey", "CreateGrant")
    },
    **{("RestoreDrillRole", f"s3:{action}Object"): "the day is in the name" for action in ("Get", "Put")},
}
ALLOWED = {
    "EcsTaskRole": set(),
    "NetworkFlowLogRole": {
        ("logs:CreateLogStream", "<NetworkFlowLogGroup.Arn>"),
        ("logs:PutLogEvents", "<NetworkFlowLogGroup.Arn>"),
        ("logs:DescribeLogStreams", "<NetworkFlowLogGroup.Arn>"),
        ("logs:DescribeLogGroups", "*"),
    },
    "DatabaseExportRole": {
        ("s3:ListBucket", "<DatabaseExportBucket.Arn>"),
        ("s3:GetBucketLocation", "<DatabaseExportBucket.Arn>"),
        *((f"s3:{action}Object", "<DatabaseExportBucket.Arn>/*") for action in ("Put", "Get", "Delete")),
    },
    "EcsExecutionRole": {
        ("ecr:GetAuthorizationToken", "*"),
        ("ecr:BatchCheckLayerAvailability", ARN.format("ecr", "repository/*")),
        ("ecr:BatchGetImage", ARN.format("ecr", "repository/*")),
        ("ecr:GetDownloadUrlForLayer", ARN.format("ecr", "repository/*")),
        ("logs:CreateLogStream", "<EcsLogGroup.Arn>"),
        ("logs:PutLogEvents", "<EcsLogGroup.Arn>"),
        ("secretsmanager:GetSecretValue", "<DatabaseAppSecret>"),
    },
    "SaleScalingRole": {
        ("logs:CreateLogStream", "<SaleScalingLogGroup.Arn>"),
        ("logs:PutLogEvents", "<SaleScalingLogGroup.Arn>"),
        ("application-autoscaling:DescribeScalableTargets", "*"),
        ("application-autoscaling:RegisterScalableTarget", ARN.format("application-autoscaling", "scalable-target/*")),
        ("application-autoscaling:DescribeScheduledActions", "*"),
        ("application-autoscaling:PutScheduledAction", ARN.format("application-autoscaling", "scalable-target/*")),
        ("application-autoscaling:DeleteScheduledAction", ARN.format("application-autoscaling", "scalable-target/*")),
        ("application-autoscaling:ListTagsForResource", ARN.format("application-autoscaling", "scalable-target/*")),
        ("application-autoscaling:TagResource", ARN.format("application-autoscaling", "scalable-target/*")),
        ("elasticloadbalancing:DescribeTargetHealth", "*"),
        ("ecs:ListTasks", "*"),
        ("ecs:DescribeTasks", ARN.format("ecs", "task/<EcsCluster>/*")),
        ("ecs:DescribeServices", "<EcsService>"),
        ("ecs:UpdateService", "<EcsService>"),
        ("ssm:GetParameter", SALES),
        ("ssm:LabelParameterVersion", SALES),
        ("ssm:UnlabelParameterVersion", SALES),
        ("ssm:ListTagsForResource", SALES),
        ("ssm:AddTagsToResource", SALES),
        ("ecs:DescribeTaskDefinition", "*"),
        ("ec2:DescribeSubnets", "*"),
        ("cloudwatch:GetMetricData", "*"),
        ("servicequotas:GetServiceQuota", ARN.format("servicequotas", "fargate/L-3032A538")),
        ("ecr:DescribeImages", ARN.format("ecr", "repository/*")),
        ("rds:DescribeDBInstances", ARN.format("rds", "db:*")),
        *(
            (f"rds:{action}", ARN.format("rds", resource))
            for action in ("DescribeDBSnapshots", "DescribePendingMaintenanceActions")
            for resource in ("db:<DatabaseInstance>", "snapshot:*")
        ),
        ("acm:DescribeCertificate", PROD["CertificateArn"]),
        ("secretsmanager:DescribeSecret", "<DatabaseAppSecret>"),
        ("budgets:ViewBudget", ARN.format("budgets", "budget/<OverviewBudget>").replace(":ap-northeast-1:", "::")),
        ("sns:Publish", "<NoticesTopic>"),
        ("sqs:SendMessage", "<SaleScalingDeadLetters.Arn>"),
    },
    "SlackAlertRole": {
        ("logs:CreateLogStream", "<SlackAlertLogGroup.Arn>"),
        ("logs:PutLogEvents", "<SlackAlertLogGroup.Arn>"),
        ("secretsmanager:GetSecretValue", PROD["SlackSecretArn"]),
        ("sqs:ReceiveMessage", "<SlackAlertQueue.Arn>"),
        ("sqs:DeleteMessage", "<SlackAlertQueue.Arn>"),
        ("sqs:GetQueueAttributes", "<SlackAlertQueue.Arn>"),
        ("sqs:ChangeMessageVisibility", "<SlackAlertQueue.Arn>"),
        ("dynamodb:DeleteItem", "<SlackAlertLedger.Arn>"),
        ("dynamodb:GetItem", "<SlackAlertLedger.Arn>"),
        ("dynamodb:PutItem", "<SlackAlertLedger.Arn>"),
        ("dynamodb:Query", "<SlackAlertLedger.Arn>"),
        ("sns:Publish", "<CriticalAlertsTopic>"),
        ("sqs:SendMessage", "<SlackAlertDeadLetters.Arn>"),
        ("cloudwatch:DescribeAlarms", "*"),
        ("cloudwatch:GetMetricData", "*"),
    },
    "SnapshotCheckRole": {
        ("logs:CreateLogStream", "<SnapshotCheckLogGroup.Arn>"),
        ("logs:PutLogEvents", "<SnapshotCheckLogGroup.Arn>"),
        ("rds:DescribeDBInstances", "<DatabaseInstance.DBInstanceArn>"),
        ("rds:DescribeDBSnapshots", "<DatabaseInstance.DBInstanceArn>"),
        ("rds:DescribeEvents", "*"),
        ("rds:DescribeDBSnapshotAttributes", ARN.format("rds", "snapshot:*")),
        ("kms:DescribeKey", ARN.format("kms", "key/*")),
        ("rds:AddTagsToResource", "<DatabaseInstance.DBInstanceArn>"),
        ("rds:CreateDBSnapshot", "<DatabaseInstance.DBInstanceArn>"),
        ("rds:CreateDBSnapshot", MONTHLY),
        ("rds:AddTagsToResource", MONTHLY),
        ("rds:DeleteDBSnapshot", MONTHLY),
        ("sns:Publish", "<NoticesTopic>"),
        ("sqs:SendMessage", "<SnapshotCheckDeadLetters.Arn>"),
    },
    **{
        f"SnapshotCheckFunction{schedule}Role": {
            ("lambda:InvokeFunction", "<SnapshotCheckFunction.Arn>"),
            ("sqs:SendMessage", "<SnapshotCheckDeadLetters.Arn>"),
        }
        for schedule in ("Hourly", "Daily", "Monthly")
    },
    "SaleScalingFunctionScheduleRole": {
        ("lambda:InvokeFunction", "<SaleScalingFunction.Arn>"),
        ("sqs:SendMessage", "<SaleScalingDeadLetters.Arn>"),
    },
    "RestoreDrillRole": {
        ("logs:CreateLogStream", "<RestoreDrillLogGroup.Arn>"),
        ("logs:PutLogEvents", "<RestoreDrillLogGroup.Arn>"),
        *((f"ec2:{action}", "*") for action in IN_THE_VPC),
        ("rds:DescribeDBInstances", ARN.format("rds", "db:*")),
        *(("rds:DescribeDBSnapshots", ARN.format("rds", f"{kind}:*")) for kind in ("db", "snapshot")),
        *(
            (f"rds:RestoreDBInstance{how}", resource)
            for how in ("FromDBSnapshot", "ToPointInTime")
            for resource in (
                "<DatabaseInstance.DBInstanceArn>",
                ARN.format("rds", "snapshot:rds:<DatabaseInstance>-*"),
                HOME_COPIES,
                DRILLS,
                ARN.format("rds", "subgrp:<DatabaseSubnetGroup>"),
                ARN.format("rds", "pg:<DatabaseParameterGroup>"),
                ARN.format("rds", "og:default:*"),
            )
        ),
        *((f"rds:{action}", DRILLS) for action in ("AddTagsToResource", "ModifyDBInstance", "DeleteDBInstance")),
        *((f"rds:{action}", HOME_COPIES) for action in ("AddTagsToResource", "DeleteDBSnapshot")),
        *(
            (f"secretsmanager:{action}", ARN.format("secretsmanager", "secret:rds!db-*"))
            for action in ("CreateSecret", "TagResource", "GetSecretValue")
        ),
        *((f"kms:{action}", ARN.format("kms", "key/*")) for action in ("DescribeKey", "CreateGrant")),
        ("secretsmanager:GetSecretValue", "<DatabaseReaderSecret>"),
        ("s3:ListBucket", "<DatabaseExportBucket.Arn>"),
        *((f"s3:{action}Object", "<DatabaseExportBucket.Arn>/drills/*") for action in ("Get", "Put")),
        ("ssm:GetParameter", ARN.format("ssm", "parameter<RestoreDrillChecks>")),
        ("ssm:GetParameter", SALES),
        ("sns:Publish", "<NoticesTopic>"),
        ("sqs:SendMessage", "<RestoreDrillDeadLetters.Arn>"),
    },
    **{
        f"RestoreDrillFunction{schedule}Role": {
            ("lambda:InvokeFunction", "<RestoreDrillFunction.Arn>"),
            ("sqs:SendMessage", "<RestoreDrillDeadLetters.Arn>"),
        }
        for schedule in ("Sunday", "Hourly")
    },
    "SecretRotationRole": {
        ("logs:CreateLogStream", "<SecretRotationLogGroup.Arn>"),
        ("logs:PutLogEvents", "<SecretRotationLogGroup.Arn>"),
        *(
            (f"ec2:{action}", "*")
            for action in (
                *("CreateNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets", "DeleteNetworkInterface"),
                *("AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
            )
        ),
        *(
            (f"secretsmanager:{action}", "<DatabaseAppSecret>")
            for action in (
                *("DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"),
                *("TagResource", "UntagResource"),
            )
        ),
        *(
            (f"secretsmanager:{action}", "<DatabaseReaderSecret>")
            for action in ("DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage")
        ),
        ("secretsmanager:GetSecretValue", MASTER_SECRET),
        ("secretsmanager:GetRandomPassword", "*"),
        ("sqs:SendMessage", "<SecretRotationDeadLetters.Arn>"),
    },
    "SecretAdoptionRole": {
        ("logs:CreateLogStream", "<SecretAdoptionLogGroup.Arn>"),
        ("logs:PutLogEvents", "<SecretAdoptionLogGroup.Arn>"),
        *(
            (f"secretsmanager:{action}", secret)
            for action in ("DescribeSecret", "TagResource")
            for secret in ("<DatabaseAppSecret>", MASTER_SECRET)
        ),
        ("secretsmanager:RotateSecret", "<DatabaseAppSecret>"),
        ("lambda:InvokeFunction", "<SecretRotationFunction.Arn>"),
        ("ecs:ListServices", "*"),
        ("ecs:ListTasks", "*"),
        ("ecs:DescribeServices", ARN.format("ecs", "service/<EcsCluster>/*")),
        ("ecs:UpdateService", ARN.format("ecs", "service/<EcsCluster>/*")),
        ("ecs:DescribeTasks", ARN.format("ecs", "task/<EcsCluster>/*")),
        ("ecs:DescribeTaskDefinition", "*"),
        *(
            (f"rds:{action}", ARN.format("rds", f"{kind}:<DatabaseInstance>"))
            for action in ("DescribeDBInstances", "DescribeDBClusters")
            for kind in ("db", "cluster")
        ),
        ("ssm:GetParameter", SALES),
        ("sns:Publish", "<NoticesTopic>"),
        ("sqs:SendMessage", "<SecretAdoptionDeadLetters.Arn>"),
    },
    "SecretAdoptionFunctionScheduleRole": {
        ("lambda:InvokeFunction", "<SecretAdoptionFunction.Arn>"),
        ("sqs:SendMessage", "<SecretAdoptionDeadLetters.Arn>"),
    },
    "SlackAlertFunctionLookRole": {("lambda:InvokeFunction", "<SlackAlertFunction.Arn>")},
}
# With a shell, and with traffic that ECS shifts.
SHIFTING = ALL["prod blue green with a shell"]
SHELL = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
LOOK = ("DescribeListeners", "DescribeRules", "DescribeTargetGroups", "DescribeTargetHealth")
WIDE |= {("EcsTaskRole", f"ssmmessages:{action}"): "the action knows no resource" for action in SHELL}
WIDE |= {("EcsTrafficRole", f"elasticloadbalancing:{action}"): "the action knows no resource" for action in LOOK}
ALLOWED_SHIFTING = ALLOWED | {
    "EcsTaskRole": {(f"ssmmessages:{action}", "*") for action in SHELL},
    "EcsTrafficRole": {
        *((f"elasticloadbalancing:{action}", "*") for action in LOOK),
        ("elasticloadbalancing:ModifyRule", "<AlbProductionRule>"),
        *(
            (f"elasticloadbalancing:{action}Targets", f"<{group}>")
            for action in ("Register", "Deregister")
            for group in ("AlbTargetGroup", "AlbAlternateTargetGroup")
        ),
    },
}
# With pages of their own.
PULL = ("BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer")
WIDE |= {("WebTaskRole", f"ssmmessages:{action}"): "the action knows no resource" for action in SHELL}
WIDE |= {("WebExecutionRole", f"ecr:{action}"): "the image may come from any repository" for action in PULL}
WIDE |= {("DatabaseExportRole", f"s3:{action}Object"): "the files of one bucket" for action in ("Put", "Get", "Delete")}
WIDE |= {("WebExecutionRole", "ecr:GetAuthorizationToken"): "the action knows no resource"}
WEB_API = ALL["dev web api with a shell"]
ALLOWED_WEB = {
    "WebTaskRole": {(f"ssmmessages:{action}", "*") for action in SHELL},
    "WebExecutionRole": {
        ("ecr:GetAuthorizationToken", "*"),
        *((f"ecr:{action}", ARN.format("ecr", "repository/*")) for action in PULL),
        ("logs:CreateLogStream", "<WebLogGroup.Arn>"),
        ("logs:PutLogEvents", "<WebLogGroup.Arn>"),
    },
}
# With a second region.
ABROAD = ALL["prod with a second region"]
THERE = "arn:aws:rds:ap-northeast-3:123456789012:{}"
KEY_ABROAD = f"arn:aws:kms:ap-northeast-3:123456789012:key/{ABROAD['DrKmsKeyId']}"
COPIES = THERE.format("snapshot:<DatabaseInstance>-dr-*")
ALLOWED_ABROAD = ALLOWED | {
    "SnapshotCheckRole": ALLOWED["SnapshotCheckRole"]
    | {
        (f"rds:{action}", resource)
        for action in ("DescribeDBSnapshots", "DescribeDBSnapshotAttributes")
        for resource in (THERE.format("db:<DatabaseInstance>"), THERE.format("snapshot:*"))
    }
    | {
        ("rds:CopyDBSnapshot", ARN.format("rds", "snapshot:rds:<DatabaseInstance>-*")),
        ("rds:CopyDBSnapshot", COPIES),
        ("rds:AddTagsToResource", COPIES),
        ("rds:DeleteDBSnapshot", COPIES),
        ("kms:DescribeKey", KEY_ABROAD),
        ("kms:CreateGrant", KEY_ABROAD),
    },
    "RestoreDrillRole": ALLOWED["RestoreDrillRole"]
    | {
        *(("rds:DescribeDBSnapshots", THERE.format(what)) for what in ("db:<DatabaseInstance>", "snapshot:*")),
        *(("rds:CopyDBSnapshot", resource) for resource in (COPIES, HOME_COPIES)),
        *((f"kms:{action}", KEY_ABROAD) for action in ("DescribeKey", "CreateGrant")),
    },
}
TRUSTED = {
    "WebTaskRole": "ecs-tasks",
    "DatabaseExportRole": "export.rds",
    "WebExecutionRole": "ecs-tasks",
    "EcsTrafficRole": "ecs",
    "NetworkFlowLogRole": "vpc-flow-logs",
    "EcsTaskRole": "ecs-tasks",
    "EcsExecutionRole": "ecs-tasks",
}


@rule
def roles_may_do_exactly_this(template: Template) -> Iterator[Finding]:
    for parameters, table in ((PROD, ALLOWED), (SHIFTING, ALLOWED_SHIFTING), (ABROAD, ALLOWED_ABROAD)):
        roles = {role.id: role for role in template.stack(parameters).of_type("AWS::IAM::Role")}
        yield from (f"{name} is not in the table of roles" for name in roles.keys() - table.keys())
        for name, allowed in table.items():
            granted = set(_granted(roles[name])) if name in roles else set()
            yield from (f"{name} may {action} on {resource}" for action, resource in sorted(granted - allowed))
            yield from (f"{name} may not {action} on {resource}" for action, resource in sorted(allowed - granted))
    web = {role.id: role for role in template.stack(WEB_API).of_type("AWS::IAM::Role") if role.id.startswith("Web")}
    for name in ALLOWED_WEB.keys() | web.keys():
        granted = set(_granted(web[name])) if name in web else set()
        if granted != ALLOWED_WEB.get(name, set()):
            yield f"{name} may {sorted(granted)}"


@rule
def wildcards_have_a_reason(template: Template) -> Iterator[Finding]:
    roles = {
        role.id: role
        for parameters in (SHIFTING, WEB_API)
        for role in template.stack(parameters).of_type("AWS::IAM::Role")
    }
    for role in roles.values():
        for action, resource in _granted(role):
            if "*" in action:
                yield f"{role.id} may {action}"
            if "*" in resource and (role.id, action) not in WIDE:
                yield f"{role.id} may {action} on {resource} without a listed reason"
        if role.properties.get("ManagedPolicyArns"):
            yield f"{role.id} has managed policies, which are wide and change without us"


@rule
def bounds_are_set_on_ecs_services_only(template: Template) -> Iterator[Finding]:
    """The wide writes of bounds: the ARN says nothing, so the condition keys of the actions have to."""
    wide = {"RegisterScalableTarget", "PutScheduledAction", "DeleteScheduledAction"}
    wanted = {
        "application-autoscaling:service-namespace": "ecs",
        "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
    }
    for policy in template.stack(PROD)["SaleScalingRole"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            given = statement["Action"]
            actions = {action.split(":")[1] for action in ([given] if isinstance(given, str) else given)}
            if actions & wide:
                found = statement.get("Condition", {}).get("StringEquals", {})
                yield from differences(wanted, found, ", ".join(sorted(actions)))


@rule
def snapshot_check_deletes_only_what_it_made(template: Template) -> Iterator[Finding]:
    for policy in template.stack(ABROAD)["SnapshotCheckRole"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            if "rds:DeleteDBSnapshot" in str(statement["Action"]):
                found = statement.get("Condition", {}).get("StringEquals", {})
                yield from differences(
                    {"aws:ResourceTag/yakin:made-by": "snapshot-check"}, found, "rds:DeleteDBSnapshot"
                )


@rule
def every_statement_says_what_for(template: Template) -> Iterator[Finding]:
    for name, resource in template.source["Resources"].items():
        if resource["Type"] not in (
            "AWS::IAM::Role",
            "AWS::SQS::QueuePolicy",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::TopicPolicy",
        ):
            continue
        block = template.block(name)
        # A role's trust says itself whom it trusts.
        block = re.sub(r"      AssumeRolePolicyDocument:\n(        .*\n)+", "", block)
        lines = block.splitlines()
        for number, line in enumerate(lines):
            if line.strip().startswith("- Effect:") and not lines[number - 1].strip().startswith("# "):
                yield f"a statement of {name} does not say what for"


@rule
def each_function_has_a_role_of_its_own(template: Template) -> Iterator[Finding]:
    stack = template.stack(SHIFTING)
    for function in stack.of_type("AWS::Lambda::Function"):
        role = function.id.replace("Function", "Role")
        if function.properties.get("Role") != f"<{role}.Arn>":
            yield f"{function.id} runs as {function.properties.get('Role')}"
    for role in stack.of_type("AWS::IAM::Role"):
        service = "scheduler" if re.fullmatch(r"\w+Function\w+Role", role.id) else "lambda"
        wanted = [f"{TRUSTED.get(role.id, service)}.amazonaws.com"]
        found = []
        for statement in role.properties["AssumeRolePolicyDocument"]["Statement"]:
            services = statement["Principal"].get("Service", "someone else")
            found += [services] if isinstance(services, str) else services
        if found != wanted:
            yield f"{role.id} trusts {found}"


@rule
def template_names_no_account_and_no_host(template: Template) -> Iterator[Finding]:
    ours = r"\b\d{12}\b|\.[a-z0-9-]+\.rds\.amazonaws\.com|\.cache\.amazonaws\.com|hooks\.slack\.com|xox[bp]-"
    for number, line in enumerate(template.text.splitlines(), 1):
        if re.search(ours, line):
            yield f"line {number} names an account, a host or a token: {line.strip()}"


def _granted(role: Resource) -> Iterator[tuple[str, str]]:
    for policy in role.properties.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] != "Allow":
                continue
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            yield from ((action, str(resource)) for action in actions for resource in resources)
