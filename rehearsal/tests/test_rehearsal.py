"""The whole thing: real template, real zips in real JVMs, virtual time. Each test plays the hours around an opening.

They need the zips (``make package``).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rehearsal.player import day, verdict
from rehearsal.player.sales_file import Span
from rehearsal.player.story import Bounds, Sale
from rehearsal.report import page
from rehearsal.stage import TEMPLATE

REPORT = "🔵 お知らせ: セール「winter」の報告:リクエスト"
TOKYO = ZoneInfo("Asia/Tokyo")
OPENS = datetime(2026, 12, 26, 20, tzinfo=TOKYO)
CLOSES = OPENS + timedelta(minutes=30)
SALE = Sale("winter", OPENS, CLOSES, Bounds(6, 20), timedelta(minutes=60))
SPAN = Span(OPENS - timedelta(minutes=75), CLOSES + timedelta(minutes=15), (SALE,))
CALENDAR = json.dumps(
    {"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T20:30", "min": 6, "max": 20}]}
)


@pytest.fixture(scope="module")
def good_day() -> day.Day:
    return day.rehearse(SPAN, 1, TEMPLATE, CALENDAR)


def bounds(played: day.Day) -> list[tuple[str, str]]:
    return [
        (f"{played.story.local(record.at):%H:%M}", f"{record.facts['min']}..{record.facts['max']}")
        for record in played.records
        if record.kind == "bounds" and record.at >= played.story.begins
    ]


def test_the_bounds_rise_an_hour_before_the_sale_survive_a_deploy_and_come_back(good_day):
    assert bounds(good_day) == [
        ("19:00", "6..20"),  # the warm-up
        ("19:10", "6..20"),  # the same, left with Application Auto Scaling in case no function had run
        ("20:17", "2..10"),  # a deploy in the middle of the sale
        ("20:20", "6..20"),  # the next look
        ("20:30", "2..10"),  # the doors are closed
    ]


def test_it_is_a_good_night(good_day):
    assert good_day.verdict.passed, good_day.verdict.headline
    opening = next(finding for finding in good_day.verdict.findings if finding.rule == verdict.OPENING)
    assert opening.sentence == "winter 6 of 6 healthy 58 minutes before opening"


def test_people_are_told_in_slack_even_though_it_limits_the_rate(good_day):
    posts = [record.facts for record in good_day.records if record.kind == "slack" and not record.facts["edited"]]
    said = [post["text"].splitlines()[0] for post in posts]
    assert [REPORT if title.startswith(REPORT) else title for title in said if "winter" in title] == [
        "🔵 お知らせ: セール「winter」の事前点検:10 項目中 10 項目が正常(開始 2026-12-26 (土) 20:00)",
        "🔵 お知らせ: セール「winter」:ウォームアップ開始、タスク数を増やします",
        "🔵 お知らせ: セール「winter」の事前点検:10 項目中 10 項目が正常(開始 2026-12-26 (土) 20:00)",
        "🔵 お知らせ: セール「winter」の準備完了:正常なタスク 6/6、開始 55 分前",
        "🟢 復旧: セール「winter」中のずれを検出:タスク数を修復します",
        "🔵 お知らせ: セール「winter」終了:タスク数を元に戻します",
        REPORT,
    ]
    limited = [call for call in good_day.calls if call.action == "slack:chat.postMessage" and call.outcome != "ok"]
    assert len(limited) == 2


def test_the_same_seed_gives_the_same_page(good_day):
    again = day.rehearse(SPAN, 1, TEMPLATE, CALENDAR)

    def html(played: day.Day) -> str:
        return page.build(played.story, played.records, played.calls, played.verdict)

    assert html(again) == html(good_day)


def test_without_the_permission_the_rehearsal_fails_and_names_it(tmp_path: Path):
    text = TEMPLATE.read_text(encoding="utf-8")
    allowed = "Action: application-autoscaling:RegisterScalableTarget\n"
    role = text.index("  SaleScalingRole:\n")
    template = tmp_path / "template.yaml"
    taken = text[role:].replace(allowed, "Action: application-autoscaling:TagResource\n", 1)
    assert taken != text[role:]
    template.write_text(text[:role] + taken, encoding="utf-8")
    played = day.rehearse(SPAN, 1, template, CALENDAR)
    assert not played.verdict.passed
    broken = [finding.sentence for finding in played.verdict.findings if not finding.kept]
    assert any("lacks the permission application-autoscaling:RegisterScalableTarget" in one for one in broken), broken
    # The raise was left with Application Auto Scaling, so the sale opened all the same; the deploy nobody could repair.
    assert bounds(played) == [("19:10", "6..20"), ("20:17", "2..10")]
    assert "lacks the permission application-autoscaling:RegisterScalableTarget" in played.verdict.headline
