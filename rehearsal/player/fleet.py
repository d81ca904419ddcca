"""Tasks and bounds of one service as functions of time, read from the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from rehearsal.aws.world import Record
from rehearsal.player.story import Bounds

Value = TypeVar("Value")


@dataclass(frozen=True)
class Tasks:
    wanted: int
    running: int
    healthy: int

    @property
    def settled(self) -> bool:
        return self.wanted == self.running == self.healthy


class Steps(Generic[Value]):
    """A value that keeps until the next change; of several changes at one instant the last one counts."""

    def __init__(self, changes: Iterable[tuple[datetime, Value]]) -> None:
        latest = dict(changes)
        self.times = sorted(latest)
        self.values = [latest[time] for time in self.times]

    def at(self, when: datetime) -> Value | None:
        """The value that holds at an instant, a change at that instant included; None before the first one."""
        index = bisect_right(self.times, when)
        return self.values[index - 1] if index else None

    def __iter__(self) -> Iterator[tuple[datetime, Value]]:
        return iter(zip(self.times, self.values, strict=True))

    def __bool__(self) -> bool:
        return bool(self.times)


def tasks(records: list[Record], service: str) -> Steps[Tasks]:
    return Steps(
        (record.at, Tasks(record.facts["wanted"], record.facts["running"], record.facts["healthy"]))
        for record in records
        if record.kind == "tasks" and record.facts["service"] == service
    )


def bounds(records: list[Record], service: str) -> Steps[Bounds]:
    return Steps(
        (record.at, Bounds(record.facts["min"], record.facts["max"]))
        for record in records
        if record.kind == "bounds" and record.facts["service"] == service
    )
