"""CloudWatch metrics: data points in virtual time, and the calls that put and read them.

``put`` is how the other parts of the embedded AWS publish a metric; functions use PutMetricData or log lines in the
embedded metric format. Alarms are in cloudwatch_alarms.py.

CloudWatch API Reference: PutMetricData, GetMetricStatistics, GetMetricData, ListMetrics. User Guide: "Specification:
Embedded metric format".
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.cloudwatch.exceptions import InvalidParameterCombination, InvalidParameterValue, ValidationError
from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from rehearsal.aws.cloudwatch_math import ExpressionError
from rehearsal.aws.cloudwatch_metrics import Bucket, Store, dimensions_of, minute_of
from rehearsal.aws.cloudwatch_query import Queries, QueryError, check_period
from rehearsal.aws.patching import replaces
from rehearsal.aws.world import REGION, World, current, forgets

# PutMetricData: "time stamps can be as much as two weeks before the current date, and as much as 2 hours after".
OLDEST, NEWEST = timedelta(weeks=2), timedelta(hours=2)
MOST_DATAPOINTS = 1440  # of one GetMetricStatistics call

_stores: dict[str, Store] = {}  # by region


@forgets
def _forget() -> None:
    _stores.clear()


def install(world: World) -> None:
    """Forgets the world before, and lets the alarms of this one be evaluated each virtual minute."""
    from rehearsal.aws import cloudwatch_alarms

    _patch_moto()
    cloudwatch_alarms.install(world)


def store(region: str = REGION) -> Store:
    return _stores.setdefault(region, Store())


def put(
    namespace: str,
    name: str,
    dimensions: Mapping[str, str],
    value: float | Sequence[float],
    unit: str = "None",
    region: str = REGION,
) -> None:
    """A data point, or the samples of one, at the virtual now."""
    bucket = _bucket(region, namespace, name, dimensions, unit, current().clock.now())
    for sample in value if isinstance(value, Sequence) else [value]:
        bucket.add(float(sample))


def embedded_metric(line: str) -> None:
    """Publishes the metrics of a function's log line in the embedded metric format; any other line is none.

    A line that breaks the specification gives no metric, as in CloudWatch; it is recorded as ``emf-error``.
    """
    if '"_aws"' not in line:
        return
    try:
        metrics = list(_embedded(json.loads(line)))
    except (ValueError, KeyError, TypeError) as problem:
        current().record("emf-error", line=line, reason=f"{type(problem).__name__}: {problem}")
        return
    for bucket, samples in metrics:
        for sample in samples:
            bucket().add(sample)


def _embedded(document: dict[str, Any]) -> Iterator[tuple[Callable[[], Bucket], list[float]]]:
    about = document["_aws"]
    when = datetime.fromtimestamp(about["Timestamp"] / 1000, UTC)
    for directive in about["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = {name: _text(document[name]) for name in names}
            for metric in directive["Metrics"]:
                value = document[metric["Name"]]
                key = directive["Namespace"], metric["Name"], dimensions, metric.get("Unit", "None"), when
                samples = [float(sample) for sample in (value if isinstance(value, list) else [value])]
                yield functools.partial(_bucket, REGION, *key), samples


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("the value of a dimension has to be a string")
    return value


def _bucket(
    region: str, namespace: str, name: str, dimensions: Mapping[str, str], unit: str | None, when: datetime
) -> Bucket:
    series = store(region).series(namespace, name, frozenset(dimensions.items()))
    return series.at(minute_of(when), unit)


def _utc(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _put_metric_data(self: CloudWatchBackend, namespace: str, metric_data: list[dict[str, Any]]) -> None:
    now = current().clock.now()
    for number, datum in enumerate(metric_data, 1):
        self._validate_parameters_put_metric_data(datum, number)
        when = _utc(datum.get("Timestamp") or now)
        if not now - OLDEST <= when <= now + NEWEST:
            raise InvalidParameterValue(
                f"The parameter MetricData.member.{number}.Timestamp must specify a time no more than two weeks in "
                "the past or two hours in the future."
            )
    for datum in metric_data:
        dimensions = dict(dimensions_of(datum.get("Dimensions")))
        when = _utc(datum.get("Timestamp") or now)
        bucket = _bucket(self.region_name, namespace, datum["MetricName"], dimensions, datum.get("Unit"), when)
        if statistics := datum.get("StatisticValues"):
            bucket.add_set(*(float(statistics[name]) for name in ("SampleCount", "Sum", "Minimum", "Maximum")))
        elif values := datum.get("Values"):
            for value, count in zip(values, datum.get("Counts") or [1] * len(values), strict=True):
                for _ in range(int(count)):
                    bucket.add(float(value))
        else:
            bucket.add(float(datum["Value"]))


def grid(start: datetime, end: datetime, period: int) -> list[int]:
    """The minutes at which periods start: "rounded down to the nearest whole minute", then period by period."""
    return list(range(minute_of(_utc(start)), -int(-_utc(end).timestamp() // 60), period // 60))


def _get_metric_statistics(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    statistics, extended = asked.get("Statistics") or [], asked.get("ExtendedStatistics") or []
    if not statistics and not extended:
        raise InvalidParameterCombination("Must specify either Statistics or ExtendedStatistics")
    start, end, period = _utc(asked["StartTime"]), _utc(asked["EndTime"]), int(asked["Period"])
    if start >= end:
        raise InvalidParameterValue("The parameter StartTime must be less than the parameter EndTime.")
    check_period(period)
    starts = grid(start, end, period)
    if len(starts) > MOST_DATAPOINTS:
        raise InvalidParameterCombination(
            f"You have requested up to {len(starts)} datapoints, which exceeds the limit of {MOST_DATAPOINTS}."
        )
    key = asked["Namespace"], asked["MetricName"], dimensions_of(asked.get("Dimensions"))
    series = store(self.region).series(*key)
    datapoints = []
    for place in starts:
        bucket = series.window(place, period // 60, asked.get("Unit"))
        if bucket is None:
            continue
        point: dict[str, Any] = {"Timestamp": _time(place), "Unit": series.unit_at(place, period // 60)}
        point.update({name: bucket.statistic(name) for name in statistics})
        if extended:
            values = {name: bucket.statistic(name) for name in extended}
            point["ExtendedStatistics"] = {name: value for name, value in values.items() if value is not None}
        datapoints.append(point)
    return ActionResult({"Label": asked["MetricName"], "Datapoints": datapoints})


def _get_metric_data(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    start, end = asked["StartTime"], asked["EndTime"]
    if start >= end:
        raise ValidationError("The parameter EndTime must be greater than StartTime.")
    if asked.get("NextToken") or asked.get("MaxDatapoints"):
        raise NotImplementedError("GetMetricData by pages")
    queries = Queries(asked["MetricDataQueries"])
    results = []
    for key in queries.returned():
        starts = grid(start, end, queries.period(key))
        values = queries.values(key, store(self.region), starts)
        points = [(_time(place), value) for place, value in zip(starts, values, strict=True) if value is not None]
        if asked.get("ScanBy") != "TimestampAscending":
            points.reverse()
        results.append(
            {
                "Id": key,
                "Label": queries.label(key),
                "Timestamps": [when for when, _ in points],
                "Values": [value for _, value in points],
                "StatusCode": "Complete",
            }
        )
    return ActionResult({"MetricDataResults": results, "Messages": []})


def _list_metrics(self: CloudWatchResponse) -> ActionResult:
    asked = self._get_params()
    filters = [(member["Name"], member.get("Value")) for member in asked.get("Dimensions") or ()]
    found = store(self.region).find(current().clock.now(), asked.get("Namespace"), asked.get("MetricName"), filters)
    listed = [
        {
            "Namespace": series.namespace,
            "MetricName": series.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in sorted(series.dimensions)],
        }
        for series in found
    ]
    begin = int(asked.get("NextToken") or 0)
    token = str(begin + 500) if begin + 500 < len(listed) else None
    return ActionResult({"Metrics": listed[begin : begin + 500], "NextToken": token})


def _time(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def refused(call: Callable[..., ActionResult]) -> Callable[..., ActionResult]:
    """Turns what is wrong with queries and expressions into CloudWatch's ValidationError."""

    @functools.wraps(call)
    def checked(*args: Any) -> ActionResult:
        try:
            return call(*args)
        except (QueryError, ExpressionError) as problem:
            raise ValidationError(str(problem)) from problem

    return checked


@functools.cache
def _patch_moto() -> None:
    replaces(CloudWatchBackend, "put_metric_data", "namespace", "metric_data")(
        lambda _, self, namespace, metric_data: _put_metric_data(self, namespace, metric_data)
    )
    replaces(CloudWatchResponse, "get_metric_statistics")(lambda _, self: refused(_get_metric_statistics)(self))
    replaces(CloudWatchResponse, "get_metric_data")(lambda _, self: refused(_get_metric_data)(self))
    replaces(CloudWatchResponse, "list_metrics")(lambda _, self: _list_metrics(self))
