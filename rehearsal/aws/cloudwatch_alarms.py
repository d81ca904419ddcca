"""CloudWatch alarms: all of them are evaluated each virtual minute, and their changes of state take effect.

An alarm looks at windows of its period that end at the evaluated minute, so a period of five minutes is not tied to the
clock's fives. An alarm that has found no data is not looked at again before there is some.

CloudWatch User Guide: "Alarm evaluation", "Combining alarms"; API Reference: PutMetricAlarm, SetAlarmState,
DeleteAlarms. The calls are in cloudwatch_alarms_api.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from rehearsal.aws import cloudwatch, cloudwatch_actions
from rehearsal.aws.cloudwatch_evaluation import ALARM, INSUFFICIENT_DATA, OK, Point, Verdict, evaluate
from rehearsal.aws.cloudwatch_metrics import minute_of
from rehearsal.aws.cloudwatch_query import Metric
from rehearsal.aws.cloudwatch_state import Alarm, State, stamp
from rehearsal.aws.world import World, current, forgets

MINUTE = timedelta(minutes=1)

_alarms: dict[tuple[str, str], Alarm] = {}  # by region and name, in the order in which they were made


@forgets
def _forget() -> None:
    _alarms.clear()


def install(world: World) -> None:
    from rehearsal.aws import cloudwatch_alarms_api

    cloudwatch_alarms_api.patch_moto()
    now = world.clock.now()
    world.clock.every(MINUTE, "alarms", _evaluate_all, first=now.replace(second=0, microsecond=0) + MINUTE)


def find(region: str, name: str) -> Alarm | None:
    return _alarms.get((region, name))


def of_region(region: str) -> list[Alarm]:
    return [alarm for alarm in _alarms.values() if alarm.region == region]


def keep(alarm: Alarm) -> None:
    """A new alarm, or a new configuration of one."""
    _alarms[alarm.region, alarm.name] = alarm
    if alarm.alarm_rule is not None:
        world = current()
        world.clock.after(timedelta(), f"alarm {alarm.name}", lambda: _evaluate_composite(alarm, ()))


def forget(region: str, names: Iterable[str]) -> None:
    for name in names:
        _alarms.pop((region, name), None)


def set_state(alarm: Alarm, value: str, reason: str, data: str | None) -> None:
    """By hand: it holds until the next evaluation. The actions follow within the same instant."""
    alarm.settled = False
    _enter(alarm, State(value, reason, data, current().clock.now()), ())


def _evaluate_all() -> None:
    end = minute_of(current().clock.now())
    for alarm in list(_alarms.values()):
        if alarm.rule is not None:
            _evaluate_metric(alarm, end)


def _evaluate_metric(alarm: Alarm, end: int) -> None:
    assert alarm.queries is not None and alarm.rule is not None
    store = cloudwatch.store(alarm.region)
    minutes = alarm.queries.period(alarm.watched) // 60
    starts = [end - minutes * age for age in range(alarm.rule.range, 0, -1)]
    has_data = any(metric.series(store).last >= starts[0] for metric in alarm.queries.metrics)
    if alarm.settled and not has_data:
        return
    alarm.settled = not has_data
    values = alarm.queries.values(alarm.watched, store, starts)
    points = [None if value is None else Point(start, value) for start, value in zip(starts, values, strict=True)]
    verdict = evaluate(alarm.rule, points)
    if verdict is not None and verdict.state != alarm.state.value:
        now = current().clock.now()
        _enter(alarm, State(verdict.state, verdict.reason, _reason_data(alarm, verdict, now), now), ())
    known = [value for value in values if value is not None]
    if known:
        cloudwatch_actions.scale(alarm, known[-1])


def _reason_data(alarm: Alarm, verdict: Verdict, now: datetime) -> str:
    """StateReasonData, as it is shown in the history and in events."""
    assert alarm.queries is not None and alarm.rule is not None
    period = alarm.queries.period(alarm.watched)
    data: dict[str, Any] = {"version": "1.0", "queryDate": stamp(now)}
    if verdict.evaluated:
        data["startDate"] = stamp(verdict.evaluated[0].start)
    if "Metrics" not in alarm.params:
        data["statistic"] = alarm.params.get("Statistic") or alarm.params.get("ExtendedStatistic")
    data["period"] = period
    data["recentDatapoints"] = [point.value for point in verdict.evaluated]
    data["threshold"] = alarm.rule.threshold
    data["evaluatedDatapoints"] = [_evaluated(alarm, point, period) for point in reversed(verdict.evaluated)]
    return json.dumps(data)


def _evaluated(alarm: Alarm, point: Point, period: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"timestamp": stamp(point.start)}
    if "Metrics" not in alarm.params:
        assert alarm.queries is not None
        metric: Metric = alarm.queries.metrics[0]
        bucket = metric.buckets(cloudwatch.store(alarm.region), [point.minute])[0]
        if bucket is not None:
            shown["sampleCount"] = float(bucket.count)
    return {**shown, "value": point.value}


def _evaluate_composite(alarm: Alarm, children: tuple[Alarm, ...]) -> None:
    """After a child changed its state. A child that was deleted meanwhile counts as one without data."""
    if _alarms.get((alarm.region, alarm.name)) is not alarm:
        return  # deleted, or put anew, meanwhile
    assert alarm.alarm_rule is not None

    def state_of(name: str) -> str:
        child = find(alarm.region, name)
        return child.state.value if child else INSUFFICIENT_DATA

    value = ALARM if alarm.alarm_rule.holds(state_of) else OK
    if value == alarm.state.value:
        return
    now = current().clock.now()
    reason = f"{alarm.arn} was created and its alarm rule evaluates to {value}"
    if children:
        child = children[0]
        reason = f"{child.arn} transitioned to {child.state.value} at {now:%A %d %B, %Y %H:%M:%S} UTC"
    triggers = [
        {"arn": child.arn, "state": {"value": child.state.value, "timestamp": stamp(child.state.at)}}
        for child in children
    ]
    _enter(alarm, State(value, reason, json.dumps({"triggeringAlarms": triggers}), now), children)


def _enter(alarm: Alarm, new: State, children: tuple[Alarm, ...]) -> None:
    world, old = current(), alarm.state
    alarm.enter(new)
    if new.value == old.value:
        return
    world.record("alarm", name=alarm.name, old=old.value, new=new.value, reason=new.reason)
    summary = f"Alarm updated from {old.value} to {new.value}"
    states = {"version": "1.0", "oldState": _remembered(old), "newState": _remembered(new)}
    alarm.remember(new.at, "StateUpdate", summary, states)
    world.clock.after(
        timedelta(), f"alarm {alarm.name} {new.value}", lambda: cloudwatch_actions.set_off(alarm, old, new, children)
    )
    for parent in of_region(alarm.region):
        if parent.alarm_rule is not None and alarm.name in parent.alarm_rule.children:
            _evaluate_composite(parent, (alarm,))


def _remembered(state: State) -> dict[str, Any]:
    data = {"stateReasonData": json.loads(state.data)} if state.data else {}
    return {"stateValue": state.value, "stateReason": state.reason, **data}
