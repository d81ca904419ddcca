"""Which state an alarm is in, and the sentence that CloudWatch gives as the reason. Pure: data points in, verdict out.

Amazon CloudWatch User Guide: "Alarm evaluation" and "Configuring how CloudWatch alarms treat missing data" (its two
tables are the test of this file). The sentences are those of real notifications.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

OK, ALARM, INSUFFICIENT_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"

# By operator: the comparison, and how the sentence says it.
COMPARISONS: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")
# CloudWatch looks at more periods than it evaluates, "the exact number depends on the length of the alarm period".
# The guide's tables evaluate 3 and look at 5; an alarm of 8 periods of 15 minutes was seen to fire 150 minutes (10
# periods) after the last data point, one of 1 period on the third missing one. So: two more.
EXTRA_PERIODS = 2
LISTED = 5  # data points in a sentence


@dataclass(frozen=True)
class Rule:
    """What of an alarm's configuration decides its state."""

    comparison: str
    threshold: float
    evaluation_periods: int
    datapoints_to_alarm: int | None
    treat_missing: str = "missing"

    @property
    def needed(self) -> int:
        return self.datapoints_to_alarm or self.evaluation_periods

    @property
    def range(self) -> int:
        """The evaluation range, in periods."""
        return self.evaluation_periods + EXTRA_PERIODS

    def breached_by(self, value: float) -> bool:
        return COMPARISONS[self.comparison][0](value, self.threshold)


@dataclass(frozen=True)
class Point:
    """A data point of a period that starts at ``minute`` (whole minutes since 1970)."""

    minute: int
    value: float

    @property
    def start(self) -> datetime:
        return datetime.fromtimestamp(self.minute * 60, UTC)


@dataclass(frozen=True)
class Verdict:
    rule: Rule
    state: str
    evaluated: list[Point]  # oldest first
    breaching: list[Point]
    missing: int  # data points that had to be filled in

    @property
    def reason(self) -> str:
        """CloudWatch's sentence; made only when somebody asks, because most verdicts change nothing."""
        return _reason(self.rule, self.state, self.evaluated, self.breaching, self.missing)


def evaluate(rule: Rule, points: Sequence[Point | None]) -> Verdict | None:
    """The state that follows from the evaluation range, oldest period first; None: the alarm keeps its state."""
    present = [point for point in points if point is not None]
    evaluated = present[-rule.evaluation_periods :]
    breaching = [point for point in evaluated if rule.breached_by(point.value)]
    missing = rule.evaluation_periods - len(evaluated)
    if missing > 0:
        state = _with_missing(rule, points, evaluated, breaching, missing)
    else:
        state = ALARM if len(breaching) >= rule.needed else OK
    if state is None:
        return None
    return Verdict(rule, state, evaluated, breaching, missing)


def _with_missing(
    rule: Rule, points: Sequence[Point | None], real: list[Point], breaching: list[Point], missing: int
) -> str | None:
    match rule.treat_missing:
        case "breaching":
            return ALARM if len(breaching) + missing >= rule.needed else OK
        case "notBreaching":
            return ALARM if len(breaching) >= rule.needed else OK
    if len(breaching) >= rule.needed:
        return ALARM
    if len(breaching) < len(real):
        return OK
    # Only breaching data points, and too few of them: an alarm if the oldest is as old as the data points to alarm.
    oldest = next((age for age, point in zip(range(len(points), 0, -1), points, strict=True) if point), 0)
    if rule.treat_missing == "ignore":
        return None
    return ALARM if real and oldest >= rule.needed else INSUFFICIENT_DATA


def _reason(rule: Rule, state: str, real: list[Point], breaching: list[Point], missing: int) -> str:
    if state == INSUFFICIENT_DATA:
        return f"Insufficient Data: {_counted(missing, 'datapoint')} {_were(missing)} unknown."
    filled = ""
    if missing > 0 and rule.treat_missing in ("breaching", "notBreaching"):
        kind = "Breaching" if rule.treat_missing == "breaching" else "NonBreaching"
        filled = f" and {_counted(missing, 'missing datapoint')} {_were(missing)} treated as [{kind}]"
    if not real:
        periods = _counted(rule.evaluation_periods, "period")
        return f"Threshold Crossed: no datapoints were received for {periods}{filled}."
    # An alarm names what breaches, an OK what does not; of missing data points there may be too few of the former.
    named = breaching if state == ALARM else [point for point in real if point not in breaching]
    named = list(reversed(named or real))
    crossed = all(rule.breached_by(point.value) for point in named)
    count, text, verb = len(named), _listed(named), _were(len(named))
    short = count < LISTED
    phrase = f"{'' if crossed else 'not '}{COMPARISONS[rule.comparison][1]} the threshold ({java(rule.threshold)})"
    if rule.datapoints_to_alarm is None:
        head, transition = _counted(count, "datapoint"), ""
    else:
        head = f"{count} out of the last {rule.evaluation_periods} datapoints"
        least = rule.needed if state == ALARM else rule.evaluation_periods - rule.needed + 1
        arrow = "OK -> ALARM" if state == ALARM else "ALARM -> OK"
        transition = f" (minimum {_counted(least, 'datapoint')} for {arrow} transition)"
    if short:
        return f"Threshold Crossed: {head} [{text}] {verb} {phrase}{filled}{transition}."
    which = "which crossed the threshold" if crossed else "which did not cross the threshold"
    return (
        f"Threshold Crossed: {head} {verb} {phrase}{filled}. The most recent datapoints {which}: [{text}]{transition}."
    )


def _listed(points: list[Point]) -> str:
    return ", ".join(f"{java(point.value)} ({point.start:%d/%m/%y %H:%M:%S})" for point in points[:LISTED])


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def java(value: float) -> str:
    """A number as java.lang.Double writes it: 1.0, 4.294967296E9."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(float(value))
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    rest = "".join(map(str, digits[1:])) or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{int(exponent) + len(digits) - 1}"
