"""What the parts of one embedded AWS share: its clock, its address, its seeded chance, its evidence and its faults.

moto's backends are global to the process, so there is one world a process. ``current()`` is that world; the overlay
modules reach the clock and each other through it. A fresh world starts with ``World.create``.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import moto.rds.models as rds_models
from moto.moto_api._internal import mock_random, moto_api_backend

from rehearsal.aws import selfcheck
from rehearsal.aws.clock import Clock

if TYPE_CHECKING:
    from rehearsal.aws.cloudformation.engine import Stack
    from rehearsal.aws.door import Door
    from rehearsal.aws.faults import Gate
    from rehearsal.aws.sessions import Session

ACCOUNT = "123456789012"
REGION = "ap-northeast-1"

# moto's 1,300 machine images cost a second in every world, and we have no machine.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")


@dataclass
class Call:
    """One call that a function or a person made to the outside: AWS, Slack, later SQL. The unit of a kill run."""

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
    on_call: list[Gate] = field(default_factory=list)  # faults and kills, see faults.py
    enforce_iam: bool = True
    used: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # role -> allowed (action, ARN), see iam.py
    door: Door | None = None  # made by the server
    sessions: dict[str, Session] = field(default_factory=dict)  # by access key, see sessions.py
    running: Session | None = None  # whose invocation runs now; set by the Lambda part
    code: dict[str, str] = field(default_factory=dict)  # function name -> path of its zip
    functions: dict[str, str] = field(default_factory=dict)  # function name -> logical id in the template
    stacks: dict[str, Stack] = field(default_factory=dict)
    database: Any = None  # a rehearsal.postgres.Postgres that answers for the RDS instance; None: nobody answers
    database_appears: Callable[[], None] | None = None  # makes it answer, when a stack first needs that
    kill: Callable[[], None] | None = None  # SIGKILLs the sandbox of the running invocation; set by the Lambda part
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @staticmethod
    def create(start: datetime, directory: Path, seed: int = 1) -> World:
        global _current
        directory.mkdir(parents=True, exist_ok=True)
        clock = Clock(start, directory / "clock")
        selfcheck.check()
        moto_api_backend.reset()
        mock_random.seed(seed)  # moto's own identifiers follow the seed too ...
        rds_models.uuid = mock_random  # ... and RDS's, which asks Python
        for forget in _forgetting:
            forget()
        _current = World(clock, seed, directory, random.Random(seed))
        return _current

    def begin_call(self, who: str, action: str, params: dict[str, Any], invocation: str | None = None) -> Call:
        with self._lock:
            call = Call(len(self.calls) + 1, self.clock.now(), who, action, params, invocation=invocation)
            self.calls.append(call)
        return call

    def record(self, kind: str, **facts: Any) -> None:
        self.records.append(Record(self.clock.now(), kind, facts))

    def of_kind(self, kind: str) -> list[Record]:
        return [record for record in self.records if record.kind == kind]


_current: World | None = None
_forgetting: list[Callable[[], None]] = []


def forgets(forget: Callable[[], None]) -> Callable[[], None]:
    """Decorates what empties a part's memory. A new world begins with it: moto stays patched for the whole process, so
    a part would else act on what it knew of the world before, also where nobody installs it anew."""
    _forgetting.append(forget)
    return forget


def current() -> World:
    if _current is None:
        raise RuntimeError("no world yet: World.create comes first")
    return _current
