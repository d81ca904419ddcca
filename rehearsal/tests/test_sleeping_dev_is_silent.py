"""Dev sleeps, and slack-alert hides what rings because of it: both functions from their real zips, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.faults.scenarios import rest
from rehearsal.player import slack_text
from rehearsal.stage import Stage, stage

pytestmark = pytest.mark.long

EVENING = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)  # Thursday, 18:00 in Tokyo: people are at work until 21:00
ASLEEP = EVENING + timedelta(minutes=30)
WOKEN = EVENING + timedelta(hours=1, minutes=30)
DEV = {"EnvironmentName": "dev", "CertificateArn": "", "AlertLanguage": "en"}
RINGS = "AlbErrorsCriticalAlarm"


@pytest.fixture(scope="module")
def evening() -> Iterator[Stage]:
    """Dev falls asleep at six, one alarm is set by hand, and at half past seven somebody keeps dev awake."""
    with stage(EVENING - timedelta(hours=1), parameters=DEV) as on:
        rest(on, lambda schedule: "DevShutdown" not in schedule and "SlackAlert" not in schedule)
        on.world.clock.run_until(ASLEEP)
        on.client("cloudwatch").set_alarm_state(
            AlarmName=on.id_of(RINGS), StateValue="ALARM", StateReason="played by the rehearsal"
        )
        on.world.clock.run_until(WOKEN)
        on.client("ssm").put_parameter(Name=on.id_of("DevShutdownKeepAwake"), Value="2026-12-10T23:00", Overwrite=True)
        on.world.clock.run_until(WOKEN + timedelta(minutes=45))
        yield on


def _texts(on: Stage, since: datetime, until: datetime) -> list[str]:
    posts = [record for record in on.world.of_kind("slack") if since <= record.at < until]
    return [slack_text.everything(post.facts) for post in posts if not post.facts["edited"]]


def test_the_alarms_of_a_sleeping_stack_are_told_to_nobody(evening: Stage):
    rang = [
        record.facts["name"]
        for record in evening.world.of_kind("alarm")
        if record.facts["new"] == "ALARM" and EVENING + timedelta(minutes=5) <= record.at < WOKEN
    ]
    assert evening.id_of(RINGS) in rang
    told = _texts(evening, EVENING + timedelta(minutes=5), WOKEN)
    service = [name for name in rang if "heartbeat" not in name]
    assert [text for text in told for name in service if name in text] == []


def test_the_hiding_ends_by_itself_and_lists_what_it_hid(evening: Stage):
    told = _texts(evening, WOKEN, WOKEN + timedelta(minutes=45))
    assert [text for text in told if "dev is up" in text]
    assert [text for text in told if "hidden during the planned work" in text]
    assert evening.world.of_kind("dead-letter") == []
    assert evening.world.of_kind("denied") == []
