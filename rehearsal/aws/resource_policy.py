"""Whether a queue, a topic or a function lets an AWS service in: the usual reason for messages that never arrive.

Sources: IAM User Guide, "Policy evaluation logic"; SNS Developer Guide, "Giving permissions for Amazon SNS to send
messages to an Amazon SQS queue"; EventBridge User Guide, "Using resource-based policies for Amazon EventBridge".
"""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from rehearsal.aws.world import ACCOUNT, REGION


class DeniedError(PermissionError):
    """The target's own policy does not let the service in."""


@dataclass(frozen=True)
class Sender:
    """An AWS service, and the resource on whose behalf it sends: a topic, a rule, an alarm."""

    service: str  # 'sns.amazonaws.com'
    source_arn: str

    def condition_keys(self) -> dict[str, str]:
        """In lower case, as the names of condition keys do not depend on it."""
        keys = {"aws:sourcearn": self.source_arn, "aws:sourceaccount": ACCOUNT}
        # SNS keeps this older key for what CloudWatch sends, and its default topic policy asks for it.
        return keys | ({"aws:sourceowner": ACCOUNT} if self.service == "cloudwatch.amazonaws.com" else {})


def check(sender: Sender, target_arn: str) -> None:
    """Raises DeniedError; what is not there at all passes, so that the delivery itself says so."""
    _, _, service, _, _, name = target_arn.split(":")[:6]
    match service:
        case "sqs":
            queue = sqs_backends[ACCOUNT][REGION].queues.get(name)
            statements, action = _statements(queue and queue.policy), "sqs:SendMessage"
            exists = queue is not None
        case "sns":
            topic = sns_backends[ACCOUNT][REGION].topics.get(target_arn)
            statements, action = _statements(topic and topic.policy), "sns:Publish"
            exists = topic is not None
        case "lambda":
            functions = lambda_backends[ACCOUNT][REGION]._lambdas._functions
            name = target_arn.split(":")[6]
            exists = name in functions
            statements = functions[name]["latest"].policy.statements if exists else []
            action = "lambda:InvokeFunction"
        case _:
            return
    if exists and not allows(statements, sender, action, target_arn):
        raise DeniedError(f"the policy of {target_arn} does not let {sender.service} in for {sender.source_arn}")


def allows(statements: Iterable[dict[str, Any]], sender: Sender, action: str, resource: str) -> bool:
    effects = {one["Effect"] for one in statements if _applies(one, sender, action, resource)}
    return effects == {"Allow"}


def _applies(statement: dict[str, Any], sender: Sender, action: str, resource: str) -> bool:
    unknown = statement.keys() & {"NotPrincipal", "NotAction", "NotResource"}
    if unknown:
        raise NotImplementedError(f"a resource policy with {', '.join(sorted(unknown))}")
    return (
        _is_principal(statement["Principal"], sender)
        and any(_like(action.lower(), str(pattern).lower()) for pattern in _list(statement["Action"]))
        and any(_like(resource, str(pattern)) for pattern in _list(statement.get("Resource", resource)))
        and all(_holds(operator, keys, sender) for operator, keys in (statement.get("Condition") or {}).items())
    )


def _is_principal(principal: Any, sender: Sender) -> bool:
    if principal == "*":
        return True
    return "*" in _list(principal.get("AWS", [])) or sender.service in _list(principal.get("Service", []))


def _holds(operator: str, keys: dict[str, Any], sender: Sender) -> bool:
    known = sender.condition_keys()
    for key, wanted in keys.items():
        value = known.get(key.lower())
        match operator:
            case "ArnEquals" | "ArnLike" | "StringLike":  # the first two behave the same
                holds = value is not None and any(_like(value, str(pattern)) for pattern in _list(wanted))
            case "StringEquals":
                holds = value is not None and value in _list(wanted)
            case "Bool":
                # The services always use TLS.
                holds = key.lower() == "aws:securetransport" and str(_list(wanted)[0]).lower() == "true"
            case _:
                raise NotImplementedError(f"condition operator {operator} in a resource policy")
        if not holds:
            return False
    return True


def _like(value: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(value, pattern.replace("[", "[[]"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _statements(policy: str | dict[str, Any] | None) -> list[dict[str, Any]]:
    if not policy:
        return []
    parsed = json.loads(policy) if isinstance(policy, str) else policy
    return _list(parsed["Statement"])
