"""The bounds that follow the clock: business hours and night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD
from rehearsal.aws import cron

TOKYO = ZoneInfo("Asia/Tokyo")
BY_THE_CLOCK = ALL["prod by the clock"]
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, tzinfo=TOKYO)
# Day and hour of a week in Japan: bounds from then on. Saturday and Sunday stay at night.
WEEK = {(day, 9): ("5", "20") for day in range(5)} | {(day, 22): ("2", "6") for day in range(7)}


@rule
def bounds_follow_the_clock_only_on_request(template: Template) -> Iterator[Finding]:
    if "ScheduledActions" in template.stack(PROD)["EcsScalableTarget"]:
        yield "the bounds follow the clock without a request"
    actions = template.stack(BY_THE_CLOCK)["EcsScalableTarget"].get("ScheduledActions", [])
    for action in actions:
        yield from differences({"Timezone": "Asia/Tokyo"}, action, action["ScheduledActionName"])
    found = {}
    for action in actions:
        schedule, moment = cron.parse(action["Schedule"]), MONDAY.astimezone(UTC) - timedelta(seconds=1)
        bounds = action["ScalableTargetAction"]
        while (moment := cron.next_fire(schedule, moment, "Asia/Tokyo") or NEVER) < MONDAY + timedelta(7):
            local = moment.astimezone(TOKYO)
            found[local.weekday(), local.hour] = (str(bounds["MinCapacity"]), str(bounds["MaxCapacity"]))
    for when in sorted(WEEK.keys() | found.keys()):
        if WEEK.get(when) != found.get(when):
            yield f"weekday {when[0]} at {when[1]}:00 the bounds become {found.get(when)}, not {WEEK.get(when)}"
