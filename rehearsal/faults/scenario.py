"""What a scenario of the kill and fault runner is, and the ways in which a call goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from rehearsal.aws.faults import THROTTLED, UNAVAILABLE, DropAfter, Fault, Kill
from rehearsal.aws.world import Call


class Mode(Enum):
    """How a call goes wrong. Refusals last for the whole attempt, so that no retry of the SDK hides them; Lambda's own
    retry, a minute later, finds the call well again."""

    KILLED_BEFORE = ("killed before", Kill(executed=False), False)
    KILLED_AFTER = ("killed after", Kill(executed=True), False)
    THROTTLED = ("throttled", THROTTLED, True)
    UNAVAILABLE = ("answered 5xx", UNAVAILABLE, True)
    ANSWER_LOST = ("answer lost after it succeeded", DropAfter(), False)

    def __init__(self, words: str, fault: Fault, lasting: bool) -> None:
        self.words = words
        self.fault = fault
        self.lasting = lasting


@dataclass(frozen=True)
class Invariant:
    """One written sentence, and a check that answers what breaks it (or None)."""

    sentence: str
    broken_by: Callable[[Any], str | None]


@dataclass(frozen=True)
class Scenario:
    """``stage`` is what the caller of the runner built: the world, the stack and what stands around it.

    ``prepare`` runs before anything is counted. ``wake`` causes the look under test. ``settle`` lets time pass until
    the next look has been; no fault happens there. Then every invariant must hold. ``parameters`` are what its stack is
    deployed with beside what every stage has.
    """

    name: str
    function: str
    prepare: Callable[[Any], None]
    wake: Callable[[Any], None]
    settle: Callable[[Any], None]
    invariants: tuple[Invariant, ...]
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Position:
    """The ``number``-th outside call of the look (from 1), and how it goes wrong."""

    number: int
    action: str
    mode: Mode

    def __str__(self) -> str:
        return f"call {self.number} ({self.action}) {self.mode.words}"


class PositionGate:
    """Breaks one call of one function. It counts the function's calls from the moment it is put in place."""

    def __init__(self, function: str, number: int, mode: Mode) -> None:
        self._function = function
        self._number = number
        self._mode = mode
        self._seen = 0
        # The action and the attempt that stay refused: a retry has the same request id, and another time.
        self._lasting: tuple[str, str | None, datetime] | None = None
        self.hit = False

    def before(self, call: Call) -> Fault | None:
        if call.who != self._function:
            return None
        attempt = (call.action, call.invocation, call.at)
        if self._lasting == attempt:
            return self._mode.fault
        self._seen += 1
        if self._seen != self._number:
            return None
        self.hit = True
        if self._mode.lasting:
            self._lasting = attempt
        return self._mode.fault

    def after(self, call: Call) -> Fault | None:
        return None
