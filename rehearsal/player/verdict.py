"""Judges a played day. Each rule is an invariant of the night shift: one function from evidence to findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rehearsal.aws.world import Call, Record
from rehearsal.player import fleet, slack_text
from rehearsal.player.entries import function_name, queue_name
from rehearsal.player.story import Sale, Story, minutes


@dataclass(frozen=True)
class Finding:
    kept: bool
    rule: str  # the invariant, in words
    sentence: str  # what happened


@dataclass(frozen=True)
class Verdict:
    """``good`` is the headline when all is kept, where that is not about openings alone; ``notes`` belong beside it."""

    findings: list[Finding]
    good: str = ""
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return all(finding.kept for finding in self.findings)

    @property
    def headline(self) -> str:
        """One sentence for the top of everything: what went wrong, or that every sale opened with enough tasks."""
        # A cause before its effects: what was not allowed explains what did not happen.
        failed = sorted((one for one in self.findings if not one.kept), key=lambda one: one.rule != PERMISSIONS)
        broken = [finding.sentence for finding in failed]
        if broken:
            more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
            return f"{broken[0]}{more}"
        if self.good:
            return self.good
        openings = [finding.sentence for finding in self.findings if finding.rule == OPENING]
        if not openings:
            return "no sale opened on this day, and the baseline held"
        return f"every sale opened with enough healthy tasks: {'; '.join(openings)}"


TITLE_COMPARED = 60  # characters
CRITICAL_TOPIC = "CriticalAlertsTopic"  # its logical id in template.yaml, which is part of its name

OPENING = "at every opening enough tasks are healthy"
SPOILT = "a sale that a trouble spoils opens with the tasks that there are"
BASELINE = "there are never fewer healthy tasks than the baseline's minimum"
RESTORED = "one look after a sale the bounds are the baseline's again"
LOST = "no message is lost or ends in a dead-letter queue"
PERMISSIONS = "no call of a function is denied"
NOTICES = "every critical notice and alarm reaches Slack"
EMULATED = "the embedded AWS knows everything that was asked of it"


def judge(story: Story, records: list[Record], calls: list[Call]) -> Verdict:
    return Verdict(
        [
            *_openings(story, records),
            *_baseline(story, records),
            *_restored(story, records),
            *_critical_notices(story, records, calls),
            *_lost(story, records),
            *_denied(story, records),
            *_not_emulated(story, records),
        ]
    )


def _openings(story: Story, records: list[Record]) -> Iterator[Finding]:
    for sale in sorted(story.sales, key=lambda sale: sale.opens):
        if not story.begins <= sale.opens <= story.ends:
            continue
        covered = list(filter(sale.holds, story.services))
        if not covered:
            names = ", ".join(sale.services)
            yield Finding(False, OPENING, f"{sale.name} is for {names}, which was not played")
        for service in covered:
            tasks = fleet.tasks(records, service)
            label = sale.name if len(story.services) == 1 else f"{sale.name} ({story.label(service)})"
            now = tasks.at(sale.opens)
            healthy = now.healthy if now else 0
            share = f"{healthy} of {sale.bounds.min} healthy"
            if healthy < sale.bounds.min:
                yield Finding(False, OPENING, f"{label} opened with only {share} at {story.clock_time(sale.opens)}")
                continue
            early = sale.opens - _ready_since(tasks, sale)
            when = f"{minutes(early)} before opening" if early else "at the very moment of opening"
            yield Finding(True, OPENING, f"{label} {share} {when}")


def _ready_since(tasks: fleet.Steps[fleet.Tasks], sale: Sale) -> datetime:
    """The instant from which on, without a break until the opening, enough tasks were healthy."""
    since = sale.opens
    for time, state in reversed([step for step in tasks if step[0] <= sale.opens]):
        if state.healthy < sale.bounds.min:
            break
        since = time
    return since


def _baseline(story: Story, records: list[Record]) -> Iterator[Finding]:
    for service in story.services:
        label = story.label(service)
        tasks = list(fleet.tasks(records, service))
        first = next((time for time, state in tasks if state.healthy >= story.baseline.min), None)
        if first is None:
            yield Finding(False, BASELINE, f"{label} never had {story.baseline.min} healthy tasks")
            continue
        lowest = min((state.healthy, time) for time, state in tasks if time >= first)
        if lowest[0] >= story.baseline.min:
            yield Finding(True, BASELINE, f"{label} never had fewer than {lowest[0]} healthy tasks")
            continue
        cause = _just_played(records, lowest[1])
        fell = f"{label} fell to {lowest[0]} of {story.baseline.min} healthy tasks at {story.clock_time(lowest[1])}"
        yield Finding(False, BASELINE, fell + (f", after: {cause}" if cause else ""))


def _just_played(records: list[Record], when: datetime) -> str | None:
    """What the player did to the world in the two minutes before."""
    told = [
        record.facts["text"]
        for record in records
        if record.kind == "story" and timedelta(0) <= when - record.at <= timedelta(minutes=2)
    ]
    return told[-1] if told else None


def _restored(story: Story, records: list[Record]) -> Iterator[Finding]:
    for sale in sorted(story.sales, key=lambda sale: sale.closes):
        deadline = sale.closes + story.look_every
        if not (story.begins <= sale.closes and deadline <= story.ends):
            continue
        for service in filter(sale.holds, story.services):
            if any(other.wants(deadline) and other.holds(service) for other in story.sales):
                continue  # the next sale has begun to warm up
            label = story.label(service)
            found = fleet.bounds(records, service).at(deadline)
            if found == story.baseline:
                yield Finding(True, RESTORED, f"{label} was back to {found} within {minutes(story.look_every)}")
            else:
                late = f"{label} was still at {found or 'unknown bounds'}, not at {story.baseline},"
                yield Finding(False, RESTORED, f"{late} {minutes(story.look_every)} after {sale.name} closed")


def _critical_notices(story: Story, records: list[Record], calls: list[Call]) -> Iterator[Finding]:
    said = [
        (record.at, slack_text.normal(slack_text.everything(record.facts)))
        for record in records
        if record.kind == "slack"
    ]
    heard: list[tuple[timedelta, str]] = []
    for at, kind, title in _critical(records, calls):
        # The beginning is enough: slack-alert cuts long titles.
        wanted = slack_text.normal(title)[:TITLE_COMPARED]
        reached = next((when for when, text in said if when >= at and wanted in text), None)
        shown = f"{kind} “{title}” of {story.clock_time(at)}"
        if reached is None:
            yield Finding(False, NOTICES, f"the {shown} never reached Slack")
        else:
            heard.append((reached - at, shown))
    if heard:
        slowest, shown = max(heard)
        others = f"{len(heard)} critical messages reached Slack, the slowest" if len(heard) > 1 else "the"
        reached = "" if len(heard) > 1 else " reached Slack"
        yield Finding(True, NOTICES, f"{others} {shown}{reached} in {minutes(slowest)}")


def _critical(records: list[Record], calls: list[Call]) -> list[tuple[datetime, str, str]]:
    """(when, 'notice' or 'alarm', what Slack has to show), in the order of time."""
    notices: dict[str, tuple[datetime, str, str]] = {}
    for call in calls:
        notice = _critical_notice(call)
        if notice is not None:
            notices.setdefault(notice["id"], (call.at, "critical notice", notice["title"]))
    rang = {(one.at, one.facts["name"]) for one in records if one.kind == "alarm" and one.facts["new"] == "ALARM"}
    sent = [
        (one.at, one.facts["via"].removeprefix("alarm "))
        for one in records
        if one.kind == "delivery" and one.facts["via"].startswith("alarm ") and one.facts["outcome"] == "ok"
        if CRITICAL_TOPIC in one.facts["target"]
    ]
    alarms = [(at, "critical alarm", name) for at, name in sent if (at, name) in rang]
    return sorted([*notices.values(), *alarms])


def _critical_notice(call: Call) -> dict | None:
    if call.action != "sns:Publish" or call.outcome != "ok":
        return None
    try:
        notice = json.loads(call.params.get("Message", ""))
    except ValueError:
        return None
    is_critical = isinstance(notice, dict) and notice.get("severity") == "critical" and notice.get("state") == "open"
    return notice if is_critical else None


def _lost(story: Story, records: list[Record]) -> Iterator[Finding]:
    gone = [(one.at, fate) for one in records if (fate := _fate(one)) is not None]
    for when, fate in gone:
        yield Finding(False, LOST, f"at {story.clock_time(when)} {fate}")
    if not gone:
        yield Finding(True, LOST, "no message was lost, and the dead-letter queues stayed empty")


def _fate(record: Record) -> str | None:
    facts = record.facts
    match record.kind:
        case "dead-letter":
            return f"a message ended in {queue_name(facts['queue'])}: {facts['reason']}"
        case "lost":
            return f"a message was lost at {function_name(facts['function'])}: {facts['reason']}"
        case "delivery" if facts["via"].startswith("alarm ") and facts["outcome"] != "ok":
            return f"the {facts['via']} reached nobody: {facts['outcome']}"  # CloudWatch does not try again
    return None


def _denied(story: Story, records: list[Record]) -> Iterator[Finding]:  # noqa: ARG001
    denied = [record.facts for record in records if record.kind == "denied"]
    seen = dict.fromkeys((function_name(one.get("who", one["role"])), one["action"], one["resource"]) for one in denied)
    for who, action, resource in seen:
        yield Finding(False, PERMISSIONS, f"{who} lacks the permission {action} on {resource}")
    if not denied:
        yield Finding(True, PERMISSIONS, "every call was allowed by its role")


def _not_emulated(story: Story, records: list[Record]) -> Iterator[Finding]:  # noqa: ARG001
    seen = dict.fromkeys(
        (one.facts["action"], one.facts["reason"].strip().splitlines()[-1])
        for one in records
        if one.kind == "not-emulated"
    )
    for action, reason in seen:
        yield Finding(False, EMULATED, f"the embedded AWS can't do {action}: {reason}")
