"""Condition operators and condition keys of policies.

AWS documentation: "IAM JSON policy elements: Condition operators", "AWS global condition context keys".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from moto.ecs.models import ecs_backends
from moto.iam.models import iam_backends
from moto.rds.models import rds_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.ssm.models import ssm_backends

from rehearsal.aws.iam_resources import UnknownError, tags_of_request
from rehearsal.aws.sessions import Session
from rehearsal.aws.wire import Request
from rehearsal.aws.world import ACCOUNT, World

Context = dict[str, str | list[str]]

# Keys for which ``context`` gives a value whenever AWS would; any other key in a policy fails loudly.
KNOWN = re.compile(
    r"aws:(requestedregion|principalarn|principalaccount|securetransport|resourceaccount|currenttime|epochtime"
    r"|principaltype|userid|viaawsservice|tagkeys|(resourcetag|requesttag|principaltag)/.+)"
    r"|(ecs|rds|secretsmanager|ssm|lambda|scheduler|sns):(resourcetag/.+|db-tag/.+|snapshot-tag/.+|cluster-tag/.+)"
    r"|lambda:(sourcefunctionarn|functionarn)|ecs:cluster|cloudwatch:namespace"
    r"|secretsmanager:(versionstage|secretid|versionid|resource/allowrotationlambdaarn)"
    r"|rds:(databaseclass|databaseengine)|sns:(protocol|endpoint)|s3:prefix"
    r"|ssm:overwrite|application-autoscaling:(service-namespace|scalable-dimension)"
)


def matches(pattern: str, value: str) -> bool:
    """IAM's wildcards: ``*`` any text, ``?`` one character."""
    expression = "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.fullmatch(expression, value, re.DOTALL) is not None


def _number(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    return lambda have, want: compare(float(have), float(want))


def _date(compare: Callable[[datetime, datetime], bool]) -> Callable[[str, str], bool]:
    return lambda have, want: compare(datetime.fromisoformat(have), datetime.fromisoformat(want))


def _in_network(have: str, want: str) -> bool:
    return ipaddress.ip_address(have) in ipaddress.ip_network(want, strict=False)


POSITIVE: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda have, want: have == want,
    "StringEqualsIgnoreCase": lambda have, want: have.lower() == want.lower(),
    "StringLike": lambda have, want: matches(want, have),
    "ArnEquals": lambda have, want: matches(want, have),
    "ArnLike": lambda have, want: matches(want, have),
    "Bool": lambda have, want: have.lower() == want.lower(),
    "IpAddress": _in_network,
    "NumericEquals": _number(lambda a, b: a == b),
    "NumericLessThan": _number(lambda a, b: a < b),
    "NumericLessThanEquals": _number(lambda a, b: a <= b),
    "NumericGreaterThan": _number(lambda a, b: a > b),
    "NumericGreaterThanEquals": _number(lambda a, b: a >= b),
    "DateEquals": _date(lambda a, b: a == b),
    "DateLessThan": _date(lambda a, b: a < b),
    "DateLessThanEquals": _date(lambda a, b: a <= b),
    "DateGreaterThan": _date(lambda a, b: a > b),
    "DateGreaterThanEquals": _date(lambda a, b: a >= b),
}
NEGATIVE = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}


def holds(condition: dict[str, dict[str, Any]], context: Context) -> bool:
    """All operators and all keys must hold; of several values one must."""
    return all(
        _key_holds(operator, key.lower(), as_list(wanted), context)
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    )


def _key_holds(operator: str, key: str, wanted: list[Any], context: Context) -> bool:
    if not KNOWN.fullmatch(key):
        raise UnknownError(f"the condition key {key} is not emulated")
    values = [substitute(str(value).lower() if isinstance(value, bool) else str(value), context) for value in wanted]
    have = context.get(key)
    if operator == "Null":
        return (have is None) == (values[0] == "true")
    quantifier, _, name = operator.rpartition(":")
    if_exists = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    if name not in POSITIVE and name not in NEGATIVE:
        raise UnknownError(f"the condition operator {operator} is not emulated")
    if quantifier not in ("", "ForAllValues", "ForAnyValue"):
        raise UnknownError(f"the condition operator {operator} is not emulated")
    if have is None:
        return if_exists or quantifier == "ForAllValues" or (name in NEGATIVE and quantifier == "")
    compare = POSITIVE[NEGATIVE.get(name, name)]

    def fits(item: str) -> bool:
        return any(compare(item, value) for value in values) != (name in NEGATIVE)

    return (all if quantifier == "ForAllValues" else any)(fits(item) for item in as_list(have))


def substitute(text: str, context: Context) -> str:
    """Policy variables, such as ``${aws:PrincipalTag/team}``. Without a value nothing matches."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in ("*", "?", "$"):
            return name
        key = name.split(",")[0].strip().lower()
        if not KNOWN.fullmatch(key):
            raise UnknownError(f"the policy variable {name} is not emulated")
        have = context.get(key)
        return have if isinstance(have, str) else "\0"

    return re.sub(r"\$\{([^}]+)\}", value, text) if "${" in text else text


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def context(world: World, session: Session, request: Request, arn: str) -> Context:
    """What AWS knows of the caller, the request and the resource ``arn``. Keys are in lower case."""
    now, params = world.clock.now(), request.params
    known: Context = {
        "aws:requestedregion": request.region,
        "aws:principalarn": session.role_arn,
        "aws:principalaccount": ACCOUNT,
        "aws:principaltype": "AssumedRole",
        "aws:resourceaccount": ACCOUNT,
        "aws:securetransport": "true",  # loopback stands for TLS
        "aws:viaawsservice": "false",
        "aws:currenttime": now.isoformat(),
        "aws:epochtime": str(int(now.timestamp())),
        "lambda:sourcefunctionarn": f"arn:aws:lambda:{request.region}:{ACCOUNT}:function:{session.name}",
    }
    for key, value in _role_tags(session).items():
        known[f"aws:principaltag/{key.lower()}"] = value
    for key, value in tags_of_resource(arn).items():
        for prefix in ("aws:resourcetag/", f"{request.prefix}:resourcetag/", *_own_tag_key(arn)):
            known[f"{prefix}{key.lower()}"] = value
    tags = tags_of_request(request)
    for key, value in tags.items():
        known[f"aws:requesttag/{key.lower()}"] = value
    keys = list(tags) or params.get("TagKeys") or params.get("tagKeys")
    if keys:
        known["aws:tagkeys"] = keys
    members = {
        "cloudwatch:namespace": "Namespace",
        "secretsmanager:versionstage": "VersionStage",
        "secretsmanager:versionid": "VersionId",
        "secretsmanager:secretid": "SecretId",
        "rds:databaseclass": "DBInstanceClass",
        "rds:databaseengine": "Engine",
        "sns:protocol": "Protocol",
        "sns:endpoint": "Endpoint",
        "s3:prefix": "Prefix",
        "application-autoscaling:service-namespace": "ServiceNamespace",
        "application-autoscaling:scalable-dimension": "ScalableDimension",
        "lambda:functionarn": "FunctionName",
    }
    for key, member in members.items():
        if key.startswith(f"{request.prefix}:") and isinstance(params.get(member), str):
            known[key] = params[member]
    if request.name == "ssm:PutParameter":
        known["ssm:overwrite"] = str(bool(params.get("Overwrite"))).lower()
    if request.prefix == "ecs":
        cluster = params.get("cluster") or "default"
        whole = cluster if cluster.startswith("arn:") else f"arn:aws:ecs:{request.region}:{ACCOUNT}:cluster/{cluster}"
        known["ecs:cluster"] = whole
    rotation = _rotation_function(arn)
    if rotation:
        known["secretsmanager:resource/allowrotationlambdaarn"] = rotation
    return known


def _role_tags(session: Session) -> dict[str, str]:
    roles = iam_backends[ACCOUNT]["aws"].roles.values()
    role = next((role for role in roles if role.arn == session.role_arn), None)
    return _pairs(role.tags) if role else {}


def _own_tag_key(arn: str) -> list[str]:
    """RDS has keys of its own for tags: rds:db-tag/team."""
    parts = arn.split(":")
    return [f"rds:{parts[5]}-tag/"] if len(parts) > 6 and parts[2] == "rds" else []


def _rotation_function(arn: str) -> str | None:
    parts = arn.split(":")
    if len(parts) < 6 or parts[2] != "secretsmanager":
        return None
    secrets = secretsmanager_backends[ACCOUNT][parts[3]].secrets
    return secrets[arn].rotation_lambda_arn if arn in secrets else None


def tags_of_resource(arn: str) -> dict[str, str]:
    """The resource's tags now; none if it does not exist."""
    parts = arn.split(":")
    if len(parts) < 6 or "*" in arn or "?" in arn:
        return {}
    service, region = parts[2], parts[3]
    if service == "ecs":
        return _pairs(_or_nothing(lambda: ecs_backends[ACCOUNT][region].list_tags_for_resource(arn)))
    if service == "rds":
        return _pairs(_or_nothing(lambda: rds_backends[ACCOUNT][region].list_tags_for_resource(arn)))
    if service == "secretsmanager":
        secrets = secretsmanager_backends[ACCOUNT][region].secrets
        return _pairs(secrets[arn].tags or [] if arn in secrets else [])
    if service == "ssm":
        name = "/" + arn.split(":parameter/", 1)[-1]
        return dict(_or_nothing(lambda: ssm_backends[ACCOUNT][region].list_tags_for_resource("Parameter", name)))
    if service == "sns":
        return dict(_or_nothing(lambda: sns_backends[ACCOUNT][region].list_tags_for_resource(arn)))
    return {}


def _or_nothing(read: Callable[[], Any]) -> Any:
    """moto raises errors of many kinds for a resource that does not exist; it then has no tags."""
    try:
        return read() or []
    except Exception:
        return []


def _pairs(tags: Any) -> dict[str, str]:
    return {tag.get("Key", tag.get("key")): tag.get("Value", tag.get("value")) for tag in tags}
