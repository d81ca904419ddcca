"""A small storm through slack-alert's real zip and the Slack of the rehearsal; the large one is a benchmark."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.alert_storm import storm

pytestmark = pytest.mark.long


def test_a_storm_loses_nothing_and_nothing_overtakes():
    verdict = storm(alarms=80, seed=1, one_kill_in=300)
    print(verdict)
    assert verdict.lost == ()
    assert verdict.out_of_order == ()
    assert (verdict.left, verdict.dead, verdict.denied) == (0, 0, 0)
    assert verdict.kills > 0
    assert verdict.faults > 0
    assert verdict.first_critical < timedelta(minutes=1)
    assert verdict.in_channel <= 20
    assert verdict.common_lost > verdict.changes / 4
