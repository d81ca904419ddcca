"""Which IAM action a request is, and which ARNs it touches.

The resource types of an action come from the Service Authorization Reference as cfn-lint carries it; how a type's ARNs
follow from a request's parameters is written here. A type without a rule fails loudly.
AWS documentation: "Actions, resources, and condition keys for AWS services".
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cfnlint
from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.secretsmanager.models import secretsmanager_backends

from rehearsal.aws.wire import Request
from rehearsal.aws.world import ACCOUNT


class UnknownError(LookupError):
    """The embedded IAM can't judge this honestly: an action, a resource type or a condition that it does not know."""


# Where IAM's name of the action is not the API's (same reference, per service).
RENAMED = {
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListObjects": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:CopyObject": "s3:PutObject",
    "s3:CreateMultipartUpload": "s3:PutObject",
    "s3:UploadPart": "s3:PutObject",
    "s3:CompleteMultipartUpload": "s3:PutObject",
    "s3:DeleteObjects": "s3:DeleteObject",
    "lambda:Invoke": "lambda:InvokeFunction",
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sns:PublishBatch": "sns:Publish",
    "secretsmanager:BatchGetSecretValue": "secretsmanager:BatchGetSecretValue",
    "budgets:DescribeBudget": "budgets:ViewBudget",
    "budgets:DescribeBudgets": "budgets:ViewBudget",
}
# Tags given at creation need a second permission.
TAGGING = {"rds": "rds:AddTagsToResource", "ecs": "ecs:TagResource", "ssm": "ssm:AddTagsToResource"}
TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


@functools.cache
def reference() -> dict[str, Any]:
    path = Path(cfnlint.__file__).parent / "data" / "AdditionalSpecs" / "Policies.json"
    return json.loads(path.read_text(encoding="utf-8"))


def needed(request: Request) -> list[tuple[str, str]]:
    """The (action, ARN) pairs that all must be allowed; the ARN is ``*`` where the action has no resource types."""
    if request.name == "dynamodb:TransactWriteItems":
        writes = [next(iter(item.items())) for item in request.params["TransactItems"]]
        arn = functools.partial(_arn, request)
        return [(f"dynamodb:{TRANSACTION[kind]}", arn(f"table/{item['TableName']}")) for kind, item in writes]
    action = RENAMED.get(request.name, request.name)
    pairs = [(action, arn) for arn in arns(request, action)]
    creates = request.action.startswith(("Create", "Copy", "Restore", "Register", "Run", "Start", "Put"))
    if creates and tags_of_request(request) and request.prefix in TAGGING:
        tagged = [arn for arn in arns(request, action) if not arn.endswith("*")] or ["*"]
        pairs += [(TAGGING[request.prefix], arn) for arn in tagged[-1:]]
    return pairs


def arns(request: Request, action: str) -> list[str]:
    """What the request touches. Raises UnknownError."""
    prefix, name = action.split(":")
    known = reference().get(prefix, {}).get("Actions", {}).get(name.lower())
    if known is None:
        raise UnknownError(f"the IAM action {action} is not in the Service Authorization Reference")
    types = [kind.lower() for kind in known.get("Resources", [])]
    if not types:
        return ["*"]
    whole = _whole_arn(request)
    if whole:
        return [whole]
    found: list[str] = []
    judged = [kind for kind in types if (prefix, kind) in RULES]
    if not judged:
        raise UnknownError(f"no rule gives the ARNs of {' or '.join(types)} for {action}")
    for kind in judged:
        found += [_arn(request, part) for part in RULES[prefix, kind](request)]
    return list(dict.fromkeys(found)) or [_arn(request, ANY[prefix, judged[0]])]


def _whole_arn(request: Request) -> str | None:
    """Operations on any resource of the service name it by its ARN."""
    names = ("resourceArn", "ResourceArn", "ResourceARN", "ResourceName", "resourceARN")
    given = next((request.params[name] for name in names if name in request.params), None)
    return given if isinstance(given, str) and given.startswith("arn:") else None


def _arn(request: Request, part: str) -> str:
    if part == "*" or part.startswith("arn:"):
        return part
    separator = "" if request.prefix == "s3" else f"{request.region}:{ACCOUNT}"
    return f"arn:aws:{request.prefix}:{separator}:{part}" if separator else f"arn:aws:s3:::{part}"


def tags_of_request(request: Request) -> dict[str, str]:
    """The tags that a request sets."""
    given = next((request.params[name] for name in ("Tags", "tags", "TagList") if request.params.get(name)), [])
    if isinstance(given, dict):
        return given
    return {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value", "")) for tag in given}


Rule = Callable[[Request], Iterable[str]]


def _last(text: str) -> str:
    return text.rsplit("/", 1)[-1]


def _cluster(request: Request) -> str:
    return _last(request.params.get("cluster") or "default")


def _many(request: Request, single: str, plural: str) -> list[str]:
    one = request.params.get(single)
    return [one] if one else list(request.params.get(plural) or [])


def _ecs(kind: str, single: str, plural: str) -> Rule:
    """Services, tasks and instances stand under their cluster."""

    def rule(request: Request) -> Iterable[str]:
        if request.action == "CreateService" and kind == "service":
            return [f"service/{_cluster(request)}/{request.params['serviceName']}"]
        return [f"{kind}/{_cluster(request)}/{_last(name)}" for name in _many(request, single, plural)]

    return rule


def _ecs_instances(request: Request) -> Iterable[str]:
    """ListTasks names no instance and is then judged on all of the cluster."""
    given = _ecs("container-instance", "containerInstance", "containerInstances")(request)
    return list(given) or ([f"container-instance/{_cluster(request)}/*"] if request.action == "ListTasks" else [])


def _named(*members: str, form: str = "{}") -> Rule:
    """ARNs are taken as they are, names are put into ``form``."""

    def rule(request: Request) -> Iterable[str]:
        for member in members:
            given = request.params.get(member)
            for name in given if isinstance(given, list) else [given] if given else []:
                yield name if name.startswith("arn:") else form.format(name)

    return rule


def _secret(request: Request) -> Iterable[str]:
    """A secret's ARN ends in six characters that a caller by name does not know."""
    name = request.params.get("SecretId") or request.params.get("Name")
    secrets = secretsmanager_backends[ACCOUNT][request.region].secrets
    if name and name in secrets:
        return [secrets[name].arn]
    return [name if name.startswith("arn:") else f"secret:{name}-??????"] if name else []


def _parameters(request: Request) -> Iterable[str]:
    for name in [request.params.get("Name"), request.params.get("Path"), *(request.params.get("Names") or [])]:
        if name:
            plain = name.split(":parameter", 1)[-1] if name.startswith("arn:") else name.split(":")[0]
            yield f"parameter/{plain.strip('/')}"
    if request.action.endswith("TagsToResource"):
        yield f"parameter/{request.params['ResourceId'].strip('/')}"


def _queue(request: Request) -> Iterable[str]:
    return [_last(name) for name in (request.params.get("QueueUrl"), request.params.get("QueueName")) if name]


def _function(request: Request) -> Iterable[str]:
    name, qualifier = request.params.get("FunctionName"), request.params.get("Qualifier")
    if not name:
        return []
    whole = name if name.startswith("arn:") else f"function:{name}"
    return [f"{whole}:{qualifier}" if qualifier else whole]


def _scalable_target(request: Request) -> Iterable[str]:
    targets = applicationautoscaling_backends[ACCOUNT][request.region].targets
    dimension = targets.get(request.params.get("ScalableDimension"), {})
    target = dimension.get(request.params.get("ResourceId"))
    return [target.arn] if target is not None else ["scalable-target/*"]


def _schedule(request: Request) -> Iterable[str]:
    name = request.params.get("Name")
    return [f"schedule/{request.params.get('GroupName') or 'default'}/{name}"] if name else []


def _buses(request: Request) -> Iterable[str]:
    entries = request.params.get("Entries") or []
    names = [entry.get("EventBusName") or "default" for entry in entries] or [request.params.get("Name") or "default"]
    return [name if name.startswith("arn:") else f"event-bus/{name}" for name in names]


def _rule_name(request: Request) -> Iterable[str]:
    name = request.params.get("Name") or request.params.get("Rule")
    return [f"rule/{name}"] if name else []


def _log_group(request: Request) -> Iterable[str]:
    for name in _named("logGroupName", "logGroupNames", "logGroupIdentifier", "logGroupIdentifiers")(request):
        yield f"{name.removesuffix(':*')}:*" if name.startswith("arn:") else f"log-group:{name}:*"


def _log_stream(request: Request) -> Iterable[str]:
    group, stream = request.params.get("logGroupName"), request.params.get("logStreamName")
    return [f"log-group:{group}:log-stream:{stream or ''}"] if group else []


def _tables(request: Request) -> Iterable[str]:
    names = [request.params["TableName"]] if "TableName" in request.params else []
    names += list(request.params.get("RequestItems") or {})
    names += [next(iter(item.values()))["TableName"] for item in request.params.get("TransactItems") or []]
    return [name if name.startswith("arn:") else f"table/{name}" for name in names]


def _index(request: Request) -> Iterable[str]:
    index = request.params.get("IndexName")
    return [f"{table}/index/{index}" for table in _tables(request)] if index else []


def _table_without_index(request: Request) -> Iterable[str]:
    return [] if request.params.get("IndexName") else _tables(request)


def _objects(request: Request) -> Iterable[str]:
    bucket, key = request.params.get("Bucket"), request.params.get("Key")
    keys = [key] if key else [item["Key"] for item in (request.params.get("Delete") or {}).get("Objects", [])]
    return [f"{bucket}/{key}" for key in keys]


def _nothing(request: Request) -> Iterable[str]:
    return []


_RDS = {
    "db": ("DBInstanceIdentifier", "SourceDBInstanceIdentifier", "TargetDBInstanceIdentifier"),
    "snapshot": ("DBSnapshotIdentifier", "SourceDBSnapshotIdentifier", "TargetDBSnapshotIdentifier"),
    "cluster": ("DBClusterIdentifier", "SourceDBClusterIdentifier"),
    "cluster-snapshot": (
        "DBClusterSnapshotIdentifier", "SourceDBClusterSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier",
    ),
    "subgrp": ("DBSubnetGroupName",),
    "pg": ("DBParameterGroupName",),
    "cluster-pg": ("DBClusterParameterGroupName",),
    "og": ("OptionGroupName",),
    "secgrp": ("DBSecurityGroups",),
    "auto-backup": ("SourceDBInstanceAutomatedBackupsArn", "DBInstanceAutomatedBackupsArn"),
    "es": ("SubscriptionName",),
}  # fmt: skip

RULES: dict[tuple[str, str], Rule] = {
    ("ecs", "service"): _ecs("service", "service", "services"),
    ("ecs", "task"): _ecs("task", "task", "tasks"),
    ("ecs", "container-instance"): _ecs_instances,
    ("ecs", "cluster"): lambda r: [f"cluster/{_last(name)}" for name in _many(r, "cluster", "clusters") or ["default"]],
    ("ecs", "task-definition"): _named("taskDefinition", form="task-definition/{}"),
    ("ecs", "service-deployment"): _named("serviceDeploymentArns", "serviceDeploymentArn"),
    ("ecs", "service-revision"): _named("serviceRevisionArns"),
    ("secretsmanager", "secret"): _secret,
    ("ssm", "parameter"): _parameters,
    ("sns", "topic"): _named("TopicArn", "TargetArn", "Name"),
    ("sqs", "queue"): _queue,
    ("lambda", "function"): _function,
    ("application-autoscaling", "scalabletarget"): _scalable_target,
    ("scheduler", "schedule"): _schedule,
    ("scheduler", "schedule-group"): _named("GroupName", form="schedule-group/{}"),
    ("events", "event-bus"): _buses,
    ("events", "rule-on-default-event-bus"): _rule_name,
    ("cloudwatch", "alarm"): _named("AlarmName", "AlarmNames", form="alarm:{}"),
    ("cloudwatch", "dashboard"): _named("DashboardName", "DashboardNames", form="dashboard/{}"),
    ("cloudwatch", "dataset"): _nothing,  # metrics have no ARN
    ("logs", "log-group"): _log_group,
    ("logs", "log-stream"): _log_stream,
    ("dynamodb", "table"): _table_without_index,
    ("dynamodb", "index"): _index,
    ("kms", "key"): _named("KeyId", form="key/{}"),
    ("s3", "bucket"): _named("Bucket"),
    ("s3", "object"): _objects,
    ("ecr", "repository"): _named("repositoryName", form="repository/{}"),
    ("elasticloadbalancing", "targetgroup"): _named("TargetGroupArn"),
    ("elasticloadbalancing", "loadbalancer/app/"): _named("LoadBalancerArn"),
    ("elasticloadbalancing", "listener/app"): _named("ListenerArn"),
    ("elasticloadbalancing", "listener-rule/app"): _named("RuleArn"),
    ("budgets", "budget"): lambda r: [f"arn:aws:budgets::{ACCOUNT}:budget/{r.params.get('BudgetName', '*')}"],
    **{("rds", kind): _named(*members, form=f"{kind}:{{}}") for kind, members in _RDS.items()},
}

# What a request without a name is judged on: RDS and CloudWatch write ``db:*``, most others ``*``.
ANY: dict[tuple[str, str], str] = {
    **dict.fromkeys(RULES, "*"),
    **{("rds", kind): f"{kind}:*" for kind in _RDS},
    ("cloudwatch", "alarm"): "alarm:*",
}
