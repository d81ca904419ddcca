"""What the terminal shows: a progress line while the day is played, then the day in local time, then the verdict.

Colours and the moving line appear only on a terminal, and no colours where NO_COLOR is set (rich follows
no-color.org). Everything fits 100 columns, wide Japanese characters counted as two.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from rehearsal.aws.world import Record
from rehearsal.player.entries import Entry, entries
from rehearsal.player.story import Story
from rehearsal.player.verdict import Verdict

WIDTH = 100
STYLES = {
    "sale": "bold magenta",
    "story": "bold yellow",
    "action": "cyan",
    "tasks": "",
    "good": "green",
    "bad": "bold red",
    "slack": "blue",
    "plain": "dim",
}
MARKS = {"sale": "◆", "story": "»", "action": "●", "good": "✓", "bad": "✗", "slack": "✉"}


def console(stream: TextIO = sys.stdout) -> Console:
    width = min(WIDTH, os.get_terminal_size(stream.fileno()).columns) if stream.isatty() else WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


@contextmanager
def playing(story: Story, out: Console) -> Iterator[Callable[[datetime], None]]:
    """Gives a function to call with the virtual time as it passes; call it as often as you like."""
    whole = story.ends - story.begins
    if not out.is_terminal:
        yield _few_lines(story, out, whole / 4)
        return
    columns = (TextColumn("playing {task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=out, transient=True) as progress:
        line = progress.add_task(_moment(story, story.begins), total=whole.total_seconds())

        def show(now: datetime) -> None:
            passed = (now - story.begins).total_seconds()
            progress.update(line, completed=passed, description=_moment(story, now))

        yield show


def _few_lines(story: Story, out: Console, every: timedelta) -> Callable[[datetime], None]:
    due = story.begins

    def show(now: datetime) -> None:
        nonlocal due
        if now >= due:
            out.print(f"playing {_moment(story, now)}")
            while due <= now:
                due += every

    return show


def _moment(story: Story, now: datetime) -> str:
    return f"{story.local(now):%a %Y-%m-%d %H:%M} {story.zone}"


def show(story: Story, records: list[Record], verdict: Verdict, out: Console) -> None:
    """The whole day, ending with the verdict."""
    out.print(Text(_title(story), style="bold"))
    out.print()
    day = None
    for entry in entries(story, records):
        local = story.local(entry.at)
        if local.date() != day:
            day = local.date()
            out.print(Text(f"{local:%a %Y-%m-%d}", style="bold underline"))
        _print(out, _row(story, entry))
    out.print()
    _show_verdict(verdict, out)


def _title(story: Story) -> str:
    names = ", ".join(sale.name for sale in story.sales) or "no sale"
    return f"{_moment(story, story.begins)} to {story.local(story.ends):%m-%d %H:%M}: {names}"


def _row(story: Story, entry: Entry) -> Table:
    style = STYLES[entry.tone]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=5)
    row.add_column(width=1)
    row.add_column(width=14, overflow="fold")
    row.add_column(overflow="fold", ratio=1)
    text = Text("\n".join([entry.text, *entry.more]), style=style if entry.tone != "slack" else "")
    body = Padding(text, (0, 0, 0, 2 * entry.indent)) if entry.indent else text
    mark = "↳" if entry.indent else MARKS.get(entry.tone, "")
    row.add_row(f"{story.local(entry.at):%H:%M}", Text(mark, style=style), Text(entry.who, style=style), body)
    return row


def _show_verdict(verdict: Verdict, out: Console) -> None:
    for finding in verdict.findings:
        mark, style = ("✓", "green") if finding.kept else ("✗", "bold red")
        row = Table.grid(padding=(0, 1))
        row.add_column(width=1)
        row.add_column(overflow="fold", ratio=1)
        row.add_row(Text(mark, style=style), Text(finding.sentence))
        _print(out, row)
    out.print()
    word, style = ("GOOD NIGHT", "bold green") if verdict.passed else ("NOT GOOD", "bold red")
    _print(out, Text.assemble((f"{word}: ", style), verdict.headline))
    for note in verdict.notes:
        _print(out, Text(f"  {note}"))


def _print(out: Console, what: RenderableType) -> None:
    """Without the blanks with which rich fills a row; they disturb in a file."""
    if out.is_terminal:
        out.print(what)
        return
    with out.capture() as captured:
        out.print(what)
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())
