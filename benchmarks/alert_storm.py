"""``python -m benchmarks.alert_storm [alarms] [seed]``: a storm of alarms against slack-alert's real zip.

The alarms ring within 60 s of virtual time, as SNS messages of the topics of the real template; a tenth is over
seconds later. The function runs in a real JVM, with its ledger in DynamoDB and IAM enforced, and is killed at random
calls. Slack is the one of the rehearsal, over HTTP: a burst and then one message a second, its published limits, and a
fifth of all calls answered with 429, 503 or a lost connection, before or after the message was taken.

Beside it, on the same Slack in a channel of its own, with the same rate and the same share of faults: the common way,
which posts each alarm once as it comes and takes any answer for success (our model of it; no peer's code runs here).
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rehearsal.aws.faults import DropAfter, DropBefore, Fault, Kill, Refuse
from rehearsal.aws.world import Call
from rehearsal.faults.scenarios import rest
from rehearsal.player import slack_text
from rehearsal.slack.api import Slack
from rehearsal.slack.channel import Channel
from rehearsal.stage import Stage, stage

START = datetime(2026, 11, 25, 11, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
BEGINS = START + timedelta(minutes=30)  # the deploy takes some of it
SECONDS = 60
CAUSES = 40
FAULTS = (
    Refuse("TooManyRequests", "ratelimited", 429),
    Refuse("ServiceUnavailable", "upstream request failed", 503),
    DropBefore(),
    DropAfter(),
)
PEER = Channel("C0PEER", "the-common-way")


@dataclass(frozen=True)
class Rings:
    at: datetime
    name: str
    critical: bool
    over: bool


@dataclass
class Trouble:
    """A fifth of Slack's answers are faults; one call of slack-alert in ``one_kill_in`` kills the worker."""

    chance: random.Random
    one_kill_in: int
    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def before(self, call: Call) -> Fault | None:
        if call.action.startswith("slack:chat.") and self.chance.random() < 0.2:
            self.faults["common" if call.params.get("channel") == PEER.id else "ours"] += 1
            return self.chance.choice(FAULTS)
        if call.who == "SlackAlertFunction" and self.chance.randrange(self.one_kill_in) == 0:
            self.kills += 1
            return Kill(executed=self.chance.random() < 0.5)
        return None

    def after(self, call: Call) -> Fault | None:
        return None


@dataclass(frozen=True)
class Verdict:
    changes: int
    lost: tuple[str, ...]
    out_of_order: tuple[str, ...]
    twice: int  # lines about something that was said before
    kills: int
    faults: int
    in_channel: int
    in_threads: int
    edits: int
    first_critical: timedelta
    all_said: timedelta  # from the first alarm to the last new line
    left: int  # letters in the queue at the end
    dead: int
    denied: int
    common_lost: int
    common_first_critical: timedelta | None
    seconds: float  # real ones

    def __str__(self) -> str:
        return (
            f"{self.changes} changes of alarms, {self.faults} faults of Slack, {self.kills} workers killed: "
            f"lost {len(self.lost)}, out of order {len(self.out_of_order)}, said twice {self.twice}; "
            f"{self.in_channel} messages in the channel, {self.in_threads} in threads, {self.edits} edits; "
            f"first critical after {self.first_critical.total_seconds():.0f} s, all said after "
            f"{self.all_said.total_seconds() / 60:.1f} min; left in the queue {self.left}, dead {self.dead}, "
            f"denied {self.denied}\nthe common way: lost {self.common_lost} of {self.changes}, "
            f"first critical after {self.common_first_critical}"
        )


def storm(alarms: int, seed: int, one_kill_in: int = 400) -> Verdict:
    began = time.monotonic()
    chance = random.Random(seed)
    with stage(START, seed) as on:
        on.slack.channels.append(Channel(PEER.id, PEER.name))
        _silence(on)
        on.world.clock.run_until(BEGINS - timedelta(seconds=1))
        first_record, first_call = len(on.world.records), len(on.world.calls)
        trouble = Trouble(random.Random(seed + 1), one_kill_in)
        on.world.on_call.append(trouble)
        changes = _changes(alarms, chance)
        for second in range(SECONDS):
            on.world.clock.run_until(BEGINS + timedelta(seconds=second))
            for change in changes:
                if change.at == BEGINS + timedelta(seconds=second):
                    _ring(on, change)
        _settle(on)
        on.world.on_call.remove(trouble)
        posts = [record for record in on.world.records[first_record:] if record.kind == "slack"]
        denied = sum(call.outcome == "denied" for call in on.world.calls[first_call:])
        dead = len(on.world.of_kind("dead-letter"))
        return _judge(changes, posts, trouble, _letters(on), dead, denied, time.monotonic() - began)


def _silence(on: Stage) -> None:
    """Only the storm speaks: the looks of the others would cost time, and their alarms would ring without them."""
    rest(on, lambda schedule: "SlackAlert" not in schedule)
    alarms = on.client("cloudwatch")
    found = alarms.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    for kind in ("CompositeAlarms", "MetricAlarms"):
        alarms.delete_alarms(AlarmNames=[alarm["AlarmName"] for alarm in found[kind]])


def _changes(alarms: int, chance: random.Random) -> list[Rings]:
    """Nine in ten ring and go on; one in ten is over some seconds later."""
    found = []
    for number in range(alarms):
        at = BEGINS + timedelta(seconds=chance.randrange(SECONDS - 10))
        name, critical = f"c{number % CAUSES:02}-alarm-{number:04}", number % 7 == 0
        found.append(Rings(at, name, critical, False))
        if number % 10 == 0:
            found.append(Rings(at + timedelta(seconds=chance.randrange(1, 10)), name, critical, True))
    return found


def _ring(on: Stage, change: Rings) -> None:
    new, old = ("OK", "ALARM") if change.over else ("ALARM", "OK")
    service = change.name.split("-")[0]
    message = {
        "AlarmName": change.name,
        "NewStateValue": new,
        "OldStateValue": old,
        "NewStateReason": "Threshold Crossed: 1 datapoint [91.0 (25/11/26 03:00:00)] was greater than "
        "the threshold (80.0).",
        "StateChangeTime": change.at.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        "AlarmArn": f"arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:{change.name}",
        "Trigger": {
            "MetricName": change.name,  # so that a line in a list names the alarm, too
            "Namespace": "Shop",
            "Dimensions": [{"name": "ServiceName", "value": service}],
        },
    }
    topic = on.id_of("CriticalAlertsTopic" if change.critical else "WarningAlertsTopic")
    on.client("sns").publish(TopicArn=topic, Message=json.dumps(message), Subject=f"{new}: {change.name}")
    _the_common_way(on, change)


def _the_common_way(on: Stage, change: Rings) -> None:
    """Post once; whatever comes back, the alarm counts as delivered."""
    sign = "🟢" if change.over else "🔴" if change.critical else "🟠"
    request = urllib.request.Request(
        f"{on.world.url}/slack/api/chat.postMessage",
        data=json.dumps({"channel": PEER.id, "text": f"{sign} {change.name}"}).encode(),
        headers={"Authorization": f"Bearer {Slack.BOT_TOKEN}", "Content-Type": "application/json"},
    )
    with contextlib.suppress(OSError):
        urllib.request.urlopen(request, timeout=10).read()


def _letters(on: Stage) -> int:
    url = on.id_of("SlackAlertQueue")
    answer = on.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return sum(int(number) for name, number in answer.items() if name.startswith("ApproximateNumber"))


def _settle(on: Stage) -> None:
    """Until the queue is empty and nothing more is said: what waits for its like waits five minutes, ours is ten."""
    quiet = 0
    for _ in range(300):
        before = len(on.world.of_kind("slack"))
        on.world.clock.run_for(timedelta(minutes=1))
        quiet = 0 if _letters(on) or len(on.world.of_kind("slack")) > before else quiet + 1
        if quiet == 10:
            break


def _judge(changes, posts, trouble, left, dead, denied, seconds) -> Verdict:  # noqa: ANN001 (what storm() has found)
    ours = [post for post in posts if post.facts["channel"] != f"#{PEER.name}"]
    common = [post for post in posts if post.facts["channel"] == f"#{PEER.name}"]
    expected = {(change.name, change.over) for change in changes}
    said: Counter[tuple[str, bool]] = Counter()
    shown: set[tuple[str, bool]] = set()
    out_of_order, last_new = set(), BEGINS
    for post in ours:
        text = "\n".join(slack_text.lines(post.facts))
        whole_is_over = text.startswith("🟢")
        for name, line in _named(text):
            key = (name, whole_is_over or line.startswith("🟢"))
            if post.facts["edited"]:  # an edit repeats what the message says, with its newest state
                shown.add(key)
                continue
            if key not in said:
                last_new = post.at
            said[key] += 1
            if not key[1] and (name, True) in said:
                out_of_order.add(name)
    # Over before anybody could be told: one line says both.
    lost = sorted(
        f"{name}{' OK' if over else ''}"
        for name, over in expected
        if (name, over) not in said and (name, True) not in said and (name, over) not in shown
    )
    reached = {text for post in common for text in [post.facts["text"]]}
    common_lost = sum(
        not any(change.name in text and text.startswith("🟢") == change.over for text in reached) for change in changes
    )
    first = min(change.at for change in changes if change.critical)
    return Verdict(
        len(changes),
        tuple(lost),
        tuple(sorted(out_of_order)),
        sum(number - 1 for number in said.values()),
        trouble.kills,
        trouble.faults["ours"],
        sum(not post.facts["edited"] and not post.facts["thread_ts"] for post in ours),
        sum(not post.facts["edited"] and bool(post.facts["thread_ts"]) for post in ours),
        sum(post.facts["edited"] for post in ours),
        _after(first, ours),
        last_new - BEGINS,
        left,
        dead,
        denied,
        common_lost,
        _after(first, common) if any("🔴" in post.facts["text"] for post in common) else None,
        seconds,
    )


def _after(first: datetime, posts: list) -> timedelta:
    """Until the first message about something critical of the storm."""
    texts = [(post.at, slack_text.everything(post.facts)) for post in posts]
    return min(at for at, text in texts if "🔴" in text and "-alarm-" in text) - first


def _named(text: str) -> list[tuple[str, str]]:
    """Each alarm that a message names, once, with the line that names it."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        for word in line.replace(":", " ").replace("(", " ").split():
            if len(word) == 14 and word[3:10] == "-alarm-":
                found.setdefault(word, line)
    return list(found.items())


def main() -> None:
    alarms = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    verdict = storm(alarms, seed)
    print(verdict)
    print(f"{verdict.seconds:.0f} s of real time")
    for name in verdict.lost[:20]:
        print(f"  lost: {name}")


if __name__ == "__main__":
    main()
