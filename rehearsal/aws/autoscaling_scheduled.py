"""Scheduled actions of Application Auto Scaling: they set bounds at their time, and set nothing back.

Follows "Scheduled scaling for Application Auto Scaling", "How scheduled scaling works" and the API Reference of
PutScheduledAction: at, rate and cron in the action's time zone, between StartTime and EndTime;
ScheduledScalingSuspended skips a run; a missing bound keeps its value. Activities read as in "Scaling activities".
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import Any

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeScheduledAction

from rehearsal.aws import autoscaling, cron, world
from rehearsal.aws.clock import Entry
from rehearsal.aws.patching import replaces

_planned: dict[str, Entry] = {}  # by scheduled action ARN


@world.forgets
def _forget() -> None:
    _planned.clear()


def install() -> None:
    _patch_moto()


def forget(resource: str) -> None:
    """The scalable target is gone, and its scheduled actions with it."""
    backend = autoscaling.backend()
    for action in [action for action in backend.scheduled_actions if action.resource_id == resource]:
        _cancel(action.arn)
        backend.scheduled_actions.remove(action)


def _plan(action: FakeScheduledAction) -> None:
    _cancel(action.arn)
    now = world.current().clock.now()
    start, end = _date(action.start_time), _date(action.end_time)
    created = datetime.fromtimestamp(action.creation_time, UTC)
    when = cron.next_fire(
        cron.parse(action.schedule), max(now, start) if start else now, action.timezone or "UTC", start or created
    )
    if when is not None and (end is None or when < end):
        _planned[action.arn] = world.current().clock.at(
            when, f"scheduled action {action.scheduled_action_name}", lambda: _run(action)
        )


def _run(action: FakeScheduledAction) -> None:
    _plan(action)
    target = autoscaling.target_of(action.resource_id)
    if target is None or autoscaling.suspended(target, "ScheduledScalingSuspended"):
        return
    wanted = action.scalable_target_action or {}
    least = wanted.get("MinCapacity", target.min_capacity)
    most = wanted.get("MaxCapacity", target.max_capacity)
    cause = f"scheduled action name {action.scheduled_action_name} was triggered"
    what = f"min capacity to {least} and max capacity to {most}"
    if least > most:
        autoscaling.note(target, f"Setting {what}", cause, f"Failed to set {what}: min is above max", "Failed")
        return
    autoscaling.note(target, f"Setting {what}", cause, f"Successfully set {what}")
    autoscaling.set_bounds(target, least, most, f"scheduled action {action.scheduled_action_name}")


def _validate(parameters: dict[str, Any], known: bool) -> None:
    try:
        if parameters["schedule"] is not None:
            cron.parse(parameters["schedule"])
        cron.time_zone(parameters["timezone"] or "UTC")
    except cron.InvalidScheduleError as problem:
        raise AWSValidationException(str(problem)) from problem
    if parameters["schedule"] is None and not known:
        raise AWSValidationException("Schedule is required")
    if autoscaling.target_of(parameters["resource_id"]) is None:
        raise AWSValidationException(
            f"No scalable target found for service namespace: {parameters['service_namespace']}, resource ID: "
            f"{parameters['resource_id']}, scalable dimension: {parameters['scalable_dimension']}"
        )
    wanted = parameters["scalable_target_action"] or {}
    autoscaling.check_bounds(wanted.get("MinCapacity"), wanted.get("MaxCapacity"))


def _cancel(arn: str) -> None:
    entry = _planned.pop(arn, None)
    if entry is not None:
        entry.cancel()


def _date(value: Any) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(float(value), UTC)


@functools.cache
def _patch_moto() -> None:
    backend = ApplicationAutoscalingBackend

    def named(self: Any, name: str, resource: str) -> FakeScheduledAction | None:
        for action in self.scheduled_actions:
            if (action.scheduled_action_name, action.resource_id) == (name, resource):
                return action
        return None

    @replaces(backend, "put_scheduled_action", "schedule", "timezone", "scalable_target_action", "start_time")
    def put(original: Any, self: Any, **parameters: Any) -> None:
        name, resource = parameters["scheduled_action_name"], parameters["resource_id"]
        _validate(parameters, named(self, name, resource) is not None)
        original(self, **parameters)
        action = named(self, name, resource)
        assert action is not None
        _plan(action)

    @replaces(backend, "delete_scheduled_action", "scheduled_action_name", "resource_id")
    def delete(original: Any, self: Any, **parameters: Any) -> None:
        action = named(self, parameters["scheduled_action_name"], parameters["resource_id"])
        if action is None:
            raise AWSValidationException(f"No scheduled action found: {parameters['scheduled_action_name']}")
        original(self, **parameters)
        _cancel(action.arn)
