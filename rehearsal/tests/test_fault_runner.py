"""The kill and fault runner finds a half-change, and leaves a crash-safe procedure alone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.aws.faults import DropAfter, Fault, Kill
from rehearsal.faults.runner import Runner
from rehearsal.faults.scenario import Invariant, Mode, PositionGate, Scenario

NOON = datetime(2026, 12, 26, 12, 0, tzinfo=UTC)


class Failed(Exception):
    """The toy function's look ended early."""


@dataclass
class ToyCall:
    who: str
    action: str
    invocation: str
    at: datetime = NOON


@dataclass
class ToyWorld:
    """A shop whose size must be restored: ``note`` is what a function wrote down, ``size`` what it changed."""

    size: int = 2
    note: int | None = None
    calls: list[ToyCall] = field(default_factory=list)
    on_call: list = field(default_factory=list)

    def call(self, action: str, effect) -> None:
        call = ToyCall("toy", action, "request-1")
        self.calls.append(call)
        fault: Fault | None = next((f for gate in self.on_call if (f := gate.before(call))), None)
        if fault is None or isinstance(fault, DropAfter) or (isinstance(fault, Kill) and fault.executed):
            effect()
        if fault is not None:
            raise Failed(action)


@dataclass
class ToyStage:
    world: ToyWorld


def save_then_change(world: ToyWorld) -> None:
    if world.note is None:
        world.call("tag", lambda: setattr(world, "note", world.size))
    if world.size != 0:
        world.call("resize", lambda: setattr(world, "size", 0))


def change_then_save(world: ToyWorld) -> None:
    before = world.size
    if world.size != 0:
        world.call("resize", lambda: setattr(world, "size", 0))
    if world.note is None:
        world.call("tag", lambda: setattr(world, "note", before))


def scenario(look) -> Scenario:
    def wake(stage: ToyStage) -> None:
        with contextlib.suppress(Failed):  # a killed or failed look; the next one repairs it
            look(stage.world)

    return Scenario(
        name="falling asleep",
        function="toy",
        prepare=lambda stage: None,
        wake=wake,
        settle=lambda stage: look(stage.world),
        invariants=(
            Invariant("asleep in the end", lambda s: None if s.world.size == 0 else f"size is {s.world.size}"),
            Invariant("the size of before is saved", lambda s: None if s.world.note == 2 else f"saved {s.world.note}"),
        ),
    )


def run(look, **more):
    return Runner(lambda: ToyStage(ToyWorld()), lambda stage: None).run(scenario(look), **more)


def test_a_procedure_that_saves_first_survives_every_position():
    result = run(save_then_change)
    assert result.violations == []
    assert result.calls == ["tag", "resize"]
    assert result.tried == 2 * len(Mode)


def test_a_procedure_that_changes_first_is_caught_where_it_loses_the_value():
    result = run(change_then_save)
    assert "call 1 (resize) killed after: the size of before is saved (saved 0)" in result.violations
    assert "call 2 (tag) killed before: the size of before is saved (saved 0)" in result.violations


def test_each_position_starts_from_the_same_state():
    stages = []
    runner = Runner(lambda: stages.append(1) or ToyStage(ToyWorld()), lambda stage: None)
    runner.run(scenario(save_then_change))
    assert stages == []  # every stage was opened in a child, never here


def test_a_scenario_that_breaks_is_a_violation_and_not_a_success():
    def broken(world: ToyWorld) -> None:
        raise RuntimeError("no such thing")

    result = run(broken)
    assert any("no such thing" in violation for violation in result.violations)


def test_a_scenario_without_calls_shows_nothing_and_says_so():
    assert run(lambda world: None).violations[-1] == "the scenario makes no outside call: it shows nothing"


@pytest.mark.parametrize("mode", list(Mode))
def test_a_refusal_lasts_for_the_attempt_and_a_kill_happens_once(mode: Mode):
    hits = []

    def insists(world: ToyWorld) -> None:
        for _ in range(3):
            try:
                world.call("resize", lambda: setattr(world, "size", 0))
            except Failed:
                hits.append(1)

    world = ToyWorld()
    world.on_call.append(PositionGate("toy", 1, mode))
    insists(world)
    assert len(hits) == (3 if mode.lasting else 1)


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode.lasting])
def test_lambdas_retry_a_minute_later_is_let_through_under_the_same_request_id(mode: Mode):
    gate = PositionGate("toy", 1, mode)
    assert gate.before(ToyCall("toy", "resize", "request-1", NOON)) is not None
    assert gate.before(ToyCall("toy", "resize", "request-1", NOON)) is not None
    assert gate.before(ToyCall("toy", "resize", "request-1", NOON + timedelta(minutes=1))) is None


def test_a_kill_after_a_call_that_only_reads_may_be_left_out():
    def look(world: ToyWorld) -> None:
        world.call("ecs:DescribeServices", lambda: None)
        world.call("sqs:ReceiveMessage", lambda: None)
        change_then_save(world)

    result = run(look, changes_only=True)
    assert result.calls == ["ecs:DescribeServices", "sqs:ReceiveMessage", "resize", "tag"]
    assert result.tried == 3 * len(Mode)
    assert "call 3 (resize) killed after: the size of before is saved (saved 0)" in result.violations
