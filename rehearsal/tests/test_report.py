"""The page: the same bytes for the same evidence, nothing from outside, and no foreign text becomes markup."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from rehearsal.player import verdict
from rehearsal.report import chart, messages, mrkdwn, page
from rehearsal.tests import evidence

VOID = {"meta", "br", "hr"}


def built(day=None, **changes):
    story, day = evidence.story(**changes), day or evidence.sale_day()
    return page.build(story, day.records, day.calls, verdict.judge(story, day.records, day.calls))


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.ids = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_same_evidence_gives_the_same_bytes_in_another_process():
    program = (
        "import sys; from rehearsal.tests.test_report import built; sys.stdout.buffer.write(built().encode('utf-8'))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment).stdout
    assert other == built().encode("utf-8")


def test_the_page_is_well_formed_and_asks_for_nothing():
    html = built()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "object", "link"} == set()
    assert not [attributes for tag, attributes in tags.seen if "src" in attributes or "onclick" in attributes]
    outside = [attributes["xlink:href"] for _, attributes in tags.seen if "xlink:href" in attributes]
    assert all(reference.startswith("#") for reference in outside)
    assert "@import" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"#0a00[0-9a-f]{2}", html), "a placeholder colour was left"


def test_foreign_text_stays_text():
    day = evidence.sale_day()
    evil = "<img src=x onerror=alert(1)>"
    day.record("22:00", "story", text=evil)
    day.alarm("22:01", evil, "OK", "ALARM", evil)
    day.slack("22:02", evil, 9, attachments=[{"color": 'red" onclick="x', "title": evil, "text": evil}])
    html = built(day, services=[], parameters={evil: evil}, calendar=evil)
    assert "<img" not in html
    assert "<script" not in html
    assert 'onclick="x' not in html


def test_a_sale_may_have_any_name():
    sale = evidence.WINTER
    odd = type(sale)("冬 <b> $x$ & co", sale.opens, sale.closes, sale.bounds, sale.warm_up)
    html = built(sales=[odd])
    assert "冬 &lt;b&gt; $x$ &amp; co" in html


@pytest.mark.parametrize(
    ("begins", "ends", "span"),
    [
        ("00:00", "24:00", "all day, Asia/Tokyo"),
        ("00:00", "48:00", "until Sunday, 27 December, Asia/Tokyo"),
        ("12:00", "26:00", "12:00 to 12-27 02:00, Asia/Tokyo"),
    ],
)
def test_the_page_says_which_time_it_shows(begins, ends, span):
    assert span in built(begins=evidence.at(begins), ends=evidence.at(ends), services=[])


def test_the_address_of_the_rehearsal_is_no_parameter_to_show():
    html = built(services=[], parameters={"SlackApiUrl": "http://127.0.0.1:4711/slack/api", "Stage": "prod"})
    assert "4711" not in html


def test_what_went_wrong_is_at_the_top():
    day = evidence.sale_day()
    day.tasks("19:58", 6, 5, 5)
    html = built(day)
    assert "Winter opened with only 5 of 6 healthy at 20:00." in html
    assert "Good night" not in html


def test_a_day_without_anything_can_be_drawn():
    html = built(evidence.Evidence(), sales=[], requests_per_minute=())
    assert "Nothing was worth a message." in html
    assert "No function called anything." in html


def test_answers_are_below_their_parent_and_edits_in_place():
    day = evidence.Evidence()
    day.slack("19:00", "opening", 1)
    day.slack("19:01", "alarm", 2)
    day.slack("19:05", "ready", 3, thread=1)
    day.slack("19:06", "opened", 1, edited=True)
    first, second = messages.threads(evidence.story(), day.records)
    assert (first.body, first.edited, first.time) == ('<div class="text">opened</div>', True, "19:00")
    assert [reply.body for reply in first.replies] == ['<div class="text">ready</div>']
    assert second.replies == []


def test_calls_are_counted_by_function_and_outcome():
    rows = page.calls_of_functions(evidence.sale_day().calls)
    register = next(row for row in rows if row.action == "application-autoscaling:RegisterScalableTarget")
    assert (register.who, register.total, register.ok) == ("sale-scaling", 3, 2)
    assert register.errors == "fault: ThrottlingException ×1"


def test_two_services_have_a_drawing_each():
    day = evidence.sale_day()
    day.record("12:00", "tasks", service="api", wanted=2, running=2, healthy=2)
    drawn = page.charts(evidence.story(services=["shop", "api"]), day.records)
    titles = ["shop", "api", "Getting ready for winter, shop", "Getting ready for winter, api"]
    assert [title for title, _ in drawn] == titles


def test_a_drawing_holds_text_and_no_font():
    svg = chart.draw(evidence.story(), evidence.sale_day().records, "shop", chart.WIDE, "x")
    assert ">winter</text>" in svg
    assert "var(--healthy)" in svg
    assert "DejaVu" not in svg
    assert "<metadata" not in svg


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~gone~", "<b>bold</b> <i>it</i> <s>gone</s>"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("タスクを *2 → 6* に", "タスクを <b>2 → 6</b> に"),
        ("2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"),
        ("`*no*` x", "<code>*no*</code> x"),
        ("```a\n*b*```", "<pre>a\n*b*</pre>"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<javascript:alert(1)|go>", "&lt;javascript:alert(1)|go&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\nb", "a<br>b"),
        ("&gt; said\nme", "<blockquote>said</blockquote>me"),
        (":white_check_mark: :no_such:", "✅ :no_such:"),
        ("\x000\x00", "0"),
    ],
)
def test_mrkdwn(text, html):
    assert str(mrkdwn.to_html(text)) == html


def test_mentions_and_links():
    mention = '<span class="mention">{}</span>'
    shown = " ".join(mention.format(name) for name in ("@here", "@U1", "#night"))
    assert str(mrkdwn.to_html("<!here> <@U1> <#C1|night>")) == shown
    link = mrkdwn.to_html('<https://example.com/?a=1&amp;b="|go>')
    expected = '<a class="link" href="https://example.com/?a=1&amp;b=&#34;" rel="noopener noreferrer">go</a>'
    assert str(link) == expected


@pytest.mark.parametrize("days", [1, 2, 4, 9, 30])
@pytest.mark.filterwarnings("error")
def test_a_long_sale_is_drawn_without_a_word_of_complaint(days):
    story = evidence.story()
    long = dataclasses.replace(story, ends=story.begins + timedelta(days=days))
    assert page.charts(long, evidence.sale_day().records)
