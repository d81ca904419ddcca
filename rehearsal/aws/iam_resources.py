"""Which IAM action a request is, and which ARNs it touches.

The resource types of an action come from the Service Authorization Reference as cfn-lint carries it; how a type's ARNs
follow from a request's parameters stands in iam_arns.py. A type without a rule fails loudly.
AWS documentation: "Actions, resources, and condition keys for AWS services".
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import cfnlint
from moto.s3.models import s3_backends

from rehearsal.aws.iam_arns import ANY, RULES
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
    if action == "s3:GetObject" and not _is_there(request):
        # Whoever may not list the bucket does not learn that a file is missing (S3 API Reference, GetObject).
        pairs.append(("s3:ListBucket", _arn(request, request.params["Bucket"])))
    creates = request.action.startswith(("Create", "Copy", "Restore", "Register", "Run", "Start", "Put"))
    if creates and tags_of_request(request) and request.prefix in TAGGING:
        pairs.append((TAGGING[request.prefix], _made(request, [arn for _, arn in pairs])))
    return pairs


def _is_there(request: Request) -> bool:
    bucket = s3_backends[ACCOUNT]["aws"].buckets.get(request.params["Bucket"])
    return bucket is None or request.params["Key"] in bucket.keys


def _made(request: Request, found: list[str]) -> str:
    """What a request makes, among all that it touches: a restore also names its source, groups and the like."""
    named = [arn for arn in found if not arn.endswith("*")]
    if request.name.startswith("rds:Restore"):
        ids = ("TargetDBInstanceIdentifier", "DBInstanceIdentifier", "DBClusterIdentifier")
        new = next(request.params[name] for name in ids if name in request.params)
        named = [arn for arn in named if arn.endswith((f":db:{new}", f":cluster:{new}"))]
    return named[-1] if named else "*"


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
