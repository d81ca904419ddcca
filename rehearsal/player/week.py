"""Plays a week with a sale on every evening, and something else going wrong at each of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from rehearsal.aws.world import Record
from rehearsal.player import day, slack_text, timeline, troubles, verdict
from rehearsal.player.day import Day
from rehearsal.player.sales_file import Span
from rehearsal.player.story import Bounds, Sale
from rehearsal.player.verdict import Finding, Verdict
from rehearsal.report import page
from rehearsal.stage import ROOT

TROUBLE = "each trouble is told, and each sale opens with enough tasks unless the trouble forbids it"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
MONDAY = datetime(2026, 12, 14, tzinfo=ZoneInfo(day.ZONE))
LASTS = timedelta(hours=1)


def play(seed: int, template: Path, report: Path) -> int:
    """Exit code 0: every trouble was told, and every sale opened that could."""
    out = timeline.console()
    sales = evenings(MONDAY)
    span = Span(MONDAY, sales[-1].closes + timedelta(hours=1), sales)
    played = rehearse(span, seed, template, out)
    timeline.show(played.story, played.records, played.verdict, out)
    page.write(report, played.story, played.records, played.calls, played.verdict)
    out.print(f"report: {report.relative_to(ROOT) if report.is_relative_to(ROOT) else report}")
    return 0 if played.verdict.passed else 1


def rehearse(span: Span, seed: int, template: Path, out: Console | None = None) -> Day:
    """The span with its sales and troubles; the verdict knows which trouble a sale had."""
    played = day.rehearse(span, seed, template, calendar(span.sales), out, troubles.plan)
    return replace(played, verdict=judge(played))


def evenings(monday: datetime) -> tuple[Sale, ...]:
    """A sale at 20:00 on each of the five days."""
    opens = [datetime.combine(monday.date() + timedelta(days=n), time(20), monday.tzinfo) for n in range(len(DAYS))]
    return tuple(
        Sale(name, at, at + LASTS, Bounds(6, 20), timedelta(minutes=60)) for name, at in zip(DAYS, opens, strict=True)
    )


def calendar(sales: tuple[Sale, ...]) -> str:
    return json.dumps(
        {
            "sales": [
                {
                    "name": sale.name,
                    "opens": sale.opens.isoformat(timespec="minutes"),
                    "closes": sale.closes.isoformat(timespec="minutes"),
                    "min": sale.bounds.min,
                    "max": sale.bounds.max,
                    "warmUp": f"PT{int(sale.warm_up.total_seconds() // 60)}M",
                }
                for sale in sales
            ]
        }
    )


def judge(played: Day) -> Verdict:
    """The day's own findings, but for the openings that their trouble spoils, and one for each trouble."""
    pairs = troubles.pairs(played.story)
    spoilt = tuple(sale.name for sale, trouble in pairs if trouble.spoils)
    findings = [_spoilt(finding, spoilt) for finding in played.verdict.findings]
    said = [record for record in played.records if record.kind == "slack"]
    told = [_told(sale, trouble, said) for sale, trouble in pairs]
    bad = [finding.sentence for finding in findings if finding.rule == verdict.SPOILT]
    good = f"every trouble was told, and {len(pairs) - len(bad)} of {len(pairs)} sales opened with enough healthy tasks"
    notes = tuple(finding.sentence for finding in (*told, *findings) if finding.rule in (TROUBLE, verdict.SPOILT))
    return Verdict(findings + told, good, notes)


def _spoilt(finding: Finding, names: tuple[str, ...]) -> Finding:
    """What the trouble forbids is not the night shift's to keep; it is neither hidden nor called good."""
    if finding.rule == verdict.OPENING and not finding.kept and finding.sentence.startswith(names):
        return replace(finding, kept=True, rule=verdict.SPOILT, sentence=f"{finding.sentence}, as was played")
    return finding


def _told(sale: Sale, trouble: troubles.Trouble, said: list[Record]) -> Finding:
    texts = [slack_text.everything(record.facts) for record in said if sale.name in slack_text.everything(record.facts)]
    missing = [words for words in trouble.told if not any(words in text for text in texts)]
    if missing:
        return Finding(False, TROUBLE, f"{sale.name}: {trouble.name}, and Slack never said {', '.join(missing)}")
    how = "told in Slack" if trouble.told else "and the sale opened all the same"
    return Finding(True, TROUBLE, f"{sale.name}: {trouble.name}, {how}")
