"""Application Auto Scaling of ECS services: bounds, and the scaling activities that move the desired count.

Follows the API Reference of RegisterScalableTarget, DeregisterScalableTarget and DescribeScalingActivities, "Scaling
activities for Application Auto Scaling" (it starts one "when you modify the maximum or minimum size of the scalable
target, either manually or following a schedule"; wording of description, cause and status), and "Suspend and resume
scaling". Policies are in autoscaling_tracking.py, scheduled actions in autoscaling_scheduled.py.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeScalableTarget,
    applicationautoscaling_backends,
)
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from rehearsal.aws import ecs, world
from rehearsal.aws.clock import Entry
from rehearsal.aws.patching import adds, replaces

# Nothing is promised; in practice the activity starts within seconds.
REACTION = timedelta(seconds=10)
DIMENSION = "ecs:service:DesiredCount"


@dataclass
class Activity:
    id: str
    resource: str
    description: str
    cause: str
    status: str
    message: str
    start: datetime
    end: datetime

    def describe(self) -> dict[str, Any]:
        return {
            "ActivityId": self.id,
            "ServiceNamespace": "ecs",
            "ResourceId": self.resource,
            "ScalableDimension": DIMENSION,
            "Description": self.description,
            "Cause": self.cause,
            "StartTime": self.start.timestamp(),
            "EndTime": self.end.timestamp(),
            "StatusCode": self.status,
            "StatusMessage": self.message,
        }


_activities: list[Activity] = []  # newest first
_corrections: dict[str, Entry] = {}  # by resource id
_tags: dict[str, dict[str, str]] = {}  # by scalable target ARN


@world.forgets
def _forget() -> None:
    _activities.clear()
    _corrections.clear()
    _tags.clear()


def install(installed: world.World) -> None:
    from rehearsal.aws import autoscaling_scheduled, autoscaling_tracking

    del installed
    autoscaling_scheduled.install()
    autoscaling_tracking.install()
    _patch_moto()


def activities(resource: str | None = None) -> list[Activity]:
    """Newest first."""
    return [activity for activity in _activities if resource in (None, activity.resource)]


def target_of(resource: str) -> FakeScalableTarget | None:
    return backend().targets.get(DIMENSION, {}).get(resource)


def suspended(target: FakeScalableTarget, what: str) -> bool:
    """``what``: DynamicScalingInSuspended, DynamicScalingOutSuspended or ScheduledScalingSuspended."""
    return bool((target.suspended_state or {}).get(what, False))


def desired_count(target: FakeScalableTarget) -> int:
    return ecs.find(*_names(target)).desired


def set_capacity(target: FakeScalableTarget, count: int, cause: str) -> None:
    """A scaling activity that sets the desired count."""
    cluster, service = _names(target)
    note(
        target,
        f"Setting desired count to {count}.",
        cause,
        f"Successfully set desired count to {count}. Change successfully fulfilled by ecs.",
    )
    ecs.set_desired(cluster, service, count, cause)


def set_bounds(target: FakeScalableTarget, least: int, most: int, who: str) -> None:
    target.min_capacity, target.max_capacity = least, most
    world.current().record("bounds", service=_names(target)[1], min=least, max=most, who=who)
    correct_soon(target)


def correct_soon(target: FakeScalableTarget) -> None:
    """The bounds were set: shortly after, a scaling activity moves a desired count that lies outside of them."""
    earlier = _corrections.pop(target.resource_id, None)
    if earlier is not None:
        earlier.cancel()
    _corrections[target.resource_id] = world.current().clock.after(
        REACTION, f"scaling activity for {target.resource_id}", lambda: _correct(target)
    )


def note(target: FakeScalableTarget, description: str, cause: str, message: str, status: str = "Successful") -> None:
    now = world.current().clock.now()
    number = str(UUID(int=world.current().chance.getrandbits(128), version=4))
    _activities.insert(0, Activity(number, target.resource_id, description, cause, status, message, now, now))


def backend() -> ApplicationAutoscalingBackend:
    return applicationautoscaling_backends[world.ACCOUNT][world.REGION]


def _correct(target: FakeScalableTarget) -> None:
    if target_of(target.resource_id) is not target:
        return
    count = desired_count(target)
    if count < target.min_capacity:
        set_capacity(target, target.min_capacity, f"minimum capacity was set to {target.min_capacity}")
    elif count > target.max_capacity:
        set_capacity(target, target.max_capacity, f"maximum capacity was set to {target.max_capacity}")


def _names(target: FakeScalableTarget) -> tuple[str, str]:
    _, cluster, service = target.resource_id.split("/")
    return cluster, service


def check_bounds(least: int | None, most: int | None) -> None:
    for name, value in (("minCapacity", least), ("maxCapacity", most)):
        if value is not None and value < 0:
            raise AWSValidationException(
                f"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: "
                "Member must have value greater than or equal to 0"
            )
    if least is not None and most is not None and most < least:
        raise AWSValidationException("Maximum capacity cannot be less than minimum capacity")


def _who() -> str:
    running = getattr(world.current(), "running", None)
    return running.who if running else "deployer"


@functools.cache
def _patch_moto() -> None:
    backend_type, response = ApplicationAutoscalingBackend, ApplicationAutoScalingResponse

    @replaces(
        backend_type, "register_scalable_target", "namespace", "r_id", "dimension", "min_capacity", "max_capacity"
    )
    def register(
        original: Any,
        self: Any,
        namespace: str,
        r_id: str,
        dimension: str,
        min_capacity: int | None,
        max_capacity: int | None,
        role_arn: str,
        suspended_state: dict[str, bool] | None,
    ) -> FakeScalableTarget:
        if (namespace, dimension) != ("ecs", DIMENSION):
            raise NotImplementedError(f"scalable target {namespace} {dimension}")
        known = target_of(r_id)
        if known is None and (min_capacity is None or max_capacity is None):
            raise AWSValidationException("MinCapacity and MaxCapacity are required to register a scalable target")
        least = min_capacity if min_capacity is not None else known.min_capacity
        most = max_capacity if max_capacity is not None else known.max_capacity
        check_bounds(least, most)
        if known is not None and known.suspended_state and suspended_state:
            suspended_state = {**known.suspended_state, **suspended_state}
        target = original(self, namespace, r_id, dimension, None, None, role_arn, suspended_state)
        set_bounds(target, least, most, _who())
        return target

    @replaces(backend_type, "deregister_scalable_target", "namespace", "r_id", "dimension")
    def deregister(original: Any, self: Any, namespace: str, r_id: str, dimension: str) -> None:
        from rehearsal.aws import autoscaling_scheduled, autoscaling_tracking

        original(self, namespace, r_id, dimension)
        autoscaling_scheduled.forget(r_id)
        autoscaling_tracking.forget(r_id)

    @adds(response, "describe_scaling_activities")
    def describe_scaling_activities(self: Any) -> str:
        wanted = self._get_param("ResourceId")
        begin = int(self._get_param("NextToken") or 0)
        size = self._get_int_param("MaxResults") or 50
        found = activities(wanted)
        more = {"NextToken": str(begin + size)} if begin + size < len(found) else {}
        return json.dumps({"ScalingActivities": [one.describe() for one in found[begin : begin + size]], **more})

    @adds(response, "tag_resource")
    def tag_resource(self: Any) -> str:
        _known_arn(self._get_param("ResourceARN"))
        _tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
        return "{}"

    @adds(response, "untag_resource")
    def untag_resource(self: Any) -> str:
        for key in self._get_param("TagKeys") or []:
            _tags.get(_known_arn(self._get_param("ResourceARN")), {}).pop(key, None)
        return "{}"

    @adds(response, "list_tags_for_resource")
    def list_tags_for_resource(self: Any) -> str:
        return json.dumps({"Tags": _tags.get(_known_arn(self._get_param("ResourceARN")), {})})


def _known_arn(arn: str) -> str:
    if arn not in [target.arn for targets in backend().targets.values() for target in targets.values()]:
        raise AWSValidationException(f"No scalable target found for resource ARN: {arn}")
    return arn
