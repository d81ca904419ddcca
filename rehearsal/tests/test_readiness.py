"""The warm-up of a sale in the embedded AWS: people hear that it is ready, or what keeps it from being ready."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.aws import ecs
from rehearsal.aws.world import Record
from rehearsal.faults.scenarios import rest
from rehearsal.player import evidence, slack_text, verdict
from rehearsal.player.story import Bounds, Sale, Story
from rehearsal.stage import Stage, stage

WARMS_UP = datetime(2026, 12, 26, 10, 0, tzinfo=UTC)  # 19:00 in Tokyo
OPENS = WARMS_UP + timedelta(hours=1)
SALE = Sale("winter", OPENS, OPENS + timedelta(hours=3), Bounds(6, 20), timedelta(hours=1))
CALENDAR = json.dumps(
    {"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00", "min": 6, "max": 20}]}
)
BUILT = (Path(__file__).parents[2] / "functions" / "sale-scaling" / "target" / "sale-scaling.zip").exists()
pytestmark = pytest.mark.skipif(not BUILT, reason="the functions are not built: make package")


@dataclass
class WarmUp:
    """From ten minutes before the warm-up to six minutes after the opening."""

    on: Stage

    def play(self) -> None:
        self.on.world.clock.run_until(OPENS + timedelta(minutes=6))

    def slack(self) -> list[str]:
        posts = [record.facts for record in self._records() if record.kind == "slack" and not record.facts["edited"]]
        return [slack_text.everything(facts) for facts in posts]

    def verdict(self) -> verdict.Verdict:
        begins = WARMS_UP - timedelta(minutes=5)
        ends = OPENS + timedelta(minutes=6)
        story = Story(begins, ends, [SALE], Bounds(2, 10), [self.on.service])
        return verdict.judge(story, *evidence.of_the_day(self.on.world, begins))

    def _records(self) -> list[Record]:
        return self.on.world.records


@contextmanager
def warm_up() -> Iterator[WarmUp]:
    with stage(WARMS_UP - timedelta(minutes=30), parameters={"AlertLanguage": "en"}) as on:
        # The others have nothing to say of a warm-up, and each costs a JVM.
        rest(on, lambda schedule: not any(name in schedule for name in ("SaleScaling", "SlackAlert")))
        on.edit_calendar(CALENDAR)
        on.world.clock.run_until(WARMS_UP - timedelta(minutes=1))
        yield WarmUp(on)


def test_a_sale_that_is_ready_is_told_once():
    with warm_up() as played:
        played.play()
        told = [text for text in played.slack() if "ready" in text]
        assert len(told) == 1
        assert "Sale winter is ready: 6 of 6 tasks healthy, 55 minutes before opening" in told[0]
        assert played.verdict().passed


def test_a_sale_whose_image_is_gone_is_told_at_each_checkpoint_and_is_not_good():
    with warm_up() as played:
        ecs.fail(played.on.service, "pull")
        played.play()
        told = [text for text in played.slack() if "ready" in text]
        assert any("Sale winter is not ready: 2 of 6 tasks healthy, 30 minutes before opening" in text for text in told)
        assert any("Sale winter is not ready: 2 of 6 tasks healthy, 5 minutes before opening" in text for text in told)
        assert any("Sale winter is open but not ready: 2 of 6 tasks healthy" in text for text in told)
        assert any("CannotPullContainerError" in text for text in told)
        judged = played.verdict()
        assert not judged.passed
        assert "winter opened with only 2 of 6 healthy" in judged.headline
        notices = [finding for finding in judged.findings if finding.rule == verdict.NOTICES]
        assert notices
        assert all(finding.kept for finding in notices)


def test_tasks_that_fail_their_health_checks_are_told_in_the_words_of_ecs_and_ready_ends_the_incident():
    with warm_up() as played:
        ecs.fail(played.on.service, "unhealthy")
        repaired = OPENS - timedelta(minutes=20)  # ECS replaces tasks that ran at once, however often they failed
        played.on.world.clock.at(repaired, "the image is repaired", lambda: ecs.heal(played.on.service))
        played.play()
        told = [text for text in played.slack() if "ready" in text]
        assert any("not ready" in text and "Task failed ELB health checks" in text for text in told)
        assert "Sale winter is ready: 6 of 6 tasks healthy, 15 minutes before opening" in told[-1]
        assert played.verdict().passed


def test_a_sale_opens_scaled_although_the_function_cannot_run():
    with warm_up() as played:
        function = played.on.id_of("SaleScalingFunction")
        played.on.client("lambda").put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
        played.play()
        assert not [call for call in played.on.world.calls if call.who == "SaleScalingFunction" and call.at >= WARMS_UP]
        opening = next(one for one in played.verdict().findings if one.rule == verdict.OPENING)
        assert opening.kept
        assert "6 of 6 healthy" in opening.sentence
