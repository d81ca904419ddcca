"""What the verdict of a week says of sales whose trouble no function can repair: neither good nor hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehearsal.aws.world import Record
from rehearsal.player import troubles, verdict, week
from rehearsal.player.day import Day
from rehearsal.player.story import Bounds, Story
from rehearsal.player.verdict import Finding, Verdict
from rehearsal.report import page

SALES = week.evenings(week.MONDAY)


def judged(*short: str, silent: str = "") -> Verdict:
    """A week in which these sales opened with too few tasks, and Slack told each trouble but that of ``silent``."""
    story = Story(week.MONDAY, SALES[-1].closes + timedelta(hours=1), list(SALES), Bounds(2, 10), ["app"])
    findings = [
        Finding(sale.name not in short, verdict.OPENING, f"{sale.name} opened with only 4 of 6 healthy at 20:00")
        if sale.name in short
        else Finding(True, verdict.OPENING, f"{sale.name} 6 of 6 healthy 55 minutes before opening")
        for sale in SALES
    ]
    records = [
        Record(sale.opens, "slack", {"text": f"{sale.name} {words}", "blocks": [], "attachments": [], "edited": False})
        for sale, trouble in troubles.pairs(story)
        for words in trouble.told
        if sale.name != silent
    ]
    return week.judge(Day(story, records, [], Verdict(findings)))


def test_a_week_whose_troubles_were_all_told_is_good_and_says_how_many_sales_opened():
    found = judged("thursday", "friday")
    assert found.passed
    assert found.headline == "every trouble was told, and 3 of 5 sales opened with enough healthy tasks"
    assert found.notes[3] == "thursday: the quota is too small, told in Slack"
    assert found.notes[-1] == "friday opened with only 4 of 6 healthy at 20:00, as was played"
    assert page.figures([], [], found)[0].number == "3 of 5"


def test_a_sale_that_a_trouble_cannot_excuse_is_not_good():
    found = judged("monday", "friday")
    assert not found.passed
    assert "monday opened with only 4 of 6" in found.headline


@pytest.mark.parametrize("silent", ["monday", "wednesday", "thursday", "friday"])
def test_a_trouble_that_nobody_heard_of_is_not_good(silent: str):
    found = judged("thursday", "friday", silent=silent)
    assert not found.passed
    assert f"{silent}: " in found.headline
    assert "Slack never said" in found.headline
