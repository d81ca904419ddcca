"""An alarm: its configuration as it was put, its state, its history, and how the API shows it.

CloudWatch API Reference: "MetricAlarm", "CompositeAlarm", "AlarmHistoryItem".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import Alarm as MotoAlarm

from rehearsal.aws.cloudwatch_composite import AlarmRule
from rehearsal.aws.cloudwatch_evaluation import INSUFFICIENT_DATA, Rule
from rehearsal.aws.cloudwatch_query import Queries

ACTIONS = {"OK": "OKActions", "ALARM": "AlarmActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}


@dataclass(frozen=True)
class State:
    value: str
    reason: str
    data: str | None  # JSON
    at: datetime


@dataclass(frozen=True)
class HistoryItem:
    at: datetime
    kind: str  # ConfigurationUpdate, StateUpdate, Action
    summary: str
    data: str  # JSON


@dataclass
class Alarm:
    """``queries`` and ``rule`` are a metric alarm's, ``alarm_rule`` is a composite alarm's."""

    region: str
    params: dict[str, Any]  # of PutMetricAlarm or PutCompositeAlarm
    kept: MotoAlarm
    state: State
    configured: datetime
    queries: Queries | None = None
    rule: Rule | None = None
    alarm_rule: AlarmRule | None = None
    history: list[HistoryItem] = field(default_factory=list)
    settled: bool = False  # nothing has come in since an evaluation that found no data: it would end the same

    @property
    def name(self) -> str:
        return str(self.params.get("AlarmName"))

    @property
    def arn(self) -> str:
        return self.kept.alarm_arn

    @property
    def description(self) -> str | None:
        return self.params.get("AlarmDescription")

    @property
    def watched(self) -> str:
        """The query whose result is compared with the threshold."""
        assert self.queries is not None
        return self.queries.returned()[0]

    def actions(self, state: str) -> list[str]:
        return list(self.params.get(ACTIONS[state]) or ())

    def metrics(self) -> list[dict[str, Any]]:
        """The metric data queries; that of a plain alarm has an id of CloudWatch's making."""
        return self.params.get("Metrics") or [plain_query(self.params, "m1")]

    def enter(self, state: State) -> None:
        """Takes the state over; moto's alarm follows for whoever looks there."""
        self.state = state
        self.kept.update_state(state.reason, state.data or "{}", state.value)

    def remember(self, at: datetime, kind: str, summary: str, data: Mapping[str, Any]) -> None:
        self.history.append(HistoryItem(at, kind, summary, json.dumps(data)))

    def described(self) -> dict[str, Any]:
        """As DescribeAlarms answers."""
        params = {key: value for key, value in self.params.items() if key != "Tags" and value is not None}
        return {
            **{action: [] for action in ACTIONS.values()},
            **({} if self.alarm_rule or "Metrics" in params else {"Dimensions": []}),
            **params,
            "AlarmArn": self.arn,
            "ActionsEnabled": self.kept.actions_enabled,
            "AlarmConfigurationUpdatedTimestamp": self.configured,
            "StateValue": self.state.value,
            "StateReason": self.state.reason,
            "StateReasonData": self.state.data,
            "StateUpdatedTimestamp": self.state.at,
            "StateTransitionedTimestamp": self.state.at,
        }


def plain_query(params: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The one query of an alarm that was put with MetricName, Namespace and the like."""
    metric = {name: params.get(name) for name in ("Namespace", "MetricName", "Dimensions")}
    stat = params.get("Statistic") or params.get("ExtendedStatistic")
    return {
        "Id": key,
        "MetricStat": {"Metric": metric, "Period": params["Period"], "Stat": stat, "Unit": params.get("Unit")},
    }


def first_state(now: datetime) -> State:
    """ "When this operation creates an alarm, the alarm state is immediately set to INSUFFICIENT_DATA." """
    return State(INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", None, now)


def stamp(when: datetime) -> str:
    """As alarms write times: 2026-12-26T10:00:00.000+0000."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}+0000"
