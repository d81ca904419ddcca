"""Builds the page: one HTML file that asks for nothing from outside, the same bytes for the same evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rehearsal.aws.world import Call, Record
from rehearsal.player.entries import entries, function_name
from rehearsal.player.story import Sale, Story, minutes
from rehearsal.player.verdict import OPENING, SPOILT, Verdict
from rehearsal.report import chart, messages

LOOPBACK = "127.0.0.1"
SHAPES = (chart.WIDE, chart.NARROW)
TEMPLATES = Path(__file__).with_name("templates")


@dataclass
class Calls:
    """What one function called, one action."""

    who: str
    action: str
    ok: int = 0
    denied: int = 0
    failed: int = 0
    errors: str = ""  # 'HTTP 429 ×2, fault: ThrottlingException ×1'

    @property
    def total(self) -> int:
        return self.ok + self.denied + self.failed


@dataclass(frozen=True)
class Figure:
    """A number worth a glance."""

    number: str
    of: str


def write(path: Path, story: Story, records: list[Record], calls: list[Call], verdict: Verdict) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(build(story, records, calls, verdict), encoding="utf-8")
    return path


def build(story: Story, records: list[Record], calls: list[Call], verdict: Verdict) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    day = f"{story.local(story.begins):%A, %-d %B %Y}"
    return environment.get_template("page.html.j2").render(
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),
        story=story,
        day=day,
        span=_span(story),
        verdict=verdict,
        figures=figures(records, calls, verdict),
        charts=charts(story, records),
        sales=[(sale, _sale_times(story, sale)) for sale in story.sales],
        threads=messages.threads(story, records),
        entries=[(f"{story.local(entry.at):%H:%M}", entry) for entry in entries(story, records)],
        days=_days(story, records),
        calls=calls_of_functions(calls),
        # An address of the rehearsal itself has a port of chance, and says nothing.
        parameters=sorted((name, value) for name, value in story.parameters.items() if LOOPBACK not in value),
    )


def charts(story: Story, records: list[Record]) -> list[tuple[str, list[Markup]]]:
    """Title and drawings: each day, then each warm-up larger. Of two shapes the page shows the one that fits."""
    several = len(story.services) > 1
    scenes = [(story.label(service) if several else "", service, story) for service in story.services]
    for sale in story.sales:
        if story.begins <= sale.warms_up and sale.opens <= story.ends:
            around = chart.warm_up(story, sale)
            for service in filter(sale.holds, story.services):
                name = f"{sale.name}, {story.label(service)}" if several else sale.name
                scenes.append((f"Getting ready for {name}", service, around))
    return [
        (title, [Markup(chart.draw(part, records, service, shape, f"{shape.name}{number}")) for shape in SHAPES])
        for number, (title, service, part) in enumerate(scenes)
    ]


def figures(records: list[Record], calls: list[Call], verdict: Verdict) -> list[Figure]:
    openings = [finding for finding in verdict.findings if finding.rule in (OPENING, SPOILT)]
    enough = [finding for finding in openings if finding.kept and finding.rule == OPENING]
    wanted = [one.facts["wanted"] for one in records if one.kind == "tasks"]
    posted = sum(one.kind == "slack" and not one.facts["edited"] for one in records)
    looks = sum(one.kind == "invocation" for one in records)
    made = [call for call in calls if call.who.endswith("Function")]
    return [
        Figure(f"{len(enough)} of {len(openings)}", "sales opened with enough healthy tasks"),
        Figure(f"{min(wanted, default=0)} to {max(wanted, default=0)}", "tasks wanted, least to most"),
        Figure(str(posted), "Slack messages"),
        Figure(f"{looks:,}", f"function runs, {len(made):,} calls"),
    ]


def calls_of_functions(calls: list[Call]) -> list[Calls]:
    found: dict[tuple[str, str], Calls] = {}
    errors: dict[tuple[str, str], Counter[str]] = {}
    for call in calls:
        if not call.who.endswith("Function"):
            continue  # the person who deployed
        key = (function_name(call.who), call.action)
        row = found.setdefault(key, Calls(*key))
        if call.outcome == "ok":
            row.ok += 1
            continue
        if call.outcome == "denied":
            row.denied += 1
        else:
            row.failed += 1
            errors.setdefault(key, Counter())[call.outcome] += 1
    for key, counter in errors.items():
        found[key].errors = ", ".join(f"{what} ×{times}" for what, times in sorted(counter.items()))
    return [found[key] for key in sorted(found)]


def _span(story: Story) -> str:
    """``all day, Asia/Tokyo`` or the first and the last minute."""
    begins, last = story.local(story.begins), story.local(story.ends - timedelta(seconds=1))
    if f"{begins:%H:%M} {last:%H:%M}" == "00:00 23:59":
        days = "all day" if begins.date() == last.date() else f"until {last:%A, %-d %B}"
        return f"{days}, {story.zone}"
    return f"{story.clock_time(story.begins)} to {story.clock_time(story.ends)}, {story.zone}"


def _sale_times(story: Story, sale: Sale) -> str:
    opens, closes = story.local(sale.opens), story.local(sale.closes)
    end = f"{closes:%H:%M}" if opens.date() == closes.date() else f"{closes:%-d %b %H:%M}"
    return f"{opens:%-d %b %H:%M} to {end}, {sale.bounds} tasks, warm-up {minutes(sale.warm_up)}"


def _days(story: Story, records: list[Record]) -> dict[int, str]:
    """The index of the first entry of each day, and what to write above it."""
    found: dict[int, str] = {}
    for index, entry in enumerate(entries(story, records)):
        day = f"{story.local(entry.at):%A, %-d %B}"
        if day not in found.values():
            found[index] = day
    return found
