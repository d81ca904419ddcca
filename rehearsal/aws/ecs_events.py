"""What ECS tells: the service event messages that people read, and the events on EventBridge.

Follows "Viewing Amazon ECS service event messages" and "Amazon ECS events and EventBridge" (task state change,
deployment state change and service action events).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from rehearsal.aws import events, world
from rehearsal.aws.ecs_model import MAX_EVENTS, Deployment, Service, Task

IN_PROGRESS = "SERVICE_DEPLOYMENT_IN_PROGRESS"
COMPLETED = "SERVICE_DEPLOYMENT_COMPLETED"
FAILED = "SERVICE_DEPLOYMENT_FAILED"


def message(service: Service, text: str) -> None:
    """A line of the service's event log, newest first."""
    entry = {
        "id": str(UUID(int=world.current().chance.getrandbits(128), version=4)),
        "createdAt": world.current().clock.now(),
        "message": f"(service {service.name}) {text}",
    }
    service.api.events.insert(0, entry)
    del service.api.events[MAX_EVENTS:]


def task_changed(task: Task) -> None:
    detail = _plain(task.describe())
    detail["updatedAt"] = _time(world.current().clock.now())
    events.emit("aws.ecs", "ECS Task State Change", detail, (task.arn,))


def deployment_changed(service: Service, deployment: Deployment, name: str) -> None:
    detail = {
        "eventType": "ERROR" if name == FAILED else "INFO",
        "eventName": name,
        "clusterArn": service.api.cluster_arn,
        "deploymentId": deployment.id,
        "updatedAt": _time(world.current().clock.now()),
        "reason": deployment.reason,
    }
    events.emit("aws.ecs", "ECS Deployment State Change", detail, (service.api.arn,))


def service_action(service: Service, name: str, kind: str = "INFO", **more: Any) -> None:
    detail = {
        "eventType": kind,
        "eventName": name,
        "clusterArn": service.api.cluster_arn,
        "createdAt": _time(world.current().clock.now()),
        **more,
    }
    events.emit("aws.ecs", "ECS Service Action", detail, (service.api.arn,))


def _time(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
