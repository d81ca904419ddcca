"""The scenarios of the kill and fault runner: one list for each function, and the command that runs them.

A new function proves itself by adding its scenarios here (CONTRIBUTING.md).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rehearsal.faults.dev_shutdown import DEV_SHUTDOWN
from rehearsal.faults.restore_drill import RESTORE_DRILL
from rehearsal.faults.rotation import SECRET_ROTATION
from rehearsal.faults.runner import Result, Runner
from rehearsal.faults.scenario import Invariant, Mode, Scenario
from rehearsal.faults.secret_bootstrap import SECRET_BOOTSTRAP
from rehearsal.stage import TEMPLATE, Stage, awake, quiet, stage

OPENS = datetime(2026, 12, 26, 11, 0, tzinfo=UTC)  # 20:00 in Tokyo
CLOSES = OPENS + timedelta(hours=3)
WARMS_UP = OPENS - timedelta(hours=1)
SALE = {"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00", "min": 6, "max": 20}
LOOK = timedelta(minutes=5)


def calendar(*sales: dict) -> str:
    return json.dumps({"sales": list(sales)})


# ── what is looked at ────────────────────────────────────────────────────────────────────────────────────────────────


def bounds(on: Stage) -> str:
    target = on.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    found = target["ScalableTargets"][0]
    return f"{found['MinCapacity']}..{found['MaxCapacity']}"


def bounds_are(wanted: str) -> Invariant:
    def broken_by(on: Stage) -> str | None:
        return None if bounds(on) == wanted else f"they are {bounds(on)}"

    return Invariant(f"the bounds are {wanted}", broken_by)


def label_is_on(label: str, version: int) -> Invariant:
    def broken_by(on: Stage) -> str | None:
        name = on.id_of("SalesParameter")
        found = on.client("ssm").get_parameter_history(Name=name)["Parameters"]
        labelled = [one["Version"] for one in found if label in one["Labels"]]
        return None if labelled == [version] else f"it is on {labelled or 'none'}"

    return Invariant(f"the label {label} is on version {version}", broken_by)


def said(severity: str, about: str) -> Invariant:
    """At least one notice; its repeats carry the same id, so that slack-alert can fold them."""

    def broken_by(on: Stage) -> str | None:
        published = [
            json.loads(call.params["Message"])
            for call in on.world.calls
            if call.action == "sns:Publish" and call.who == "SaleScalingFunction" and call.outcome == "ok"
        ]
        found = {notice["id"] for notice in published if about in notice["key"] + notice["id"]}
        if len(found) != 1:
            return f"ids said: {sorted(found) or 'none'}"
        severities = {notice["severity"] for notice in published if notice["id"] in found}
        return None if severities == {severity} else f"it was {severities}"

    return Invariant(f"people are told once ({severity}, {about})", broken_by)


def nothing_is_dead(on: Stage) -> str | None:
    letters = on.world.of_kind("dead-letter")
    return f"{letters[0].facts['queue']}: {letters[0].facts['reason']}" if letters else None


NOTHING_DEAD = Invariant("nothing ends in a dead-letter queue", nothing_is_dead)


# ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────────


def without_slack(on: Stage) -> None:
    """Notices stay in the queue: a second function would only cost time here."""
    mapping = on.id_of("SlackAlertFunctionQueue")
    on.client("lambda").update_event_source_mapping(UUID=mapping, Enabled=False)
    rest(on, lambda schedule: "SlackAlert" in schedule)


def only(on: Stage, *functions: str) -> None:
    """No other function wakes up by itself: days of virtual time cost what these do."""
    without_slack(on)
    rest(on, lambda schedule: not any(function in schedule for function in functions))


def rest(on: Stage, which: Callable[[str], bool]) -> None:
    switch(on, which, "DISABLED")


def switch(on: Stage, which: Callable[[str], bool], state: str) -> None:
    schedules = on.client("scheduler")
    for found in schedules.list_schedules()["Schedules"]:
        if which(found["Name"]):
            schedule = schedules.get_schedule(Name=found["Name"])
            kept = ("Name", "ScheduleExpression", "ScheduleExpressionTimezone", "FlexibleTimeWindow", "Target")
            schedules.update_schedule(**{name: schedule[name] for name in kept}, State=state)


def until(when: datetime):  # noqa: ANN201 (a preparation)
    def prepare(on: Stage) -> None:
        without_slack(on)
        on.world.clock.run_until(when)

    return prepare


def edited(text: str):  # noqa: ANN201 (a preparation)
    def prepare(on: Stage) -> None:
        without_slack(on)
        on.edit_calendar(text)

    return prepare


def one_look(on: Stage) -> None:
    on.world.clock.run_for(LOOK)


def two_looks(on: Stage) -> None:
    """Lambda's own retries, which come after one and after two minutes, and two more scheduled looks."""
    on.world.clock.run_for(2 * LOOK)


SALE_SCALING = [
    Scenario(
        "sale-scaling, the warm-up begins",
        "SaleScalingFunction",
        until(WARMS_UP - timedelta(seconds=1)),
        one_look,
        two_looks,
        (bounds_are("6..20"), NOTHING_DEAD),
    ),
    Scenario(
        "sale-scaling, the sale is over",
        "SaleScalingFunction",
        until(CLOSES - timedelta(seconds=1)),
        one_look,
        two_looks,
        (bounds_are("2..10"), NOTHING_DEAD),
    ),
    Scenario(
        "sale-scaling, a new calendar is accepted",
        "SaleScalingFunction",
        edited(calendar(SALE, {**SALE, "name": "new-year", "opens": "2027-01-02T10:00", "closes": "2027-01-03T10:00"})),
        one_look,
        two_looks,
        (label_is_on("good", 3), bounds_are("2..10"), NOTHING_DEAD),
    ),
    Scenario(
        "sale-scaling, a wrong calendar is refused",
        "SaleScalingFunction",
        edited(calendar({**SALE, "closes": "2026-12-26T19:00"})),
        one_look,
        two_looks,
        (label_is_on("good", 2), label_is_on("refused", 3), bounds_are("2..10"), NOTHING_DEAD),
    ),
]


def alarm_rings(on: Stage) -> None:
    """A critical one: at night a warning would wait for the morning."""
    name = on.id_of("AlbErrorsCriticalAlarm")
    on.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="played by the rehearsal")
    on.world.clock.run_for(timedelta(minutes=1))


def alarm_is_in_slack(on: Stage) -> str | None:
    """Once, and twice where the function died after Slack had it: never not at all."""
    name = on.id_of("AlbErrorsCriticalAlarm")
    posts = [record.facts for record in on.world.of_kind("slack") if not record.facts["edited"]]
    times = sum(name in json.dumps(facts, ensure_ascii=False) and not facts["thread_ts"] for facts in posts)
    return None if 1 <= times <= 2 else f"{times} of {len(posts)} messages are of it"


def queue_is_empty(on: Stage) -> str | None:
    url = on.id_of("SlackAlertQueue")
    attributes = on.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    left = {key: n for key, n in attributes.items() if key.startswith("ApproximateNumber") and n != "0"}
    return f"{left}" if left else None


def as_it_is(on: Stage) -> None:
    """Nothing to prepare. Every look under test begins cold, so that its priming calls are positions too."""


SLACK_ALERT = [
    Scenario(
        "slack-alert, an alarm rings",
        "SlackAlertFunction",
        as_it_is,
        alarm_rings,
        lambda on: on.world.clock.run_for(timedelta(minutes=20)),
        (
            Invariant("the alarm is in Slack", alarm_is_in_slack),
            Invariant("the queue is empty", queue_is_empty),
            NOTHING_DEAD,
        ),
    ),
]

FIRST = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)  # 1 January, 06:00 in Tokyo


def monthly_snapshots(on: Stage) -> str | None:
    """Exactly the month's, whole, and marked as ours."""
    found = on.client("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    ours = [one for one in found if one["DBSnapshotIdentifier"].endswith("-monthly-2027-01")]
    if len(ours) != 1 or ours[0]["Status"] != "available":
        return f"{[(one['DBSnapshotIdentifier'], one['Status']) for one in found]}"
    return None if {"Key": "yakin:made-by", "Value": "snapshot-check"} in ours[0]["TagList"] else "it is not marked"


def first_of_the_month(on: Stage) -> None:
    only(on, "SnapshotCheck")
    on.world.clock.run_until(FIRST - timedelta(seconds=1))


SNAPSHOT_CHECK = [
    Scenario(
        "snapshot-check, the first of the month",
        "SnapshotCheckFunction",
        first_of_the_month,
        one_look,
        lambda on: on.world.clock.run_for(timedelta(minutes=40)),
        (Invariant("the snapshot of the month is there", monthly_snapshots), NOTHING_DEAD),
    ),
]

ALL = SALE_SCALING + SLACK_ALERT + SNAPSHOT_CHECK + SECRET_BOOTSTRAP + SECRET_ROTATION + DEV_SHUTDOWN + RESTORE_DRILL


def play(
    scenarios: list[Scenario],
    modes: list[Mode],
    seed: int,
    template: Path,
    say: Callable[[str], None],
    changes_only: bool = False,
) -> Iterator[Result]:
    """Deploys once for all scenarios of the same parameters, lets the night shift accept a calendar with one sale, and
    plays every scenario from there."""
    for parameters in {str(scenario.parameters): scenario.parameters for scenario in scenarios}.values():
        with stage(WARMS_UP - timedelta(hours=4), seed, template, parameters) as on:
            on.edit_calendar(calendar(SALE))
            on.world.clock.run_until(WARMS_UP - timedelta(minutes=30))
            quiet()
            runner = Runner(functools.partial(_opened, on), lambda _: quiet(), say)
            for scenario in scenarios:
                if scenario.parameters == parameters:
                    yield runner.run(scenario, modes, changes_only)


def _opened(on: Stage) -> Stage:
    awake(on)
    return on


def run(only: str, seed: int, template: Path = TEMPLATE) -> int:
    """Prints each position as it is tried, and each scenario's result. Exit code 1 if anything was violated."""
    chosen = [scenario for scenario in ALL if only in scenario.name]
    if not chosen:
        print(f"no scenario's name contains '{only}'; there are: " + "; ".join(s.name for s in ALL))
        return 2
    tried = violations = 0
    for result in play(chosen, list(Mode), seed, template, lambda line: print(f"  {line}", flush=True)):
        print(result, flush=True)
        for violation in result.violations:
            print(f"  ✗ {violation}", flush=True)
        tried += result.tried
        violations += len(result.violations)
    print(f"{tried} positions tried, {violations} violations")
    return 1 if violations else 0
