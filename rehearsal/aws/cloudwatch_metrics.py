"""CloudWatch's datapoints: one-minute buckets in virtual time, and the statistics that are computed from them.

moto keeps one object a datapoint and scans them all for each question; a rehearsed day would drown in that.
Amazon CloudWatch User Guide: "Metrics concepts" (a metric is its namespace, its name and the exact set of its
dimensions), "CloudWatch statistics definitions".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Dimensions = frozenset[tuple[str, str]]
Key = tuple[str, str, Dimensions]

STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
# "ListMetrics": metrics without new data points for two weeks are not listed.
LISTED_FOR = timedelta(days=14)
MOST_REMEMBERED = 1000  # windows of a series


class UnknownStatisticError(ValueError):
    """A statistic that the embedded AWS can't compute; trimmed means and the like."""


@dataclass
class Bucket:
    """The samples of some span of time. ``values`` are the samples of which each single value is known."""

    count: float = 0
    total: float = 0
    low: float = float("inf")
    high: float = float("-inf")
    values: list[float] = field(default_factory=list)

    def add(self, value: float) -> None:
        self.add_set(1, value, value, value)
        self.values.append(value)

    def add_set(self, count: float, total: float, low: float, high: float) -> None:
        """A statistic set: its percentiles are unknown."""
        self.count += count
        self.total += total
        self.low = min(self.low, low)
        self.high = max(self.high, high)

    def merge(self, other: Bucket) -> None:
        self.add_set(other.count, other.total, other.low, other.high)
        self.values += other.values

    def statistic(self, name: str) -> float | None:
        """None: no sample, or a percentile of statistic sets, which AWS does not know either.

        Raises UnknownStatisticError.
        """
        if name not in STATISTICS and not is_percentile(name):
            raise UnknownStatisticError(f"the embedded AWS does not know the statistic {name}")
        if not self.count:
            return None
        match name:
            case "Sum":
                return self.total
            case "Average":
                return self.total / self.count
            case "Minimum":
                return self.low
            case "Maximum":
                return self.high
            case "SampleCount":
                return self.count
        return percentile(self.values, float(name[1:])) if len(self.values) == self.count else None


def is_percentile(name: str) -> bool:
    """'p95', 'p99.9': from p0.0 to p100."""
    digits = name[1:].replace(".", "", 1)
    return name.startswith("p") and digits.isdecimal() and 0 <= float(name[1:]) <= 100


def percentile(values: Sequence[float], percent: float) -> float:
    """Linear between the two nearest samples. AWS approximates, too, and publishes no formula."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Series:
    """One metric: a bucket a minute and unit. ``last`` is the newest minute that has a sample."""

    def __init__(self, key: Key) -> None:
        self.namespace, self.name, self.dimensions = key
        self.last = 0
        self._buckets: dict[str | None, dict[int, Bucket]] = {}
        # Alarms ask for a window again and again while it moves into their past.
        self._asked: dict[tuple[int, int, str | None], Bucket | None] = {}
        self._asked_until = 0

    def at(self, minute: int, unit: str | None) -> Bucket:
        """The bucket to put a sample into."""
        self.last = max(self.last, minute)
        if minute < self._asked_until:
            self._asked.clear()
        return self._buckets.setdefault(unit, {}).setdefault(minute, Bucket())

    def window(self, start: int, minutes: int, unit: str | None = None) -> Bucket | None:
        """Everything in [start, start + minutes); None without a sample. Without a unit, of all units."""
        asked = (start, minutes, unit)
        if asked not in self._asked:
            if len(self._asked) > MOST_REMEMBERED:
                self._asked.clear()
            self._asked[asked] = self._gather(start, minutes, unit)
            self._asked_until = max(self._asked_until, start + minutes)
        return self._asked[asked]

    def _gather(self, start: int, minutes: int, unit: str | None) -> Bucket | None:
        chosen = self._buckets.values() if unit is None else [self._buckets.get(unit, {})]
        found = [
            bucket
            for buckets in chosen
            for minute in range(start, start + minutes)
            if (bucket := buckets.get(minute)) is not None
        ]
        if len(found) <= 1:
            return found[0] if found else None
        merged = Bucket()
        for bucket in found:
            merged.merge(bucket)
        return merged

    def unit_at(self, start: int, minutes: int) -> str:
        """The unit of the samples there; 'None' is what CloudWatch calls a metric that was put without one."""
        for unit, buckets in self._buckets.items():
            if unit and any(minute in buckets for minute in range(start, start + minutes)):
                return unit
        return "None"


class Store:
    """All metrics of one region."""

    def __init__(self) -> None:
        self._series: dict[Key, Series] = {}

    def series(self, namespace: str, name: str, dimensions: Dimensions) -> Series:
        key = (namespace, name, dimensions)
        if key not in self._series:
            self._series[key] = Series(key)
        return self._series[key]

    def find(
        self, now: datetime, namespace: str | None, name: str | None, filters: Iterable[tuple[str, str | None]]
    ) -> Iterator[Series]:
        """What ListMetrics lists: each filter must match one dimension; a filter without value matches any value."""
        filters = list(filters)
        oldest = minute_of(now - LISTED_FOR)
        for series in self._series.values():
            values = dict(series.dimensions)
            if (
                series.last >= max(oldest, 1)
                and namespace in (None, series.namespace)
                and name in (None, series.name)
                and all(key in values and value in (None, values[key]) for key, value in filters)
            ):
                yield series


def minute_of(when: datetime) -> int:
    """Whole minutes since 1970."""
    return int(when.timestamp() // 60)


def dimensions_of(members: Iterable[dict[str, str]] | None) -> Dimensions:
    """From the API's [{Name, Value}]."""
    return frozenset((member["Name"], member["Value"]) for member in members or ())
