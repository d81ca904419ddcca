"""Metric data queries: statistics and expressions of them, computed on one grid of periods.

What an alarm and GetMetricData have in common. API Reference of CloudWatch: "MetricDataQuery", "MetricStat".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rehearsal.aws import cloudwatch_expression
from rehearsal.aws import cloudwatch_math as maths
from rehearsal.aws.cloudwatch_metrics import STATISTICS, Bucket, Series, Store, dimensions_of, is_percentile


class QueryError(ValueError):
    """The queries contradict themselves or the API's rules."""


@dataclass(frozen=True)
class Metric:
    """One metric with a statistic."""

    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]
    period: int  # seconds
    statistic: str
    unit: str | None = None

    def __post_init__(self) -> None:
        check_period(self.period)
        if self.statistic not in STATISTICS and not is_percentile(self.statistic):
            raise NotImplementedError(f"the statistic {self.statistic}")

    def series(self, store: Store) -> Series:
        return store.series(self.namespace, self.name, self.dimensions)

    def buckets(self, store: Store, starts: Sequence[int]) -> list[Bucket | None]:
        series = self.series(store)
        if not starts or series.last < starts[0]:
            return [None] * len(starts)
        minutes = self.period // 60
        return [series.window(start, minutes, self.unit) for start in starts]

    def values(self, store: Store, starts: Sequence[int]) -> maths.Series:
        buckets = self.buckets(store, starts)
        return [bucket.statistic(self.statistic) if bucket else None for bucket in buckets]


@dataclass(frozen=True)
class Expression:
    node: cloudwatch_expression.Node
    needs: tuple[str, ...]  # ids
    period: int


def check_period(period: int) -> None:
    if period in (1, 5, 10, 20, 30):
        raise NotImplementedError(f"high-resolution metrics (a period of {period} s)")
    if period <= 0 or period % 60:
        raise QueryError(f"Period must be a multiple of 60, got {period}")


class Queries:
    """A list of MetricDataQuery structures, checked and ready to compute.

    Raises QueryError, cloudwatch_math.ExpressionError, or NotImplementedError for what the embedded AWS can't do.
    """

    def __init__(self, queries: Iterable[dict[str, Any]]) -> None:
        self._raw = {query["Id"]: query for query in queries}
        self._parts: dict[str, Metric | Expression] = {}
        for key in self._raw:
            self._add(key, ())

    @property
    def metrics(self) -> list[Metric]:
        return [part for part in self._parts.values() if isinstance(part, Metric)]

    def returned(self) -> list[str]:
        """The ids whose data is returned; that is the default."""
        return [key for key, query in self._raw.items() if query.get("ReturnData") is not False]

    def period(self, key: str) -> int:
        return self._parts[key].period

    def label(self, key: str) -> str:
        part = self._parts[key]
        return self._raw[key].get("Label") or (part.name if isinstance(part, Metric) else key)

    def values(self, key: str, store: Store, starts: Sequence[int]) -> maths.Series:
        """The series of a query, for periods that start at these minutes."""
        return maths.one_series(self._value(key, store, starts, {}), len(starts))

    def _value(self, key: str, store: Store, starts: Sequence[int], known: dict[str, maths.Value]) -> maths.Value:
        part = self._parts[key]
        if isinstance(part, Metric):
            return part.values(store, starts)
        for needed in part.needs:
            if needed not in known:
                known[needed] = self._value(needed, store, starts, known)
        return part.node(maths.Context({needed: known[needed] for needed in part.needs}, part.period, len(starts)))

    def _add(self, key: str, asked_by: tuple[str, ...]) -> None:
        if key in self._parts:
            return
        if key in asked_by:
            raise QueryError(f"Circular reference in the expression of {key}")
        if key not in self._raw:
            raise QueryError(f"The expression of {asked_by[-1]} refers to the id {key}, which does not exist")
        query = self._raw[key]
        if "MetricStat" in query:
            self._parts[key] = metric_of(query["MetricStat"])
            return
        node, ids = cloudwatch_expression.compile(query["Expression"])
        all_metrics = [other for other in self._raw if "METRICS(" in query["Expression"] and other != key]
        needs = [
            other for other in self._raw if other in ids or "MetricStat" in self._raw[other] and other in all_metrics
        ]
        needs += [missing for missing in sorted(ids) if missing not in self._raw]
        for needed in needs:
            self._add(needed, (*asked_by, key))
        periods = {self._parts[needed].period for needed in needs}
        if len(periods) > 1:
            raise NotImplementedError(f"metrics with different periods in the expression of {key}")
        period = int(query.get("Period") or next(iter(periods), 60))
        if periods and period not in periods:
            raise NotImplementedError(f"the expression of {key} has another period than its metrics")
        self._parts[key] = Expression(node, tuple(needs), period)


def metric_of(stat: dict[str, Any]) -> Metric:
    """From the API's MetricStat."""
    metric = stat["Metric"]
    dimensions = dimensions_of(metric.get("Dimensions"))
    name = metric["MetricName"]
    return Metric(metric["Namespace"], name, dimensions, int(stat["Period"]), stat["Stat"], stat.get("Unit"))
