"""The calls about alarms. moto keeps the alarm itself, for tags; what it means is kept in cloudwatch_state.Alarm.

CloudWatch API Reference: PutMetricAlarm, PutCompositeAlarm, DescribeAlarms, DescribeAlarmsForMetric,
DescribeAlarmHistory, SetAlarmState, EnableAlarmActions, DisableAlarmActions, DeleteAlarms.
"""

from __future__ import annotations

import functools
from datetime import UTC, timedelta
from typing import Any

from moto.cloudwatch.exceptions import ResourceNotFound, ValidationError
from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult

from rehearsal.aws import cloudwatch_alarms, cloudwatch_composite
from rehearsal.aws.cloudwatch import refused
from rehearsal.aws.cloudwatch_actions import KNOWN_ACTIONS
from rehearsal.aws.cloudwatch_composite import AlarmRuleError
from rehearsal.aws.cloudwatch_evaluation import COMPARISONS, TREATMENTS, Rule
from rehearsal.aws.cloudwatch_metrics import dimensions_of
from rehearsal.aws.cloudwatch_query import Queries
from rehearsal.aws.cloudwatch_state import ACTIONS, Alarm, first_state, plain_query
from rehearsal.aws.patching import adds, replaces
from rehearsal.aws.world import current

HISTORY_KEPT = timedelta(days=30)
# PutMetricAlarm, EvaluationPeriods: "can be at most one day, or seven days for periods of an hour or more".
LONGEST, LONGEST_OF_HOURS = 86_400, 604_800


def _put_metric_alarm(original: Any, self: CloudWatchResponse) -> ActionResult:
    params = dict(self._get_params())
    _check_kind(params)
    queries = Queries(params.get("Metrics") or [plain_query(params, "m1")])
    rule = _rule(params, queries)
    _check_actions(params)
    original(self)
    _keep(self, params, queries=queries, rule=rule)
    return EmptyResult()


def _check_kind(params: dict[str, Any]) -> None:
    """One metric with one statistic, or metric math."""
    if bool(params.get("Metrics")) == bool(params.get("MetricName")):
        raise ValidationError("Exactly one of Metrics and MetricName has to be given")
    if params.get("MetricName") and bool(params.get("Statistic")) == bool(params.get("ExtendedStatistic")):
        raise ValidationError("Exactly one of Statistic and ExtendedStatistic has to be given")


def _rule(params: dict[str, Any], queries: Queries) -> Rule:
    if params["ComparisonOperator"] not in COMPARISONS or params.get("ThresholdMetricId"):
        raise NotImplementedError(f"alarm {params['AlarmName']}: anomaly detection ({params['ComparisonOperator']})")
    if params.get("EvaluateLowSampleCountPercentile") == "ignore":
        raise NotImplementedError(f"alarm {params['AlarmName']}: EvaluateLowSampleCountPercentile=ignore")
    if len(queries.returned()) != 1:
        raise ValidationError("Exactly one element of the metrics list should return data.")
    periods, needed = int(params["EvaluationPeriods"]), params.get("DatapointsToAlarm")
    if needed is not None and not 1 <= int(needed) <= periods:
        raise ValidationError(f"DatapointsToAlarm must be from 1 to EvaluationPeriods ({periods}), got {needed}")
    treatment = params.get("TreatMissingData") or "missing"
    if treatment not in TREATMENTS:
        raise ValidationError(
            f"Option {treatment} is not supported. Supported options for parameter TreatMissingData are: "
            f"{', '.join(TREATMENTS)}."
        )
    period = queries.period(queries.returned()[0])
    if period * periods > (LONGEST_OF_HOURS if period >= 3600 else LONGEST):
        raise ValidationError("Metrics cannot be checked across more than a day (EvaluationPeriods * Period).")
    return Rule(params["ComparisonOperator"], float(params["Threshold"]), periods, needed, treatment)


def _put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
    params = dict(self._get_params())
    if params.get("ActionsSuppressor"):
        raise NotImplementedError(f"alarm {params['AlarmName']}: ActionsSuppressor")
    _check_actions(params)
    try:
        rule = cloudwatch_composite.parse(params["AlarmRule"])
    except AlarmRuleError as problem:
        raise ValidationError(str(problem)) from problem
    missing = [name for name in rule.children if cloudwatch_alarms.find(self.region, name) is None]
    if missing:
        raise ValidationError(
            f"Could not save the composite alarm as alarms [{', '.join(missing)}] in the alarm rule do not exist"
        )
    self.cloudwatch_backend.put_metric_alarm(
        name=params["AlarmName"],
        namespace="",
        metric_name="",
        comparison_operator="",
        evaluation_periods=0,
        period=0,
        threshold=0,
        statistic="",
        description=params.get("AlarmDescription") or "",
        dimensions=[],
        alarm_actions=params.get("AlarmActions") or [],
        ok_actions=params.get("OKActions") or [],
        insufficient_data_actions=params.get("InsufficientDataActions") or [],
        actions_enabled=params.get("ActionsEnabled") is not False,
        rule=params["AlarmRule"],
        tags=params.get("Tags") or [],
    )
    _keep(self, params, alarm_rule=rule)
    return EmptyResult()


def _check_actions(params: dict[str, Any]) -> None:
    for kind in ACTIONS.values():
        for arn in params.get(kind) or ():
            parts = arn.split(":")
            if len(parts) < 6 or parts[0] != "arn":
                raise ValidationError(f"Invalid arn syntax: {arn}")
            if parts[2] not in KNOWN_ACTIONS:
                raise NotImplementedError(f"alarm {params['AlarmName']}: the action {arn}")


def _keep(self: CloudWatchResponse, params: dict[str, Any], **parts: Any) -> None:
    """An alarm that is put again keeps its state; all of its configuration is overwritten."""
    now = current().clock.now()
    name = params["AlarmName"]
    before = cloudwatch_alarms.find(self.region, name)
    state = before.state if before else first_state(now)
    history = before.history if before else []
    kept = self.cloudwatch_backend.alarms[name]
    alarm = Alarm(self.region, params, kept, state, now, history=history, **parts)
    kept.state_value, kept.state_reason = state.value, state.reason
    kind, done = ("Update", "updated") if before else ("Create", "created")
    config = {key: value for key, value in params.items() if isinstance(value, str | int | float | bool | list)}
    alarm.remember(
        now, "ConfigurationUpdate", f'Alarm "{name}" {done}', {"version": "1.0", "type": kind, f"{done}Alarm": config}
    )
    cloudwatch_alarms.keep(alarm)


def _describe_alarms(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    for unknown in ("ChildrenOfAlarmName", "ParentsOfAlarmName"):
        if asked.get(unknown):
            raise NotImplementedError(f"DescribeAlarms by {unknown}")
    kinds = asked.get("AlarmTypes") or ["MetricAlarm"]
    names, prefix = asked.get("AlarmNames"), asked.get("AlarmNamePrefix") or ""
    wanted = [
        alarm
        for alarm in sorted(cloudwatch_alarms.of_region(self.region), key=lambda alarm: alarm.name)
        if (not names or alarm.name in names)
        and alarm.name.startswith(prefix)
        and asked.get("StateValue") in (None, alarm.state.value)
        and _has_action(alarm, asked.get("ActionPrefix"))
        and ("MetricAlarm" if alarm.rule else "CompositeAlarm") in kinds
    ]
    begin, size = int(asked.get("NextToken") or 0), int(asked.get("MaxRecords") or 50)
    if names and not asked.get("MaxRecords"):
        size = max(size, len(names))
    page = wanted[begin : begin + size]
    answer: dict[str, Any] = {
        "MetricAlarms": [alarm.described() for alarm in page if alarm.rule],
        "CompositeAlarms": [alarm.described() for alarm in page if alarm.alarm_rule],
    }
    if begin + size < len(wanted):
        answer["NextToken"] = str(begin + size)
    return ActionResult(answer)


def _has_action(alarm: Alarm, prefix: str | None) -> bool:
    return not prefix or any(arn.startswith(prefix) for state in ACTIONS for arn in alarm.actions(state))


def _describe_alarms_for_metric(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    found = [
        alarm.described()
        for alarm in cloudwatch_alarms.of_region(self.region)
        if (alarm.params.get("Namespace"), alarm.params.get("MetricName")) == (asked["Namespace"], asked["MetricName"])
        and dimensions_of(alarm.params.get("Dimensions")) == dimensions_of(asked.get("Dimensions"))
        and all(asked.get(key) in (None, alarm.params.get(key)) for key in ("Statistic", "ExtendedStatistic", "Period"))
    ]
    return ActionResult({"MetricAlarms": found})


def _describe_alarm_history(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    oldest = current().clock.now() - HISTORY_KEPT
    start, end = (
        when and when.replace(tzinfo=when.tzinfo or UTC) for when in (asked.get("StartDate"), asked.get("EndDate"))
    )
    kinds = asked.get("AlarmTypes") or ["MetricAlarm"]
    items = [
        {
            "AlarmName": alarm.name,
            "AlarmType": "MetricAlarm" if alarm.rule else "CompositeAlarm",
            "Timestamp": item.at,
            "HistoryItemType": item.kind,
            "HistorySummary": item.summary,
            "HistoryData": item.data,
        }
        for alarm in cloudwatch_alarms.of_region(self.region)
        if asked.get("AlarmName") in (None, alarm.name) and ("MetricAlarm" if alarm.rule else "CompositeAlarm") in kinds
        for item in alarm.history
        if item.at >= max(start or oldest, oldest)
        and (end is None or item.at <= end)
        and asked.get("HistoryItemType") in (None, item.kind)
    ]
    items.sort(key=lambda item: item["Timestamp"])  # stable: what happened at one instant keeps its order
    if asked.get("ScanBy") != "TimestampAscending":
        items.reverse()
    begin, size = int(asked.get("NextToken") or 0), int(asked.get("MaxRecords") or 100)
    token = str(begin + size) if begin + size < len(items) else None
    return ActionResult({"AlarmHistoryItems": items[begin : begin + size], "NextToken": token})


def _set_alarm_state(
    original: Any, self: CloudWatchBackend, alarm_name: str, reason: str, reason_data: str | None, state_value: str
) -> None:
    alarm = cloudwatch_alarms.find(self.region_name, alarm_name)
    if alarm is None:
        raise ResourceNotFound("The named resource does not exist.")
    kept = alarm.kept.state_value, alarm.kept.state_reason
    original(self, alarm_name, reason, reason_data, state_value)  # for its checks
    alarm.kept.state_value, alarm.kept.state_reason = kept
    cloudwatch_alarms.set_state(alarm, state_value, reason, reason_data)


def _delete_alarms(original: Any, self: CloudWatchBackend, alarm_names: list[str]) -> None:
    """ "If you specify an alarm that does not exist, no alarms are deleted." """
    if any(cloudwatch_alarms.find(self.region_name, name) is None for name in alarm_names):
        raise ResourceNotFound("The named resource does not exist.")
    original(self, alarm_names)
    cloudwatch_alarms.forget(self.region_name, alarm_names)


@functools.cache
def patch_moto() -> None:
    replaces(CloudWatchResponse, "put_metric_alarm")(
        lambda original, self: refused(lambda: _put_metric_alarm(original, self))()
    )
    adds(CloudWatchResponse, "put_composite_alarm")(_put_composite_alarm)
    adds(CloudWatchResponse, "describe_alarm_history")(_describe_alarm_history)
    replaces(CloudWatchResponse, "describe_alarms")(lambda _, self: _describe_alarms(self))
    replaces(CloudWatchResponse, "describe_alarms_for_metric")(lambda _, self: _describe_alarms_for_metric(self))
    replaces(CloudWatchBackend, "set_alarm_state", "alarm_name", "reason", "reason_data", "state_value")(
        _set_alarm_state
    )
    replaces(CloudWatchBackend, "delete_alarms", "alarm_names")(_delete_alarms)
