"""Values of CloudWatch metric math, and its functions.

Amazon CloudWatch User Guide: "Using math expressions with CloudWatch metrics", "Functions supported for metric math",
"Using IF expressions".

A value is a number, a time series (one number or None a period, oldest first; None is a missing data point) or an
array of time series. All series of one computation share a grid of periods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

Series = list[float | None]
Value = Any  # float | Series | Array: see above


class ExpressionError(ValueError):
    """The expression is not metric math."""


@dataclass
class Context:
    """What an expression is computed with: the series by id, in the order of the queries, and the grid."""

    series: Mapping[str, Value]
    period: int  # seconds
    points: int  # of each series


@dataclass(frozen=True)
class Array:
    """An array of time series; a class of its own because a series is a list, too."""

    members: list[Series]


def one_series(value: Value, points: int) -> Series:
    """The result as a time series; a lone number counts for every period."""
    if isinstance(value, Array):
        raise ExpressionError("the expression gives several time series, but one is needed")
    return value if isinstance(value, list) else [value] * points


def pointwise(point: Callable[..., float | None], context: Context, *values: Value) -> Value:
    """Point by point; a number counts for every period, an array member by member."""
    arrays = [value for value in values if isinstance(value, Array)]
    if arrays:
        size = len(arrays[0].members)
        spread = [value.members if isinstance(value, Array) else [value] * size for value in values]
        return Array([as_series(pointwise(point, context, *row), context) for row in zip(*spread, strict=True)])
    if not any(isinstance(value, list) for value in values):
        return point(*values)
    return list(map(point, *(value if isinstance(value, list) else repeat(value) for value in values)))


def as_series(value: Value, context: Context) -> Series:
    return value if isinstance(value, list) else [value] * context.points


def _reduce(do: Callable[[list[float]], float]) -> Callable[..., Value]:
    """SUM, MAX ...: of one series a number, of an array a series; missing data points do not count."""

    def known(values: Series) -> float | None:
        present = [value for value in values if value is not None]
        return do(present) if present else None

    def function(context: Context, value: Value) -> Value:
        if isinstance(value, Array):
            return [known(list(row)) for row in zip(*value.members, strict=True)]
        return known(as_series(value, context))

    return function


def _if(context: Context, condition: Value, then: Value, otherwise: Value = None) -> Value:
    """Without a third argument, the data point is left out where the condition does not hold."""

    def point(c: float | None, a: float | None, b: float | None) -> float | None:
        return None if c is None else a if c else b

    return pointwise(point, context, condition, then, otherwise)


def _fill(context: Context, value: Value, filler: Value) -> Value:
    if isinstance(value, Array):
        return Array([_fill(context, member, filler) for member in value.members])
    series = as_series(value, context)
    if filler == "REPEAT":
        return _repeat(series)
    if filler == "LINEAR":
        return _linear(series)
    return pointwise(lambda a, b: b if a is None else a, context, series, filler)


def _repeat(series: Series) -> Series:
    last: float | None = None
    filled: Series = []
    for value in series:
        last = last if value is None else value
        filled.append(last)
    return filled


def _linear(series: Series) -> Series:
    known = [(place, value) for place, value in enumerate(series) if value is not None]
    filled = list(series)
    for (start, low), (end, high) in zip(known, known[1:], strict=False):
        for place in range(start + 1, end):
            filled[place] = low + (high - low) * (place - start) / (end - start)
    return filled


def _change(context: Context, value: Value, a_second: bool) -> Value:
    """The change since the latest data point before, or that change a second; the first data point has none."""
    if isinstance(value, Array):
        return Array([_change(context, member, a_second) for member in value.members])
    before: tuple[int, float] | None = None
    changes: Series = [None] * context.points
    for place, now in enumerate(as_series(value, context)):
        if now is None:
            continue
        if before is not None:
            seconds = (place - before[0]) * context.period
            changes[place] = (now - before[1]) / (seconds if a_second else 1)
        before = (place, now)
    return changes


def _metrics(context: Context, part: str = "") -> Array:
    return Array([value for key, value in context.series.items() if part in key and isinstance(value, list)])


def _each(do: Callable[[float], float]) -> Callable[..., Value]:
    return lambda context, value: pointwise(lambda a: None if a is None else do(a), context, value)


# By name: least and most arguments, and what it does.
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Value]]] = {
    "IF": (2, 3, _if),
    "FILL": (2, 2, _fill),
    "SUM": (1, 1, _reduce(sum)),
    "AVG": (1, 1, _reduce(lambda values: sum(values) / len(values))),
    "MIN": (1, 1, _reduce(min)),
    "MAX": (1, 1, _reduce(max)),
    "DATAPOINT_COUNT": (1, 1, _reduce(lambda values: float(len(values)))),
    "ABS": (1, 1, _each(abs)),
    "CEIL": (1, 1, _each(lambda a: float(-(-a // 1)))),
    "FLOOR": (1, 1, _each(lambda a: float(a // 1))),
    "DIFF": (1, 1, lambda context, value: _change(context, value, False)),
    "RATE": (1, 1, lambda context, value: _change(context, value, True)),
    "PERIOD": (1, 1, lambda context, _: float(context.period)),
    "METRICS": (0, 1, _metrics),
    "METRIC_COUNT": (1, 1, lambda _, value: float(len(value.members)) if isinstance(value, Array) else 1.0),
    "TIME_SERIES": (1, 1, lambda context, value: as_series(value, context)),
}
