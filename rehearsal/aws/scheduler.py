"""EventBridge Scheduler: validates what moto takes unseen, and fires.

Follows the EventBridge Scheduler User Guide: "Schedule types on EventBridge Scheduler", "Adding context attributes",
"Configuring retry policies and dead-letter queues", and the API Reference of CreateSchedule.
"""

from __future__ import annotations

import functools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule

from rehearsal.aws import cron, world
from rehearsal.aws.clock import Entry
from rehearsal.aws.patching import replaces

_planned: dict[str, Entry] = {}  # by schedule ARN


@world.forgets
def _forget() -> None:
    _planned.clear()


def install(installed: world.World) -> None:
    del installed
    _patch_moto()


def next_fire(schedule: Schedule, after: datetime) -> datetime | None:
    """When the schedule invokes its target next, in UTC, within its start and end date."""
    start, end = _date(schedule.start_date), _date(schedule.end_date)
    begin = max(after, start - timedelta(seconds=1)) if start else after
    created = datetime.fromtimestamp(schedule.creation_date, UTC)
    expression = cron.parse(schedule.schedule_expression)
    when = cron.next_fire(expression, begin, schedule.schedule_expression_timezone, start or created)
    return when if when is not None and (end is None or when < end) else None


def _plan(schedule: Schedule, after: datetime) -> None:
    _cancel(schedule.arn)
    if schedule.state != "ENABLED":
        return
    when = next_fire(schedule, after)
    if when is not None:
        _planned[schedule.arn] = world.current().clock.at(
            when + _flexible_delay(schedule), f"schedule {schedule.name}", lambda: _fire(schedule, when)
        )


def _cancel(arn: str) -> None:
    entry = _planned.pop(arn, None)
    if entry is not None:
        entry.cancel()


def _flexible_delay(schedule: Schedule) -> timedelta:
    """FLEXIBLE: some minute within the window (User Guide, "Configuring flexible time windows")."""
    window = schedule.flexible_time_window
    if window["Mode"] == "OFF":
        return timedelta(0)
    return timedelta(minutes=world.current().chance.randrange(window["MaximumWindowInMinutes"]))


def _fire(schedule: Schedule, scheduled: datetime) -> None:
    from rehearsal.aws import targets

    _plan(schedule, scheduled)
    if schedule.arn not in _planned and schedule.action_after_completion == "DELETE":
        _backend().delete_schedule(schedule.group_name, schedule.name)
    dead_letters = schedule.target.get("DeadLetterConfig", {}).get("Arn")
    targets.deliver(
        schedule.target["Arn"], _payload(schedule, scheduled), f"schedule {schedule.name}", dead_letter_arn=dead_letters
    )


def _payload(schedule: Schedule, scheduled: datetime) -> str:
    at = scheduled.strftime("%Y-%m-%dT%H:%M:%SZ")
    execution = f"{world.current().chance.getrandbits(64):016x}"
    text = schedule.target.get("Input")
    if text is None:
        text = json.dumps(
            {
                "version": "0",
                "id": f"{execution}",
                "detail-type": "Scheduled Event",
                "source": "aws.scheduler",
                "account": world.ACCOUNT,
                "time": at,
                "region": world.REGION,
                "resources": [schedule.arn],
                "detail": "{}",
            }
        )
    context = {"schedule-arn": schedule.arn, "scheduled-time": at, "execution-id": execution, "attempt-number": "1"}
    for name, value in context.items():
        text = text.replace(f"<aws.scheduler.{name}>", value)
    return text


def _validate(parameters: dict[str, Any]) -> None:
    expression, zone = parameters["schedule_expression"], parameters.get("schedule_expression_timezone") or "UTC"
    try:
        cron.validate(expression, zone)
    except cron.InvalidScheduleError as problem:
        raise ValidationException(message=str(problem)) from problem
    window = parameters["flexible_time_window"] or {}
    if window.get("Mode") not in ("OFF", "FLEXIBLE"):
        raise ValidationException(message="FlexibleTimeWindow.Mode must be OFF or FLEXIBLE.")
    if (window["Mode"] == "FLEXIBLE") != ("MaximumWindowInMinutes" in window):
        raise ValidationException(message="MaximumWindowInMinutes goes with FlexibleTimeWindow.Mode FLEXIBLE, only.")
    if not 1 <= window.get("MaximumWindowInMinutes", 1) <= 1440:
        raise ValidationException(message="MaximumWindowInMinutes must be between 1 and 1440.")
    if parameters.get("state") not in (None, "ENABLED", "DISABLED"):
        raise ValidationException(message="State must be ENABLED or DISABLED.")
    target = parameters["target"]
    if not target.get("Arn", "").startswith("arn:aws:") or not target.get("RoleArn", "").startswith("arn:aws:iam:"):
        raise ValidationException(message="Target needs the Arn of the target and the RoleArn of the execution role.")
    retry = target.get("RetryPolicy", {})
    if not 0 <= retry.get("MaximumRetryAttempts", 0) <= 185:
        raise ValidationException(message="MaximumRetryAttempts must be between 0 and 185.")
    if not 60 <= retry.get("MaximumEventAgeInSeconds", 60) <= 86400:
        raise ValidationException(message="MaximumEventAgeInSeconds must be between 60 and 86400.")


def _first_after(schedule: Schedule) -> datetime:
    """A rate without a start date begins at once ("Rate-based schedules"), cron and at begin with their next time."""
    now = world.current().clock.now()
    immediately = schedule.schedule_expression.startswith("rate(") and schedule.start_date is None
    return now - timedelta(seconds=1) if immediately else now


def _date(value: Any) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(float(value), UTC)


def _backend() -> EventBridgeSchedulerBackend:
    from moto.scheduler.models import scheduler_backends

    return scheduler_backends[world.ACCOUNT][world.REGION]


@functools.cache
def _patch_moto() -> None:
    backend = EventBridgeSchedulerBackend

    @replaces(backend, "create_schedule", "schedule_expression", "schedule_expression_timezone", "target", "state")
    def create(original: Any, self: Any, **parameters: Any) -> Schedule:
        _validate(parameters)
        schedule = original(self, **parameters)
        _plan(schedule, _first_after(schedule))
        return schedule

    @replaces(backend, "update_schedule", "schedule_expression", "schedule_expression_timezone", "target", "state")
    def update(original: Any, self: Any, **parameters: Any) -> Schedule:
        _validate(parameters)
        # UpdateSchedule overwrites the whole schedule: what is not given returns to its default.
        schedule = original(self, **{**parameters, "state": parameters.get("state") or "ENABLED"})
        _plan(schedule, world.current().clock.now())
        return schedule

    @replaces(backend, "delete_schedule", "group_name", "name")
    def delete(original: Any, self: Any, group_name: str | None, name: str) -> None:
        schedule = self.get_schedule(group_name, name)
        original(self, group_name, name)
        _cancel(schedule.arn)
