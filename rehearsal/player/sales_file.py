"""Reads the calendar that a person wants to rehearse, and finds the times worth playing.

What a calendar may say is decided in one place only, the function's own parser: ``CheckCalendar`` of sale-scaling reads
the file exactly as the function will, and says what is wrong with it, where, and how it is written correctly. Here we
only see to it that there is a file, and read what ``CheckCalendar --format json`` found in it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

from rehearsal.player.story import Bounds, Sale

CHECK = "dev.yakin.salescaling.CheckCalendar"
EXAMPLE = '{"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:59"}]}'

# Before the warm-up one sees the everyday state; after the end the bounds go back at the next look, and target tracking
# takes its time to shrink the fleet.
BEFORE = timedelta(hours=1)
AFTER = timedelta(hours=2)
# Two sales this close to each other are one story.
PAUSE = timedelta(hours=6)


class RefusedError(Exception):
    """The file can't be played. The message is for the person: place, reason and a correct example."""


@dataclass(frozen=True)
class Rules:
    """What the function takes from its environment when it reads a calendar."""

    zone: str
    services: Sequence[str]
    sale: Bounds  # the default bounds of a sale
    warm_up_minutes: int
    language: str = "en"


@dataclass(frozen=True)
class Span:
    """A time to be played in one go, and the sales in it."""

    begins: datetime
    ends: datetime
    sales: tuple[Sale, ...]


def read(file: Path, rules: Rules, java: Sequence[str]) -> list[Sale]:
    """The sales in the order of the file.

    ``java`` starts a JVM with sale-scaling on its class path, see ``java_for``.
    """
    _readable(file)
    options = ["--format", "json", "--zone", rules.zone, "--language", rules.language]
    options += ["--min", str(rules.sale.min), "--max", str(rules.sale.max), "--warm-up", f"PT{rules.warm_up_minutes}M"]
    command = [*java, CHECK, str(file), *options, "--services", *rules.services]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    if done.returncode == 2:
        raise RefusedError(f"{file}: {done.stdout.strip()}")
    if done.returncode != 0:
        raise RuntimeError(f"{CHECK} could not run: {done.stderr.strip() or done.stdout.strip()}")
    sales = [_sale(found, rules) for found in json.loads(done.stdout)["sales"]]
    if not sales:
        raise RefusedError(f"{file}: the calendar is good but holds no sale, so nothing to play.\n  Example: {EXAMPLE}")
    return sales


def java_for(zip_file: Path, java_home: str, scratch: Path) -> list[str]:
    """What starts a JVM with a function's zip as its class path: classes at the root, jars in ``lib``."""
    with ZipFile(zip_file) as opened:
        opened.extractall(scratch)
    return [f"{java_home}/bin/java", "-cp", f"{scratch}{os.pathsep}{scratch}/lib/*"]


def spans(sales: Sequence[Sale]) -> list[Span]:
    """Each from an hour before the first warm-up to two hours after the last end, on the full hour."""
    found: list[Span] = []
    for sale in sorted(sales, key=lambda sale: sale.warms_up):
        begins = _full_hour(sale.warms_up - BEFORE)
        ends = _full_hour(sale.closes + AFTER + timedelta(hours=1) - timedelta(microseconds=1))
        if found and begins - found[-1].ends <= PAUSE:
            last = found.pop()
            found.append(Span(last.begins, max(last.ends, ends), (*last.sales, sale)))
        else:
            found.append(Span(begins, ends, (sale,)))
    return found


def _readable(file: Path) -> None:
    if not file.exists():
        reason = "there is no such file"
    elif not file.is_file():
        reason = "this is not a file"
    elif not os.access(file, os.R_OK):
        reason = "you may not read this file"
    else:
        return
    raise RefusedError(f"{file}: {reason}.\n  Make one with, for example: {EXAMPLE}")


def _sale(found: dict, rules: Rules) -> Sale:
    services = () if set(found["services"]) == set(rules.services) else tuple(found["services"])
    return Sale(
        found["name"],
        datetime.fromisoformat(found["opens"]),
        datetime.fromisoformat(found["closes"]),
        Bounds(found["min"], found["max"]),
        timedelta(minutes=found["warmUpMinutes"]),
        services,
    )


def _full_hour(when: datetime) -> datetime:
    return when.replace(minute=0, second=0, microsecond=0)
