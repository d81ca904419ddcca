"""Virtual time: one clock for the whole rehearsal, moved only by the player.

Python code (moto included) sees it through time-machine, which replaces the clock functions of the interpreter for
all threads. A function's JVM sees it through the clock agent, which reads eight bytes of a shared file
(docs/decisions/0003).
Between two events time stands still, so a function call takes no virtual time and a run is the same for the same seed.
"""

from __future__ import annotations

import heapq
import itertools
import mmap
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine


@dataclass(order=True)
class Entry:
    """Something that will happen. Entries of one instant happen in the order in which they were planned."""

    when: datetime
    number: int
    what: str = field(compare=False)
    do: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """A discrete-event clock. ``start`` makes the whole process live in virtual time; ``stop`` brings it back."""

    def __init__(self, start: datetime, shared_file: Path) -> None:
        if start.tzinfo is None:
            raise ValueError("the start needs a time zone")
        self._now = start.astimezone(UTC)
        self._queue: list[Entry] = []
        self._numbers = itertools.count()
        self._travel: time_machine.travel | None = None
        self._traveller: time_machine.Coordinates | None = None
        self.shared_file = shared_file
        shared_file.parent.mkdir(parents=True, exist_ok=True)
        shared_file.write_bytes(b"\0" * 8)
        with shared_file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), 8)
        self.publish()

    def now(self) -> datetime:
        return self._now

    def at(self, when: datetime, what: str, do: Callable[[], None]) -> Entry:
        """Plans ``do`` for an instant; one that has passed happens at the next step, late."""
        entry = Entry(max(when.astimezone(UTC), self._now), next(self._numbers), what, do)
        heapq.heappush(self._queue, entry)
        return entry

    def after(self, delay: timedelta, what: str, do: Callable[[], None]) -> Entry:
        return self.at(self._now + delay, what, do)

    def every(self, period: timedelta, what: str, do: Callable[[], None], first: datetime | None = None) -> None:
        """Repeats for ever; the first time at ``first``, or one period from now."""
        start = first or self._now + period

        def again() -> None:
            self.at(self._now + period, what, again)
            do()

        self.at(start, what, again)

    def run_until(self, end: datetime) -> None:
        """Lets everything happen that is due up to and including ``end``, then stands at ``end``."""
        end = end.astimezone(UTC)
        while self._queue and self._queue[0].when <= end:
            entry = heapq.heappop(self._queue)
            if entry.cancelled:
                continue
            self._set(entry.when)
            entry.do()
        self._set(end)

    def run_for(self, duration: timedelta) -> None:
        self.run_until(self._now + duration)

    def start(self) -> None:
        self._travel = time_machine.travel(self._now, tick=False)
        self._traveller = self._travel.start()

    def stop(self) -> None:
        if self._travel is not None:
            self._travel.stop()
            self._travel = self._traveller = None

    def _set(self, when: datetime) -> None:
        if when < self._now:
            raise ValueError(f"time does not run backwards: {self._now} -> {when}")
        self._now = when
        self.publish()
        if self._traveller is not None:
            self._traveller.move_to(when)

    def publish(self) -> None:
        """Writes the time where the JVMs read it; again after a fork, as the file may hold the other process's."""
        # Big-endian milliseconds since 1970, what java.nio.ByteBuffer.getLong reads.
        self._shared[0:8] = struct.pack(">q", int(self._now.timestamp() * 1000))
