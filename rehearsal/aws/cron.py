"""The three kinds of schedule expression: cron, rate and at. Pure: parses, validates, and finds the next time.

Follows "Schedule types on EventBridge Scheduler" (EventBridge Scheduler User Guide): six cron fields, ``?`` in exactly
one of the two day fields, whole minutes, and the rule for daylight saving time: a local time that does not exist is
skipped, one that exists twice counts once. Application Auto Scaling's scheduled actions use the same expressions.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = {
    name: number
    for number, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}
WEEKDAYS = {name: number for number, name in enumerate(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], 1)}
LAST_YEAR = 2199


class InvalidScheduleError(ValueError):
    """The expression or the time zone is one that AWS refuses. The message is the service's own."""


@dataclass(frozen=True)
class Cron:
    """Sets of allowed values; the two day fields are rules because of L, W and #. One of the two is None: it was ?."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: str | None
    months: frozenset[int]
    weekdays: str | None
    years: frozenset[int]

    def falls_on(self, day: date) -> bool:
        if day.month not in self.months or day.year not in self.years:
            return False
        return _day_of_month(self.days, day) if self.days is not None else _day_of_week(self.weekdays or "*", day)


@dataclass(frozen=True)
class Rate:
    period: timedelta


@dataclass(frozen=True)
class At:
    local: datetime


Schedule = Cron | Rate | At


def parse(expression: str) -> Schedule:
    """Raises InvalidScheduleError for whatever AWS would refuse."""
    try:
        kind, inside = _split(expression)
        return {"cron": _cron, "rate": _rate, "at": _at}[kind](inside)
    except ValueError as problem:
        raise InvalidScheduleError(f"Invalid Schedule Expression {expression}. ({problem})") from problem


def validate(expression: str, zone: str = "UTC") -> None:
    parse(expression)
    time_zone(zone)


def time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise InvalidScheduleError(f"Invalid time zone {name!r}: not an IANA time zone.") from problem


def next_fire(schedule: Schedule, after: datetime, zone: str = "UTC", start: datetime | None = None) -> datetime | None:
    """The first time later than ``after``, in UTC; None when there is none. ``start`` anchors a rate."""
    match schedule:
        case Rate(period):
            anchor = (start or after).astimezone(UTC)
            if anchor > after:
                return anchor
            return anchor + period * ((after - anchor) // period + 1)
        case At(local):
            when = local.replace(tzinfo=time_zone(zone)).astimezone(UTC)
            return when if when > after else None
        case Cron():
            return _next_cron(schedule, after, time_zone(zone))


def _next_cron(cron: Cron, after: datetime, zone: ZoneInfo) -> datetime | None:
    # The day before as well: just after clocks went back, "after" can lie behind a wall-clock time that still counts.
    day = after.astimezone(zone).date() - timedelta(days=1)
    times = [time(hour, minute) for hour in sorted(cron.hours) for minute in sorted(cron.minutes)]
    while day.year <= max(cron.years):
        if cron.falls_on(day):
            for moment in times:
                when = _existing(datetime.combine(day, moment), zone)
                if when is not None and when > after:
                    return when
        day += timedelta(days=1)
    return None


def _existing(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall-clock time: the first of two, None in the gap of spring."""
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == local else None


def _split(expression: str) -> tuple[str, str]:
    match = re.fullmatch(r"(cron|rate|at)\((.*)\)", expression)
    if match is None:
        raise ValueError("expected cron(...), rate(...) or at(...)")
    return match[1], match[2]


def _rate(inside: str) -> Rate:
    match = re.fullmatch(r"([1-9]\d*) (minute|hour|day)s?", inside)
    if match is None:
        raise ValueError("expected a positive whole number and minutes, hours or days")
    return Rate(timedelta(**{match[2] + "s": int(match[1])}))


def _at(inside: str) -> At:
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", inside) is None:
        raise ValueError("expected at(yyyy-mm-ddThh:mm:ss)")
    return At(datetime.fromisoformat(inside))


def _cron(inside: str) -> Cron:
    fields = inside.split()
    if len(fields) != 6:
        raise ValueError(f"{len(fields)} fields instead of 6: minutes hours day-of-month month day-of-week year")
    minutes, hours, days, months, weekdays, years = fields
    if (days == "?") == (weekdays == "?"):
        raise ValueError("exactly one of day-of-month and day-of-week must be ?")
    if days != "?":
        _check_days(days)
    if weekdays != "?":
        _check_weekdays(weekdays)
    return Cron(
        _values(minutes, 0, 59),
        _values(hours, 0, 23),
        None if days == "?" else days,
        _values(months, 1, 12, MONTHS),
        None if weekdays == "?" else weekdays,
        _values(years, 1970, LAST_YEAR),
    )


def _values(text: str, low: int, high: int, names: dict[str, int] | None = None) -> frozenset[int]:
    """Comma list of ``*``, ``n``, ``n-m``, each with an optional ``/step``."""
    found: set[int] = set()
    for part in text.split(","):
        span, slash, step = part.partition("/")
        if slash and not re.fullmatch(r"[1-9]\d*", step):
            raise ValueError(f"bad step in {part!r}")
        if span == "*":
            first, last = low, high
        elif "-" in span:
            first, last = (_number(end, low, high, names) for end in span.split("-", 1))
        else:
            first = _number(span, low, high, names)
            last = high if slash else first
        if first > last:
            raise ValueError(f"{part!r} runs backwards")
        found.update(range(first, last + 1, int(step) if slash else 1))
    return frozenset(found)


def _number(text: str, low: int, high: int, names: dict[str, int] | None) -> int:
    if names and text.upper() in names:
        return names[text.upper()]
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{text!r} is not between {low} and {high}")
    return int(text)


def _check_days(text: str) -> None:
    special = re.fullmatch(r"L|LW|(\d{1,2})W", text)
    if special is None:
        _values(text, 1, 31)
    elif special[1]:
        _number(special[1], 1, 31, None)


def _check_weekdays(text: str) -> None:
    special = re.fullmatch(r"L|(\w+)L|(\w+)#([1-5])", text)
    if special is None:
        _values(text, 1, 7, WEEKDAYS)
    elif special[1] or special[2]:
        _number(special[1] or special[2], 1, 7, WEEKDAYS)


def _day_of_month(rule: str, day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    if rule == "L":
        return day.day == last
    if rule.endswith("W"):
        wanted = last if rule == "LW" else int(rule[:-1])
        return wanted <= last and day == _nearest_weekday(day.replace(day=wanted), last)
    return day.day in _values(rule, 1, 31)


def _nearest_weekday(day: date, last: int) -> date:
    """Saturday moves to Friday and Sunday to Monday, but never into another month."""
    if day.weekday() == 5:
        return day - timedelta(days=1) if day.day > 1 else day + timedelta(days=2)
    if day.weekday() == 6:
        return day + timedelta(days=1) if day.day < last else day - timedelta(days=2)
    return day


def _day_of_week(rule: str, day: date) -> bool:
    number = day.isoweekday() % 7 + 1
    if rule == "L":
        return number == 7
    if rule.endswith("L"):
        last_week = day.day > monthrange(day.year, day.month)[1] - 7
        return last_week and number == _number(rule[:-1], 1, 7, WEEKDAYS)
    if "#" in rule:
        weekday, nth = rule.split("#")
        return number == _number(weekday, 1, 7, WEEKDAYS) and (day.day - 1) // 7 + 1 == int(nth)
    return number in _values(rule, 1, 7, WEEKDAYS)
