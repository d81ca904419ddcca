"""What happens to the shop on the rehearsed day besides the sale itself: the things that go wrong on real ones."""

from __future__ import annotations

from datetime import timedelta

from rehearsal.player.story import Story
from rehearsal.slack import faults
from rehearsal.stage import Stage


def plan(on: Stage, story: Story) -> None:
    """For the first sale: somebody's deploy resets the bounds, and Slack limits the rate when the doors open."""
    if not story.sales:
        return
    sale = min(story.sales, key=lambda sale: sale.opens)
    half = (sale.closes - sale.opens) / 2
    clock = on.world.clock
    # Two minutes after a look, so that the drift is real for a while.
    deploy = sale.opens + min(half, timedelta(hours=1)) + timedelta(minutes=2)
    clock.at(deploy, "a deploy resets the bounds", lambda: set_bounds_back(on, story))
    busy = sale.warms_up - timedelta(seconds=1)
    clock.at(busy, "Slack limits the rate", lambda: _slack_is_busy(on))


def set_bounds_back(on: Stage, story: Story) -> None:
    """Somebody's deploy writes the template's bounds over those of the sale."""
    baseline = story.baseline
    on.say(f"a deploy sets the bounds back to {baseline}, in the middle of the sale")
    for service in story.services:
        on.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ResourceId=f"service/{on.cluster}/{service}",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=baseline.min,
            MaxCapacity=baseline.max,
        )


def _slack_is_busy(on: Stage) -> None:
    on.say("Slack answers the next two posts with 429 and Retry-After")
    on.slack.fail_next(2, faults.RATE_LIMITED)
