"""How the ARNs of each resource type follow from the parameters of a request, for the services that we use.

AWS documentation: "Actions, resources, and condition keys for AWS services", the ARN formats of the resource types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.secretsmanager.models import secretsmanager_backends

from rehearsal.aws.wire import Request
from rehearsal.aws.world import ACCOUNT

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
    if request.action.endswith(("TagsToResource", "TagsForResource", "TagsFromResource")):
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
    "db": (
        "DBInstanceIdentifier", "SourceDBInstanceIdentifier", "TargetDBInstanceIdentifier", "ResourceIdentifier",
    ),
    "snapshot": ("DBSnapshotIdentifier", "SourceDBSnapshotIdentifier", "TargetDBSnapshotIdentifier"),
    "cluster": ("DBClusterIdentifier", "SourceDBClusterIdentifier"),
    "cluster-snapshot": (
        "DBClusterSnapshotIdentifier", "SourceDBClusterSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier",
        "SnapshotIdentifier",
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
    ("servicequotas", "quota"): lambda r: [f"{r.params['ServiceCode']}/{r.params['QuotaCode']}"],
    ("acm", "certificate"): _named("CertificateArn"),
    **{("rds", kind): _named(*members, form=f"{kind}:{{}}") for kind, members in _RDS.items()},
}

# What a request without a name is judged on: RDS and CloudWatch write ``db:*``, most others ``*``.
ANY: dict[tuple[str, str], str] = {
    **dict.fromkeys(RULES, "*"),
    **{("rds", kind): f"{kind}:*" for kind in _RDS},
    ("cloudwatch", "alarm"): "alarm:*",
}
