"""Deliveries from EventBridge rules, EventBridge Scheduler and CloudWatch alarms to what they target.

A target that does not exist is a delivery that fails for good: it goes to the dead-letter queue, or is lost and says
so. A kind of target that the embedded AWS does not know ends the run.

Sources: EventBridge User Guide, "How EventBridge retries delivering events", "Using dead-letter queues to process
undelivered events"; Scheduler User Guide, "Configuring a dead-letter queue".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from moto.core.exceptions import ServiceException
from moto.logs.models import logs_backends
from moto.sns.models import sns_backends
from werkzeug.exceptions import HTTPException

from rehearsal.aws import resource_policy
from rehearsal.aws.resource_policy import Sender
from rehearsal.aws.world import ACCOUNT, REGION, current

# What a backend of moto says when the target is not there, and what the target's policy says.
UNDELIVERABLE = (HTTPException, ServiceException, resource_policy.DeniedError)


def deliver(
    arn: str,
    payload: str,
    via: str,
    dead_letter_arn: str | None = None,
    sender: Sender | None = None,
) -> None:
    """``via`` says who delivers, for the evidence: 'schedule sale-scaling', 'rule EcsDeploymentFailed'.

    With a ``sender`` the target's own policy has to let it in; EventBridge Scheduler names none, it comes with a role.
    """
    try:
        if sender is not None:
            resource_policy.check(sender, arn)
        _send(arn, payload, via)
    except UNDELIVERABLE as problem:
        outcome = f"failed: {problem}"
        current().record("delivery", via=via, target=arn, outcome=outcome)
        if dead_letter_arn:
            code = "NO_PERMISSIONS" if isinstance(problem, resource_policy.DeniedError) else "NO_RESOURCE"
            attributes = {"ERROR_CODE": code, "ERROR_MESSAGE": str(problem), "TARGET_ARN": arn}
            dead_letter(dead_letter_arn, payload, outcome, attributes, sender)
        else:
            current().record("lost", function=via, reason=f"{arn}: {problem}")
        return
    current().record("delivery", via=via, target=arn, outcome="ok")


def dead_letter(arn: str, body: str, reason: str, attributes: Mapping[str, str], sender: Sender | None = None) -> None:
    """What could not be delivered or processed, to an SQS queue, or an SNS topic where Lambda allows one."""
    try:
        if sender is not None:
            resource_policy.check(sender, arn)
    except resource_policy.DeniedError as problem:
        current().record("lost", function=sender.source_arn, reason=str(problem))
        return
    current().record("dead-letter", queue=arn, body=body, reason=reason)
    service = arn.split(":")[2]
    if service == "sqs":
        from rehearsal.aws import sqs

        typed = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
        sqs.send(arn, body, typed)
    elif service == "sns":
        typed = {name: {"Type": "String", "Value": value} for name, value in attributes.items()}
        _publish(arn, body, typed)
    else:
        raise NotImplementedError(f"dead letters to {arn}")


def _send(arn: str, payload: str, via: str) -> None:
    from rehearsal.aws import lambda_, sqs

    match arn.split(":")[2]:
        case "lambda":
            lambda_.invoke_async(arn, payload, via)
        case "sqs":
            sqs.send(arn, payload)
        case "sns":
            _publish(arn, payload, {})
        case "logs":
            _log(arn, payload)
        case _:
            raise NotImplementedError(f"target {arn}")


def _publish(arn: str, message: str, attributes: Mapping[str, Any]) -> None:
    backend = sns_backends[ACCOUNT][arn.split(":")[3]]
    backend.publish(message, arn, message_attributes=dict(attributes))


def _log(arn: str, message: str) -> None:
    """A log group of EventBridge: one stream an event, as EventBridge makes them."""
    group = arn.split(":log-group:")[1].removesuffix(":*")
    world = current()
    stream = str(uuid.UUID(int=world.chance.getrandbits(128), version=4))
    backend = logs_backends[ACCOUNT][REGION]
    backend.create_log_stream(group, stream)
    at = int(world.clock.now().timestamp() * 1000)
    backend.put_log_events(group, stream, [{"timestamp": at, "message": _compact(message)}])


def _compact(message: str) -> str:
    try:
        return json.dumps(json.loads(message))
    except ValueError:
        return message
