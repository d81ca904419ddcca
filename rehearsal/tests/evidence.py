"""A realistic sale day as evidence, built by hand, for the tests of everything that reads evidence.

2026-12-26 in Tokyo: the shop runs two tasks, the winter sale opens at 20:00 with at least six, a task dies at 21:10,
the sale closes at 23:00 and the bounds go back.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rehearsal.aws.world import Call, Record, World
from rehearsal.player.story import Bounds, Sale, Story

FAILED = "dev.yakin.shared.PlanRunner$PlanFailedException"
TOKYO = ZoneInfo("Asia/Tokyo")
BEGINS = datetime(2026, 12, 26, 12, 0, tzinfo=TOKYO)
ENDS = datetime(2026, 12, 27, 2, 0, tzinfo=TOKYO)
WINTER = Sale(
    "winter",
    datetime(2026, 12, 26, 20, 0, tzinfo=TOKYO),
    datetime(2026, 12, 26, 23, 0, tzinfo=TOKYO),
    Bounds(6, 20),
    timedelta(minutes=60),
)


def at(text: str) -> datetime:
    """``19:05`` or ``19:05:30`` on the day of the sale; from ``24:00`` on it is the next morning."""
    hours, minutes, seconds = [*(int(part) for part in text.split(":")), 0][:3]
    midnight = BEGINS.replace(hour=0)
    return midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def story(**changes: Any) -> Story:
    values: dict[str, Any] = {
        "begins": BEGINS,
        "ends": ENDS,
        "sales": [WINTER],
        "baseline": Bounds(2, 10),
        "services": ["shop"],
        "seed": 1,
        "parameters": {"EnvironmentName": "prod", "SaleLeadMinutes": "60", "SaleMinCapacity": "6"},
        "requests_per_minute": [(BEGINS + timedelta(minutes=5 * i), _load(i * 5)) for i in range(14 * 12 + 1)],
        "calendar": '{"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00"}]}',
    }
    return Story(**values | changes)


def _load(minutes: int) -> float:
    everyday = 420 + 130 * math.sin(minutes / 840 * math.pi)
    into_sale = minutes - 480
    rush = 1500 * math.exp(-max(0, into_sale) / 90) if 0 <= into_sale < 180 else 0
    return round(everyday + rush, 1)


@dataclass
class Evidence:
    records: list[Record] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def record(self, when: str, kind: str, **facts: Any) -> None:
        self.records.append(Record(at(when), kind, facts))

    def tasks(self, when: str, wanted: int, running: int, healthy: int) -> None:
        self.record(when, "tasks", service="shop", wanted=wanted, running=running, healthy=healthy)

    def desired(self, when: str, count: int, cause: str) -> None:
        self.record(when, "desired", service="shop", desired=count, cause=cause)

    def bounds(self, when: str, minimum: int, maximum: int, who: str = "SaleScalingFunction") -> None:
        self.record(when, "bounds", service="shop", min=minimum, max=maximum, who=who)

    def alarm(self, when: str, name: str, old: str, new: str, reason: str) -> None:
        self.record(when, "alarm", name=name, old=old, new=new, reason=reason)

    def look(self, when: str, *actions: dict[str, str], error: str | None = None, attempt: int = 1) -> None:
        """``error`` is the message of a look that failed."""
        answer = {"function": "sale-scaling", "at": at(when).isoformat(), "actions": list(actions)}
        self.record(
            when,
            "invocation",
            function="SaleScalingFunction",
            trigger="scheduler",
            request_id=f"r-{len(self.records)}",
            payload="{}",
            result=json.dumps({"errorType": FAILED, "errorMessage": error} if error else answer),
            error=FAILED if error else None,
            cold=not self.records,
            attempt=attempt,
            log=[],
        )

    def call(self, when: str, who: str, action: str, outcome: str = "ok", **params: Any) -> None:
        self.calls.append(Call(len(self.calls) + 1, at(when), who, action, params, outcome))

    def notice(self, when: str, identity: str, title: str, severity: str = "critical", state: str = "open") -> None:
        body = {"id": identity, "severity": severity, "state": state, "title": title, "key": identity}
        self.call(when, "SaleScalingFunction", "sns:Publish", Message=json.dumps(body))

    def slack(
        self, when: str, text: str = "", number: int = 1, thread: int | None = None, edited: bool = False, **more: Any
    ):
        def ts(n: int) -> str:
            return f"1798272000.{n:06d}"

        facts = {"channel": "#night-shift", "ts": ts(number), "thread_ts": ts(thread) if thread else None, "text": text}
        self.record(when, "slack", **facts, edited=edited, **{"blocks": [], "attachments": []} | more)

    def world(self, directory: Path) -> World:
        world = World.create(BEGINS, directory)
        world.records, world.calls = self.records, self.calls
        return world


def set_bounds(before: str, after: str, reason: str, outcome: str = "done") -> dict[str, str]:
    action = {"action": "SetCapacity", "target": "shop", "reason": reason, "outcome": outcome}
    return action | {"from": before, "to": after}


def alert(colour: str, title: str, facts: dict[str, str], mention: str = "", link: str = "") -> dict[str, Any]:
    """A message as slack-alert writes it: headline, mention, details beside a colour bar. ``title`` is escaped."""
    head = [{"type": "header", "text": plain(title)}]
    if mention:
        head.append({"type": "section", "text": mrkdwn(mention)})
    cells = [cell for name, value in facts.items() for cell in (mrkdwn(f"*{name}*"), plain(value))]
    details: list[dict[str, Any]] = [{"type": "section", "fields": cells}]
    if link:
        details.append({"type": "section", "text": mrkdwn(f"<{link}|コンソールで開く>")})
    details.append({"type": "context", "elements": [plain("prod · shop · 123456789012 · ap-northeast-1")]})
    text = "\n".join([f"{mention} {title}".strip(), *(f"{name}: {value}" for name, value in facts.items())])
    return {"text": text, "blocks": head, "attachments": [{"color": colour, "blocks": details}]}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def sale_day() -> Evidence:
    """A good day, as it should be."""
    day = Evidence()
    day.bounds("12:00", 2, 10, "deployer")
    day.tasks("12:00", 2, 0, 0)
    day.tasks("12:01:10", 2, 2, 0)
    day.tasks("12:01:40", 2, 2, 2)
    for minute in range(12 * 60 + 5, 19 * 60, 5):
        day.look(f"{minute // 60}:{minute % 60:02d}")
        day.call(f"{minute // 60}:{minute % 60:02d}", "SaleScalingFunction", "ssm:GetParameter")
    _warm_up(day)
    _rush(day)
    _after(day)
    return day


def _warm_up(day: Evidence) -> None:
    day.look("19:00", set_bounds("2..10", "6..20", "warm-up of sale winter: it opens at 2026-12-26T11:00:00Z"))
    day.call("19:00", "SaleScalingFunction", "application-autoscaling:RegisterScalableTarget", MinCapacity=6)
    day.bounds("19:00", 6, 20)
    day.desired("19:00:20", 6, "the minimum was raised to 6")
    day.tasks("19:00:20", 6, 2, 2)
    facts = {"app の変更": "2..10 → 6..20", "開店": "12月26日(土) 20:00", "閉店": "12月26日(土) 23:00"}
    day.slack("19:00:02", number=1, **alert("#1976d2", "🔵 お知らせ: セール winter の準備を始めます", facts))
    day.call("19:00:02", "SlackAlertFunction", "slack:chat.postMessage")
    for number in range(1, 5):
        day.tasks(f"19:01:{10 + number * 5}", 6, 2 + number, 2)
    for number in range(1, 5):
        day.tasks(f"19:02:{10 + number * 10}", 6, 6, 2 + number)
    say = {"action": "Say", "target": "notices", "reason": "winter is ready", "outcome": "done"}
    remember = {"action": "Remember", "target": "winter/ready", "reason": "people were told", "outcome": "done"}
    day.look("19:05", say, remember)
    day.slack("19:05:01", "準備完了: 6/6 タスクが正常です（開店の *55分前*）", number=2, thread=1)


def _rush(day: Evidence) -> None:
    for clock, wanted in (("20:08", 9), ("20:12", 12)):
        day.desired(clock, wanted, "target tracking: CPU above 70 %")
        day.tasks(clock, wanted, wanted - 3, wanted - 3)
        day.tasks(clock + ":55", wanted, wanted, wanted - 3)
    day.tasks("20:14:10", 12, 12, 12)
    day.record("21:10", "story", text="a task is killed: out of memory")
    day.tasks("21:10", 12, 11, 11)
    day.alarm("21:11", "shop-unhealthy-hosts", "OK", "ALARM", "Threshold Crossed: 1 datapoint [1.0] was > 0.0")
    title = "正常でないタスクがあります <!channel> & <script>alert(1)</script>"
    day.notice("21:11:05", "n-1", title)
    shown = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    facts = {"状態": "OK → ALARM", "理由": "1 datapoint [1.0] was &gt; 0.0", "指標": "UnHealthyHostCount"}
    link = "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1&amp;x=1"
    day.slack("21:11:06", number=3, **alert("#d32f2f", f"🔴 緊急: {shown}", facts, "<!here>", link))
    day.tasks("21:11:20", 12, 12, 11)
    day.tasks("21:11:50", 12, 12, 12)
    day.alarm("21:13", "shop-unhealthy-hosts", "ALARM", "OK", "")
    day.slack("21:13:04", "`shop-unhealthy-hosts` は回復しました (2分)", number=4, thread=3)
    day.call("21:13:04", "SlackAlertFunction", "slack:chat.postMessage", "HTTP 429")
    day.call("21:13:05", "SlackAlertFunction", "slack:chat.postMessage")


def _after(day: Evidence) -> None:
    day.look("23:00", error="1 of 1 actions failed; the first: Rate exceeded")
    day.call(
        "23:00", "SaleScalingFunction", "application-autoscaling:RegisterScalableTarget", "fault: ThrottlingException"
    )
    day.look("23:01", set_bounds("6..20", "2..10", "sale winter is over: it closed at 2026-12-26T14:00:00Z"), attempt=2)
    day.call("23:01", "SaleScalingFunction", "application-autoscaling:RegisterScalableTarget", MinCapacity=2)
    day.bounds("23:01", 2, 10)
    day.slack("23:01:02", "冬セールは終わりました。タスクの下限は *2* に戻りました。", number=5, thread=1)
    count = 12
    for step, clock in enumerate(("23:20", "23:26", "23:32", "23:38", "23:44")):
        target = (10, 8, 6, 4, 2)[step]
        day.desired(clock, target, "target tracking: CPU below 63 %")
        day.tasks(clock, target, count, target)
        day.tasks(clock + ":35", target, target, target)
        count = target
