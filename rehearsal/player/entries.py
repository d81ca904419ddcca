"""The day as a list of things that a person wants to read, from the evidence. The terminal and the page show the same.

Left out on purpose: looks that had nothing to do, deliveries, log lines, metrics. What several records say at once is
said once (a change of the bounds by a function is its action; a change of the desired count is a change of tasks).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rehearsal.aws.world import Record
from rehearsal.player import fleet, slack_text
from rehearsal.player.episodes import episodes
from rehearsal.player.story import Sale, Story

# Actions that nobody needs to read when they went well: of a notice the message itself follows, the others are metrics
# and a function's own memory.
UNSEEN = ("Say", "Measure", "Remember", "RememberSaid")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{3,6})?Z")


@dataclass(frozen=True)
class Entry:
    """``tone`` is one of: sale, story, action, tasks, alarm, good, bad, slack, plain."""

    at: datetime
    who: str
    text: str
    tone: str
    more: tuple[str, ...] = ()  # further lines, indented
    indent: int = 0  # 1: an answer in a thread


def entries(story: Story, records: list[Record]) -> list[Entry]:
    """In the order of time; at one instant first what the player did, then what followed in the order of the record."""
    told: list[Entry] = []
    for sale in story.sales:
        told += _windows(story, sale)
    causes = _causes(records)
    for service in story.services:
        told += _tasks(story, service, fleet.tasks(records, service), causes.get(service, {}))
    parents: set[str] = set()
    for record in records:
        told += _one(story, record, parents)
    inside = [entry for entry in told if story.begins <= entry.at <= story.ends]
    return sorted(inside, key=lambda entry: (entry.at, entry.tone not in ("sale", "story")))


def _windows(story: Story, sale: Sale) -> Iterator[Entry]:
    wish = f"{sale.bounds} tasks"
    yield Entry(sale.warms_up, sale.name, f"warm-up begins ({wish} wanted by {story.clock_time(sale.opens)})", "sale")
    yield Entry(sale.opens, sale.name, "the sale opens", "sale")
    yield Entry(sale.closes, sale.name, "the sale closes", "sale")


def _causes(records: list[Record]) -> dict[str, dict[datetime, str]]:
    found: dict[str, dict[datetime, str]] = {}
    for record in records:
        if record.kind == "desired":
            found.setdefault(record.facts["service"], {})[record.at] = _in_short(record.facts["cause"])
    return found


def _in_short(cause: str) -> str:
    """Application Auto Scaling names the alarm it made itself, 150 characters long."""
    alarm = re.fullmatch(
        r"monitor alarm TargetTracking-.*-Alarm(High|Low)-\S+ in state ALARM triggered policy (\S+)", cause
    )
    return f"target tracking {alarm[2]}: the metric was too {alarm[1].lower()}" if alarm else cause


def _tasks(story: Story, service: str, steps: fleet.Steps[fleet.Tasks], causes: dict[datetime, str]) -> Iterator[Entry]:
    label = "tasks" if len(story.services) == 1 else story.label(service)
    for episode in episodes(steps):
        for when, what, tone in episode.sentences(causes.get(episode.begins), story.ends):
            yield Entry(when, label, what, tone)


def _one(story: Story, record: Record, parents: set[str]) -> Iterator[Entry]:
    facts = record.facts
    match record.kind:
        case "invocation":
            yield from _invocation(story, record)
        case "bounds" if not facts["who"].endswith("Function"):
            change = f"{story.label(facts['service'])} bounds set to {facts['min']}..{facts['max']}"
            by = re.fullmatch("scheduled action (.+)", facts["who"])
            who = "autoscaling" if by else facts["who"]
            yield Entry(record.at, who, f"{change} by its scheduled action {by[1]}" if by else change, "plain")
        case "alarm" if "ALARM" in (facts["old"], facts["new"]) and not facts["name"].startswith("TargetTracking-"):
            tone = {"ALARM": "bad", "OK": "good"}.get(facts["new"], "plain")
            more = (facts["reason"],) if facts["new"] == "ALARM" else ()
            yield Entry(record.at, "alarm", f"{facts['name']}: {facts['old']} → {facts['new']}", tone, more)
        case "event" if facts["detail_type"] == "ECS Deployment State Change":
            name = str(facts["detail"].get("eventName", ""))
            tone = "bad" if name.endswith("FAILED") else "plain"
            yield Entry(record.at, "deployment", f"{name} {facts['detail'].get('reason', '')}".strip(), tone)
        case "database":
            yield Entry(record.at, "database", f"{facts['instance']} is {facts['status']}", "plain")
        case "slack":
            answer = facts["thread_ts"] is not None
            who = f"{facts['channel']} (edited)" if facts["edited"] else facts["channel"]
            first, *rest = slack_text.lines(facts) or [""]
            yield Entry(record.at, who, first, "slack", tuple(rest), indent=int(answer))
        case "denied":
            who = function_name(facts.get("who", facts["role"]))
            yield Entry(record.at, "denied", f"{who} may not {facts['action']} on {facts['resource']}", "bad")
        case "dead-letter":
            yield Entry(record.at, "dead letter", f"{queue_name(facts['queue'])}: {facts['reason']}", "bad")
        case "lost":
            yield Entry(record.at, function_name(facts["function"]), f"an event is lost: {facts['reason']}", "bad")
        case "email":
            yield Entry(record.at, "e-mail", f"to {facts['to']}: {facts['subject']}", "slack")
        case "not-emulated":
            yield Entry(record.at, "embedded AWS", f"can't do {facts['action']}: {_last_line(facts['reason'])}", "bad")
        case "emf-error":
            yield Entry(record.at, "metric", f"a log line is no metric: {facts['reason']}", "bad")
        case "story":
            yield Entry(record.at, "played", facts["text"], "story")


def _invocation(story: Story, record: Record) -> Iterator[Entry]:
    facts = record.facts
    name = function_name(facts["function"])
    for action in _actions(facts):
        outcome = action.get("outcome", "")
        if action["action"] in UNSEEN and outcome == "done":
            continue
        what = f"{action['action']} {action['target']}{_change(action)}: {_local_times(story, action['reason'])}"
        what = story.shorten(what)
        if outcome == "done":
            yield Entry(record.at, name, what, "action")
        else:
            yield Entry(record.at, name, f"{what} ({outcome})", "plain" if outcome == "planned" else "bad")
    if facts.get("error"):
        attempt = f" (attempt {facts['attempt']})" if facts.get("attempt", 1) > 1 else ""
        yield Entry(record.at, name, f"failed{attempt}: {_failure(facts)}", "bad")


def _actions(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """From the answer; a look that failed has none, but each of its actions left a log line."""
    if not facts.get("error"):
        return answer_of(facts.get("result")).get("actions", [])
    lines = [answer_of(line) for line in facts.get("log") or []]
    return [line for line in lines if line.keys() >= {"action", "target", "reason", "outcome"}]


def _local_times(story: Story, reason: str) -> str:
    """Functions give their reasons in UTC; a person reads the day in its own zone."""
    return INSTANT.sub(lambda match: story.clock_time(datetime.fromisoformat(match.group())), reason)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


def queue_name(arn: str) -> str:
    return arn.rsplit(":", 1)[-1]


def function_name(function: str) -> str:
    """``sale-scaling`` for ``SaleScalingFunction`` or ``shop-SaleScalingFunction-1A2B``."""
    logical = next((part for part in function.split("-") if part.endswith("Function")), function)
    base = logical.removesuffix("Function")
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in base)
    return words.lstrip("-") if logical != base else function


def answer_of(result: Any) -> dict[str, Any]:
    """The function's JSON answer; empty for functions that answer something else."""
    if isinstance(result, (str, bytes)):
        try:
            result = json.loads(result)
        except ValueError:
            return {}
    return result if isinstance(result, dict) else {}


def _change(action: dict[str, Any]) -> str:
    return f" {action['from']} → {action['to']}" if action.keys() >= {"from", "to"} else ""


def _failure(facts: dict[str, Any]) -> str:
    """The result of a failed invocation is Lambda's ``{"errorType", "errorMessage"}``; the type without its package."""
    told = answer_of(facts.get("result"))
    kind = str(told.get("errorType", facts["error"])).rsplit(".", 1)[-1].rsplit("$", 1)[-1]
    return ": ".join(part for part in (kind, str(told.get("errorMessage", ""))) if part)
