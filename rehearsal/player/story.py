"""What was to be played: the day, its sales, the settings. A value; the evidence says what really happened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# CloudFormation User Guide, "Name type": stack, logical id and a random part.
MADE_UP = re.compile(r".+-([A-Za-z][A-Za-z0-9]*)-[A-Za-z0-9]{12,13}")


@dataclass(frozen=True)
class Bounds:
    min: int
    max: int

    def __str__(self) -> str:
        return f"{self.min}..{self.max}"


@dataclass(frozen=True)
class Sale:
    """One sale of the calendar, with its defaults filled in. ``services`` empty: all services of the stack."""

    name: str
    opens: datetime
    closes: datetime
    bounds: Bounds
    warm_up: timedelta
    services: tuple[str, ...] = ()

    @property
    def warms_up(self) -> datetime:
        return self.opens - self.warm_up

    def holds(self, service: str) -> bool:
        return not self.services or service in self.services

    def wants(self, when: datetime) -> bool:
        """From the beginning of the warm-up until the doors close."""
        return self.warms_up <= when < self.closes


@dataclass(frozen=True)
class Story:
    """All instants carry an offset; ``zone`` is the zone in which people read them."""

    begins: datetime
    ends: datetime
    sales: Sequence[Sale]
    baseline: Bounds
    services: Sequence[str]  # ECS service names
    zone: str = "Asia/Tokyo"
    look_every: timedelta = timedelta(minutes=5)
    seed: int = 1
    template: str = "template.yaml"
    parameters: Mapping[str, str] = field(default_factory=dict)
    requests_per_minute: Sequence[tuple[datetime, float]] = ()  # samples of the load that was played
    calendar: str = ""  # the sale calendar as text, as a person wrote it

    def label(self, service: str) -> str:
        """``EcsService`` for ``yakin-prod-EcsService-oqBgfV6sEPVS``: a name that CloudFormation made up."""
        made_up = MADE_UP.fullmatch(service)
        return made_up.group(1) if made_up else service

    def shorten(self, text: str) -> str:
        """The text with the labels of the services in place of their names."""
        for service in self.services:
            text = text.replace(service, self.label(service))
        return text

    def local(self, when: datetime) -> datetime:
        return when.astimezone(ZoneInfo(self.zone))

    def clock_time(self, when: datetime) -> str:
        """``19:05``, with the date in front unless it is the day on which the story begins."""
        shown = self.local(when)
        same_day = shown.date() == self.local(self.begins).date()
        return shown.strftime("%H:%M" if same_day else "%m-%d %H:%M")


def minutes(duration: timedelta) -> str:
    """``57 minutes``, ``1 minute``, ``40 seconds``, ``2 h 5 min``: as one would say it."""
    seconds = int(duration.total_seconds())
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    whole = seconds // 60
    if whole < 120:
        return f"{whole} minute{'' if whole == 1 else 's'}"
    return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} hours"
