"""Plays a scenario once for every position, each in a process forked from the same prepared world.

Whoever forks holds the embedded AWS and no thread, socket or JVM, so a fork is an exact copy of all of it. The caller's
process has deployed the stack; from it one process a scenario is forked, which prepares; and from that one a process a
position: nothing is deployed or prepared twice. They run one after another on the same port, because AWS's answers
(queue URLs) carry it.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from rehearsal.faults.scenario import Mode, Position, PositionGate, Scenario

# AWS's own naming ("Access levels in policy summaries", List and Read). Receiving a message is a change: it hides it.
READ = re.compile(r"[\w-]+:(Get|List|Describe|BatchGet|Query|Scan)\w*")


@dataclass
class Result:
    """What came of one scenario: how many positions were tried, and each violation as a sentence."""

    scenario: str
    calls: list[str] = field(default_factory=list)
    tried: int = 0
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.scenario}: {len(self.calls)} outside calls, {self.tried} positions tried, "
            f"{len(self.violations)} violations"
        )


class Runner:
    """``open_stage`` brings the forked copy to life (server, sandboxes); ``close_stage`` ends it."""

    def __init__(
        self,
        open_stage: Callable[[], Any],
        close_stage: Callable[[Any], None],
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._open = open_stage
        self._close = close_stage
        self._say = say

    def run(self, scenario: Scenario, modes: Iterable[Mode] = tuple(Mode), changes_only: bool = False) -> Result:
        """``changes_only`` leaves out the calls that only read: a process killed after one of them leaves the world
        as the change before it did."""
        found = self._in_child(lambda: asdict(self._prepared(scenario, tuple(modes), changes_only)))
        return Result(**{"scenario": scenario.name, **found})

    def _prepared(self, scenario: Scenario, modes: tuple[Mode, ...], changes_only: bool) -> Result:
        stage = self._open()
        try:
            scenario.prepare(stage)
        finally:
            self._close(stage)
        gc.freeze()  # collecting what was there before would copy every page of it into each child
        return self._positions(scenario, modes, changes_only)

    def _positions(self, scenario: Scenario, modes: tuple[Mode, ...], changes_only: bool) -> Result:
        result = Result(scenario.name)
        clean = self._in_child(lambda: self._play(scenario, None))
        result.calls = clean.get("calls", [])
        result.violations += [f"without any fault: {sentence}" for sentence in clean["violations"]]
        if not result.calls:
            result.violations.append("the scenario makes no outside call: it shows nothing")
        for number, action in enumerate(result.calls, start=1):
            if changes_only and READ.fullmatch(action):
                continue
            for mode in modes:
                position = Position(number, action, mode)
                self._say(f"{scenario.name}: {position}")
                played = self._in_child(lambda position=position: self._play(scenario, position))
                result.tried += 1
                result.violations += [f"{position}: {sentence}" for sentence in played["violations"]]
        return result

    def _play(self, scenario: Scenario, position: Position | None) -> dict[str, list[str]]:
        stage = self._open()
        try:
            gate = PositionGate(scenario.function, position.number, position.mode) if position else None
            first = len(stage.world.calls)
            if gate:
                stage.world.on_call.append(gate)
            scenario.wake(stage)
            calls = [call.action for call in stage.world.calls[first:] if call.who == scenario.function]
            if gate:
                stage.world.on_call.remove(gate)
            scenario.settle(stage)
            violations = [
                f"{invariant.sentence} ({problem})"
                for invariant in scenario.invariants
                if (problem := invariant.broken_by(stage)) is not None
            ]
            if gate and not gate.hit:
                violations.append("the call was never made: the scenario is not the same twice")
            return {"calls": calls, "violations": violations}
        finally:
            self._close(stage)

    @staticmethod
    def _in_child(play: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        sys.stdout.flush()
        sys.stderr.flush()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                answer = play()
            except BaseException:  # whatever it is, the parent reports it: a child must never return into its caller
                answer = {"violations": [f"the scenario itself broke: {traceback.format_exc()}"]}
            with os.fdopen(writing, "w") as pipe:
                json.dump(answer, pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        os.waitpid(child, 0)
        if not text:
            return {"violations": ["the child process died without an answer"]}
        return json.loads(text)
