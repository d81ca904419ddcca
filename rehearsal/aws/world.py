"""What the parts of one embedded AWS share: its clock, its address, its seeded chance, its evidence and its faults.

moto's backends are global to the process, so there is one world a process. ``current()`` is that world; the overlay
modules reach the clock and each other through it. A fresh world starts with ``World.create``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rehearsal.aws.clock import Clock

ACCOUNT = "123456789012"
REGION = "ap-northeast-1"


@dataclass
class Call:
    """One call that a function or a person made to the outside: an AWS API, Slack, later SQL. The unit of a kill run."""

    number: int  # 1, 2, 3 ... over the life of the world
    at: datetime
    who: str  # the logical name of the function (its role's owner), or 'deployer'
    action: str  # 'ecs:DescribeServices', 'slack:chat.postMessage'
    params: dict[str, Any]
    outcome: str = "ok"  # 'ok', an error code, 'denied', 'fault: <kind>'
    invocation: str | None = None  # the Lambda request id within which it was made


@dataclass
class Record:
    """One thing that happened inside AWS or to a person, for the timeline, the report and the tests."""

    at: datetime
    kind: str  # see rehearsal/README.md, "Evidence"
    facts: dict[str, Any]


@dataclass
class World:
    clock: Clock
    seed: int
    directory: Path  # scratch: unpacked zips, the clock file, logs
    chance: random.Random
    url: str = ""  # http://127.0.0.1:<port>, set by the server
    calls: list[Call] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    on_call: list[Callable[[Call], Any]] = field(default_factory=list)  # gates: faults and kills, see server.py
    enforce_iam: bool = True

    @staticmethod
    def create(start: datetime, directory: Path, seed: int = 1) -> World:
        global _current
        directory.mkdir(parents=True, exist_ok=True)
        clock = Clock(start, directory / "clock")
        _current = World(clock, seed, directory, random.Random(seed))
        return _current

    def record(self, kind: str, **facts: Any) -> None:
        self.records.append(Record(self.clock.now(), kind, facts))

    def of_kind(self, kind: str) -> list[Record]:
        return [record for record in self.records if record.kind == kind]


_current: World | None = None


def current() -> World:
    if _current is None:
        raise RuntimeError("no world yet: World.create comes first")
    return _current
