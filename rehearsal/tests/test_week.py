"""Five sales in one afternoon, each with the trouble that ``make week`` gives it. Needs the zips (``make package``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rehearsal.player import slack_text, troubles, week
from rehearsal.player.day import Day
from rehearsal.player.sales_file import Span
from rehearsal.player.story import Bounds, Sale
from rehearsal.report import page
from rehearsal.stage import TEMPLATE

pytestmark = pytest.mark.long

NOON = datetime(2026, 12, 14, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
EVERY = timedelta(minutes=80)
SALES = tuple(
    Sale(name, opens, opens + timedelta(minutes=25), Bounds(6, 20), timedelta(minutes=35))
    for number, name in enumerate(week.DAYS)
    for opens in [NOON + timedelta(minutes=40) + number * EVERY]
)


@pytest.fixture(scope="module")
def played() -> Day:
    return week.rehearse(Span(NOON, SALES[-1].closes + timedelta(minutes=15), SALES), 1, TEMPLATE)


def test_every_trouble_is_told_and_what_can_open_opens(played):
    assert played.verdict.passed, [finding.sentence for finding in played.verdict.findings if not finding.kept]
    told = [finding.sentence for finding in played.verdict.findings if finding.rule == week.TROUBLE]
    assert told == [
        "monday: a deploy resets the bounds, told in Slack",
        "tuesday: the looks around an opening are missed, and the sale opened all the same",
        "wednesday: the function is killed, told in Slack",
        "thursday: the quota is too small, told in Slack",
        "friday: tasks never become healthy, told in Slack",
    ]


def test_the_report_shows_each_of_them_beside_its_verdict_and_calls_no_spoilt_sale_good(played):
    html = page.build(played.story, played.records, played.calls, played.verdict)
    beside = html.split('<ul class="notes">')[1].split("</ul>")[0]
    for sale, trouble in troubles.pairs(played.story):
        assert f"{sale.name}: {trouble.name}" in beside
    assert "friday opened with only" in beside
    assert played.verdict.headline == "every trouble was told, and 3 of 5 sales opened with enough healthy tasks"
    assert "3 of 5" in html.split("sales opened with enough healthy tasks</span>")[0][-200:]


def test_people_hear_of_the_quota_with_what_to_do(played):
    texts = [slack_text.everything(record.facts) for record in played.records if record.kind == "slack"]
    quota = next(text for text in texts if "❌ Fargate vCPU" in text)
    assert "Service Quotas" in quota
