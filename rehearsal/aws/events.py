"""EventBridge: events of AWS services and of functions, to the targets of the rules that match.

moto keeps the rules and matches the patterns; here is what it lacks: the service events, disabled rules, all targets,
Input, InputPath and real transformers, dead letters.

Sources: EventBridge User Guide, "Events in Amazon EventBridge", "Amazon EventBridge rules"; API Reference, PutEvents.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from moto.events.models import EventsBackend, Rule, events_backends
from moto.moto_api._internal import mock_random

from rehearsal.aws import event_input, targets
from rehearsal.aws.patching import replaces
from rehearsal.aws.resource_policy import Sender
from rehearsal.aws.world import ACCOUNT, REGION, World, current

# Properties of a target that are honoured; RetryPolicy is for passing failures, which the embedded AWS has none of.
KNOWN = {"Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer", "DeadLetterConfig", "RetryPolicy"}


def install(world: World) -> None:
    del world
    _patch_moto()


def emit(source: str, detail_type: str, detail: dict[str, Any], resources: Iterable[str] = ()) -> None:
    """An event of an AWS service, on the default bus, now."""
    event = {
        "version": "0",
        "id": str(mock_random.uuid4()),
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": _iso(current().clock.now()),
        "region": REGION,
        "resources": list(resources),
        "detail": detail,
    }
    current().record("event", source=source, detail_type=detail_type, detail=detail)
    for rule in list(events_backends[ACCOUNT][REGION].event_buses["default"].rules.values()):
        _send(rule, event)


def _send(rule: Rule, event: dict[str, Any]) -> None:
    if rule.state != "ENABLED" or not rule.event_pattern.get_pattern() or not rule.event_pattern.matches_event(event):
        return
    for target in rule.targets:
        payload = event_input.for_target(target, rule.arn, rule.name, event)
        dead_letters = (target.get("DeadLetterConfig") or {}).get("Arn")
        sender = Sender("events.amazonaws.com", rule.arn)
        targets.deliver(target["Arn"], payload, f"rule {rule.name}", dead_letters, sender=sender)


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@functools.cache
def _patch_moto() -> None:
    @replaces(Rule, "send_to_targets", "original_event")
    def send_to_targets(original: Any, self: Rule, original_event: Any, transform_input: bool = True) -> None:
        del original, transform_input
        event = {name: value for name, value in original_event.items() if name != "ingestion-time"}
        if isinstance(event["time"], int | float):
            event["time"] = _iso(datetime.fromtimestamp(event["time"], UTC))
        _send(self, event)

    @replaces(Rule, "put_targets", "targets")
    def put_targets(original: Any, self: Rule, targets: list[dict[str, Any]]) -> None:
        for target in targets:
            unknown = target.keys() - KNOWN
            if unknown:
                raise NotImplementedError(f"rule {self.name}, target {target['Id']}: {', '.join(sorted(unknown))}")
        original(self, targets)

    @replaces(EventsBackend, "put_rule", "name", "scheduled_expression")
    def put_rule(original: Any, self: EventsBackend, name: str, **settings: Any) -> Rule:
        if settings.get("scheduled_expression"):
            raise NotImplementedError(f"rule {name}: ScheduleExpression (use EventBridge Scheduler)")
        return original(self, name, **settings)

    @replaces(EventsBackend, "put_events", "events")
    def put_events(original: Any, self: EventsBackend, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        refused = {"ErrorCode": "NotAuthorizedForSourceException", "ErrorMessage": "Not authorized for the source."}
        allowed = [event for event in events if not str(event.get("Source", "")).startswith("aws.")]
        for event in allowed:
            detail = json.loads(event["Detail"])
            current().record("event", source=event["Source"], detail_type=event["DetailType"], detail=detail)
        answers = iter(original(self, allowed))
        return [next(answers) if event in allowed else refused for event in events]
