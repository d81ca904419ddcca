"""Plays the day of a sale: deploys, edits the calendar, lets customers come, and shows what the night shift did."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console

from rehearsal.aws import load
from rehearsal.aws.sandbox import java_home
from rehearsal.aws.world import Call, Record
from rehearsal.player import evidence, happenings, sales_file, timeline, verdict
from rehearsal.player.sales_file import Span
from rehearsal.player.story import Bounds, Story
from rehearsal.player.verdict import Verdict
from rehearsal.report import page
from rehearsal.stage import ROOT, Stage, stage

ZONE = "Asia/Tokyo"
DEPLOY = timedelta(hours=3)  # virtual time before the day, in which the stack is deployed and becomes steady
PEAK = 1_500.0  # requests a minute in the busiest hour of an ordinary day; two tasks of 512 CPU units serve 2,400
STEP = timedelta(minutes=15)  # how often the progress line moves
# What a sale's fields default to, and the services there are: the template's defaults (checks/ compares them).
RULES = sales_file.Rules(zone=ZONE, services=["app"], sale=Bounds(6, 20), warm_up_minutes=60)
PARSER = ROOT / "functions" / "sale-scaling" / "target" / "sale-scaling.zip"


@dataclass(frozen=True)
class Day:
    """A played day: what was to happen, what did, and whether it was good."""

    story: Story
    records: list[Record]
    calls: list[Call]
    verdict: Verdict


def play(sales: Path, seed: int, template: Path, report: Path, number: int) -> int:
    """Exit code 0: every invariant held. 1: one did not. 2: the calendar is wrong, and nothing was played."""
    out = timeline.console()
    try:
        with tempfile.TemporaryDirectory(prefix="calendar-parser-") as scratch:
            read = sales_file.read(sales, RULES, sales_file.java_for(PARSER, java_home(), Path(scratch)))
        spans = sales_file.spans(read)  # not the whole day: slack-alert's look each minute makes it minutes long
        if not 1 <= number <= len(spans):
            raise sales_file.RefusedError(f"{sales} has {len(spans)} sale days, there is no DAY={number}")
    except sales_file.RefusedError as refused:
        print(refused, file=sys.stderr)
        return 2
    span = spans[number - 1]
    out.print(f"deploying {template.name} into the embedded AWS ...")
    day = rehearse(span, seed, template, sales.read_text(encoding="utf-8-sig"), out)
    timeline.show(day.story, day.records, day.verdict, out)
    page.write(report, day.story, day.records, day.calls, day.verdict)
    for n, other in enumerate(spans, start=1):
        if n != number:
            names = ", ".join(sale.name for sale in other.sales)
            out.print(f"not played: {names} on {other.begins:%Y-%m-%d}; make demo SALES={sales} DAY={n} plays it")
    out.print(f"report: {report.relative_to(ROOT) if report.is_relative_to(ROOT) else report}")
    return 0 if day.verdict.passed else 1


def rehearse(
    span: Span,
    seed: int,
    template: Path,
    calendar: str,
    out: Console | None = None,
    happens: Callable[[Stage, Story], None] = happenings.plan,
) -> Day:
    """Plays the span in a world of its own; the progress is shown on ``out``."""
    with stage(span.begins - DEPLOY, seed, template) as on:
        on.world.clock.run_until(span.begins)
        story = _story(on, span, seed, template, calendar)
        on.edit_calendar(calendar)
        happens(on, story)
        with timeline.playing(story, out) if out else nullcontext(lambda now: None) as show:
            _run(on, story, show)
        records, calls = evidence.of_the_day(on.world, story.begins)
        return Day(story, records, calls, verdict.judge(story, records, calls))


def _story(on: Stage, span: Span, seed: int, template: Path, calendar: str) -> Story:
    told = on.environment("SaleScalingFunction")
    customers = _customers(span)
    load.Load(customers).start()
    minutes = int((span.ends - span.begins) / timedelta(minutes=5))
    samples = [span.begins + timedelta(minutes=5 * n) for n in range(minutes + 1)]
    return Story(
        begins=span.begins,
        ends=span.ends,
        sales=span.sales,
        baseline=Bounds(int(told["MIN_CAPACITY"]), int(told["MAX_CAPACITY"])),
        services=[on.service],
        zone=ZONE,
        seed=seed,
        template=template.name,
        parameters=on.stack.parameters,
        requests_per_minute=[(when, customers(when)) for when in samples],
        calendar=calendar,
    )


def _customers(span: Span) -> load.Requests:
    """Requests a minute; where sales overlap, the larger one brings the crowd."""
    crowds = [load.sale_day(sale.opens, sale.closes, PEAK) for sale in span.sales]
    return lambda when: max(crowd(when) for crowd in crowds)


def _run(on: Stage, story: Story, show: Callable[[datetime], None]) -> None:
    now = story.begins
    while now < story.ends:
        now = min(now + STEP, story.ends)
        on.world.clock.run_until(now)
        show(now)
