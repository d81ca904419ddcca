"""Custom resources: CloudFormation invokes a function and waits until an answer lies in its mailbox.

CloudFormation User Guide, "Custom resources", "Custom resource request objects", "Custom resource response objects".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from rehearsal.aws import lambda_, server
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError
from rehearsal.aws.cloudformation.registry import CUSTOM, Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import text
from rehearsal.aws.door import Door
from rehearsal.aws.faults import Refuse
from rehearsal.aws.wire import Response
from rehearsal.aws.world import ACCOUNT, REGION, World, current

PREFIX = "/cloudformation-custom-resource"
LONGEST_ANSWER = 4096  # bytes
STEP = timedelta(seconds=5)


class _Mailbox:
    """Presigned addresses take one PUT and no other question."""

    def __init__(self, world: World) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        server.mount(world, PREFIX, self, self._describe, self._refuse)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        good = environ["REQUEST_METHOD"] == "PUT" and len(body) <= LONGEST_ANSWER
        if good:
            self.answers[environ["PATH_INFO"].rsplit("/", 1)[-1]] = json.loads(body)
        start_response("200 OK" if good else "403 Forbidden", [("Content-Type", "text/plain")])
        return [b""]

    @staticmethod
    def _describe(environ: dict[str, Any], body: bytes) -> tuple[str, dict[str, Any]]:
        answer = json.loads(body)
        return "cloudformation:answer", {key: answer.get(key) for key in ("Status", "Reason")}

    @staticmethod
    def _refuse(fault: Refuse) -> Response:
        return Response(fault.status, [("Content-Type", "text/plain")], fault.message.encode())


_mailboxes: WeakKeyDictionary[Door, _Mailbox] = WeakKeyDictionary()


def ask(world: World, function: str, event: dict[str, Any], limit: timedelta) -> dict[str, Any]:
    """Invokes asynchronously, as CloudFormation does, and lets time pass until the answer is there."""
    if not world.url:
        raise NotEmulatedError("a custom resource needs the server: its function answers over HTTP")
    door = server.door(world)
    if door not in _mailboxes:
        _mailboxes[door] = _Mailbox(world)
    mailbox = _mailboxes[door]
    number = event["RequestId"]
    address = f"{world.url}{PREFIX}/{number}"
    lambda_.invoke_async(function, json.dumps({**event, "ResponseURL": address}), "cloudformation")
    end = world.clock.now() + limit
    while number not in mailbox.answers:
        if world.clock.now() >= end:
            raise StackError(
                "CloudFormation did not receive a response from your Custom Resource. Please check your logs for "
                f"requestId [{number}]. If you are using the Python cfn-response module, you may need to update your "
                "Lambda function code so that CloudFormation can attach the updated version."
            )
        world.clock.run_for(STEP)
    return mailbox.answers[number]


# What a function can only do with a database that answers.
NEEDS_DATABASE = "Custom::DatabaseUser"


def _made(resource: Resource, p: dict[str, Any], kind: str) -> Made:
    world = current()
    if resource.type == NEEDS_DATABASE and world.url:
        if world.database is None and world.database_appears is not None:
            world.database_appears()
        if world.database is None:
            # As the rotation (secrets_rotation.py): said, and not played.
            world.record("rotation", secret=text(p["Secret"]), outcome="user not made: no database answers")
            return resource.physical_id or resource.logical_id, {}
    event = {
        "RequestType": kind,
        "StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{resource.stack_name}/1",
        "RequestId": lambda_.new_request_id(world),
        "ResourceType": resource.type,
        "LogicalResourceId": resource.logical_id,
        "ResourceProperties": _texts(p),
    }
    if kind == "Update":
        event |= {"PhysicalResourceId": resource.physical_id, "OldResourceProperties": _texts(resource.properties)}
    answer = ask(world, p["ServiceToken"], event, timedelta(seconds=int(p.get("ServiceTimeout", 3600))))
    for part in ("StackId", "RequestId", "LogicalResourceId"):
        if answer.get(part) != event[part]:
            raise StackError(f"Invalid {part} in the answer of the custom resource")
    if answer["Status"] != "SUCCESS":
        raise StackError(
            f"Received response status [FAILED] from custom resource. Message returned: {answer['Reason']}"
        )
    if resource.physical_id and answer["PhysicalResourceId"] != resource.physical_id:
        raise NotEmulatedError("the replacement of a custom resource")
    return answer["PhysicalResourceId"], dict(answer.get("Data", {}))


def _texts(value: Any) -> Any:
    """CloudFormation hands on every scalar as text."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    return [_texts(item) for item in value] if isinstance(value, list) else text(value)


def _update(resource: Resource, p: dict[str, Any]) -> Made:
    return _made(resource, p, "Update")


@creates(CUSTOM, update=_update)
def custom_resource(resource: Resource, p: dict[str, Any]) -> Made:
    return _made(resource, p, "Create")
