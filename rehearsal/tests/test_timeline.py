"""The terminal's timeline, as a person has looked at it, and when it may use colours."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from rehearsal.player import timeline, verdict
from rehearsal.player.entries import entries, function_name
from rehearsal.tests import evidence, golden


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(tmp_path, out, day=None):
    story, day = evidence.story(), day or evidence.sale_day()
    timeline.show(story, day.records, verdict.judge(story, day.records, day.calls), out)
    return out.file.getvalue()


def test_the_sale_day_reads_as_it_was_approved(tmp_path):
    text = shown(tmp_path, timeline.console(io.StringIO()))
    golden.same("timeline.txt", text)
    assert max(cell_len(line) for line in text.splitlines()) <= 100
    assert "\x1b" not in text


def test_a_terminal_gets_colours_unless_no_color_is_set(tmp_path, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in shown(tmp_path, Console(file=Terminal(), width=100))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shown(tmp_path, Console(file=Terminal(), width=100)), "no colour, though perhaps bold"


def test_without_a_terminal_the_progress_is_a_few_lines():
    story, out = evidence.story(), timeline.console(io.StringIO())
    with timeline.playing(story, out) as show:
        for minute in range(14 * 60 + 1):
            show(story.begins + timedelta(minutes=minute))
    assert out.file.getvalue().splitlines()[:2] == [
        "playing Sat 2026-12-26 12:00 Asia/Tokyo",
        "playing Sat 2026-12-26 15:30 Asia/Tokyo",
    ]
    assert len(out.file.getvalue().splitlines()) == 5


def test_a_terminal_gets_one_line_that_moves_and_leaves_nothing(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    story, out = evidence.story(), Console(file=Terminal(), width=100)
    with timeline.playing(story, out) as show:
        show(story.begins + timedelta(hours=7))
    assert "playing Sat 2026-12-26 19:00" in out.file.getvalue()
    assert out.file.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("SaleScalingFunction", "sale-scaling"),
        ("shop-prod-SlackAlertFunction-1A2B", "slack-alert"),
        ("helper", "helper"),
    ],
)
def test_a_function_is_called_as_its_module(function, name):
    assert function_name(function) == name


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [("13:00", 3, 2, 2)],
            ["13:00 2 → 3 wanted", "02:00 still 2 of 3 healthy when the day ended"],
        ),
        (
            [("13:00", 2, 1, 1), ("13:01", 6, 1, 1), ("13:04", 6, 6, 6)],
            [
                "13:00 only 1 of 2 healthy",
                "13:01 2 → 6 wanted",
                "13:04 6 of 6 healthy after 3 minutes",
            ],
        ),
        (
            [("13:00", 4, 2, 2), ("13:01", 4, 4, 1), ("13:03", 4, 4, 4)],
            ["13:00 2 → 4 wanted, only 1 healthy on the way", "13:03 4 of 4 healthy after 3 minutes"],
        ),
        (
            [("13:00", 2, 3, 2), ("13:01", 2, 4, 2), ("13:03", 2, 2, 2)],
            ["13:00 up to 4 running while tasks are replaced", "13:03 2 of 2 healthy after 3 minutes"],
        ),
        (
            [("13:00", 1, 2, 2), ("13:00:30", 1, 1, 1)],
            ["13:00 2 → 1 wanted, 1 of 1 healthy after 30 seconds"],
        ),
        ([("13:00", 4, 2, 2), ("13:00", 2, 2, 2)], []),
    ],
    ids=["never settled", "more wanted while ill", "ill while growing", "replaced", "short", "undone at once"],
)
def test_tasks_are_told_when_a_change_begins_and_when_it_is_over(changes, told):
    day = evidence.Evidence()
    day.tasks("12:00", 2, 2, 2)
    for change in changes:
        day.tasks(*change)
    story = evidence.story(sales=[])
    lines = [f"{story.local(entry.at):%H:%M} {entry.text}" for entry in entries(story, day.records)]
    assert lines == ["12:00 2 wanted", *told]


def test_a_look_that_failed_shows_its_actions_from_the_log():
    day = evidence.Evidence()
    day.look("19:00", error="1 of 2 failed")
    done = evidence.set_bounds("2..10", "6..20", "because")
    day.records[0].facts["log"] = [done | {"level": "INFO"}, done | {"outcome": "failed: Rate exceeded"}, "START"]
    assert [(entry.text, entry.tone) for entry in entries(evidence.story(sales=[], services=[]), day.records)] == [
        ("SetCapacity shop 2..10 → 6..20: because", "action"),
        ("SetCapacity shop 2..10 → 6..20: because (failed: Rate exceeded)", "bad"),
        ("failed: PlanFailedException: 1 of 2 failed", "bad"),
    ]


def test_what_is_long_in_aws_is_short_here():
    service = "yakin-prod-EcsService-oqBgfV6sEPVS"
    day = evidence.Evidence()
    day.record("12:00", "bounds", service=service, min=2, max=10, who="deployer")
    day.look("13:00", evidence.set_bounds("2..10", "6..20", "drift") | {"target": service})
    for count, when in ((2, "12:00"), (3, "13:01")):
        cause = f"monitor alarm TargetTracking-service/c/{service}-AlarmHigh-5d in state ALARM triggered policy cpu"
        day.record(when, "desired", service=service, desired=count, cause=cause)
        day.record(when, "tasks", service=service, wanted=count, running=count, healthy=count)
    assert [entry.text for entry in entries(evidence.story(sales=[], services=[service]), day.records)] == [
        "2 wanted: target tracking cpu: the metric was too high",
        "EcsService bounds set to 2..10",
        "SetCapacity EcsService 2..10 → 6..20: drift",
        "2 → 3 wanted: target tracking cpu: the metric was too high",
    ]
