"""What goes wrong in a week of sales: one trouble for each sale, and what people must hear of it.

A trouble that no function can repair (a quota, tasks that never become healthy) may spoil its opening; then what counts
is that somebody was told in time, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from rehearsal.aws import account, ecs
from rehearsal.aws.faults import FaultRule, Kill
from rehearsal.player import happenings
from rehearsal.player.story import Sale, Story
from rehearsal.stage import Stage

FUNCTION = "SaleScalingFunction"
SMALL_QUOTA = 2.0  # vCPUs: four tasks of 512 CPU units
LOOK = timedelta(minutes=5)


@dataclass(frozen=True)
class Trouble:
    """``told``: what has to stand in Slack, in this order. ``spoils``: its sale may open with too few tasks."""

    name: str
    happens: Callable[[Stage, Story, Sale], None]
    told: tuple[str, ...]
    spoils: bool = False


def _deploy(on: Stage, story: Story, sale: Sale) -> None:
    """Two minutes after a look, so that the drift is real for a while."""
    _at(on, sale.opens + timedelta(minutes=7), lambda: happenings.set_bounds_back(on, story))


def _missed(on: Stage, story: Story, sale: Sale) -> None:
    """No look from before the warm-up until ten minutes after the opening: somebody has switched the schedule off."""

    def begin() -> None:
        on.say("somebody switches the looks off")
        _switch(on, "DISABLED")

    def end() -> None:
        on.say("the looks are switched on again")
        _switch(on, "ENABLED")

    _at(on, sale.warms_up - LOOK / 2, begin)
    _at(on, sale.opens + 2 * LOOK + LOOK / 2, end)


def _switch(on: Stage, state: str) -> None:
    schedules = on.client("scheduler")
    for found in schedules.list_schedules()["Schedules"]:
        if "SaleScaling" in found["Name"]:
            schedule = schedules.get_schedule(Name=found["Name"])
            kept = ("Name", "ScheduleExpression", "ScheduleExpressionTimezone", "FlexibleTimeWindow", "Target")
            schedules.update_schedule(**{name: schedule[name] for name in kept}, State=state)


def _killed(on: Stage, story: Story, sale: Sale) -> None:
    """Between the notice of the warm-up and the raise; Lambda's retry is a minute later."""
    rule = FaultRule("application-autoscaling:RegisterScalableTarget", Kill(executed=False), who=FUNCTION)

    def begin() -> None:
        on.say("the function is killed when it sets the bounds")
        on.world.on_call.append(rule)

    _at(on, sale.warms_up - timedelta(seconds=1), begin)


def _quota(on: Stage, story: Story, sale: Sale) -> None:
    """From the day before (or since the sale before it) until five minutes after the opening.

    The sale may end before it is ready all the same: after an hour without room ECS tries again only every 27 minutes
    (ECS Developer Guide, "Amazon ECS service throttle logic").
    """
    earlier = [other.closes for other in story.sales if other.closes < sale.opens]
    begin = max([story.begins, sale.opens - timedelta(hours=25), *[end + timedelta(minutes=1) for end in earlier]])

    def small() -> None:
        on.say(f"the account may run {SMALL_QUOTA:g} Fargate vCPUs")
        account.vcpu_quota(SMALL_QUOTA)

    def raised() -> None:
        on.say(f"AWS raises the quota to {account.VCPUS:g} vCPUs")
        account.vcpu_quota(account.VCPUS)

    _at(on, begin, small)
    _at(on, sale.opens + timedelta(minutes=5), raised)


def _sick(on: Stage, story: Story, sale: Sale) -> None:
    """Every task that is started for the sale fails its health checks."""
    service = story.services[0]

    def begin() -> None:
        on.say("no new task becomes healthy")
        ecs.fail(service, "unhealthy")

    def end() -> None:
        on.say("new tasks become healthy again")
        ecs.heal(service)

    _at(on, sale.warms_up - timedelta(minutes=1), begin)
    _at(on, sale.closes, end)


def _at(on: Stage, when: object, do: Callable[[], None]) -> None:
    on.world.clock.at(max(when, on.world.clock.now()), "a trouble", do)


TROUBLES = (
    Trouble("a deploy resets the bounds", _deploy, ("のずれを検出",)),
    Trouble("the looks around an opening are missed", _missed, ()),
    Trouble("the function is killed", _killed, ("ウォームアップ開始", "の準備完了")),
    Trouble("the quota is too small", _quota, ("❌ Fargate vCPU", "準備ができていません"), spoils=True),
    Trouble("tasks never become healthy", _sick, ("準備ができていません",), spoils=True),
)


def pairs(story: Story) -> list[tuple[Sale, Trouble]]:
    """The sales in their order, each with its trouble; a sixth sale has the first one again."""
    sales = sorted(story.sales, key=lambda sale: sale.opens)
    return [(sale, TROUBLES[number % len(TROUBLES)]) for number, sale in enumerate(sales)]


def plan(on: Stage, story: Story) -> None:
    for sale, trouble in pairs(story):
        trouble.happens(on, story, sale)
