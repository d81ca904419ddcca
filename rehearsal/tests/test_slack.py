"""The Slack on loopback refuses, limits and threads as the real one does."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from rehearsal.aws.faults import THROTTLED, FaultRule
from rehearsal.aws.world import World
from rehearsal.slack import door, faults
from rehearsal.slack.api import Slack
from rehearsal.slack.channel import Channel

START = datetime(2026, 12, 26, 10, 0, tzinfo=UTC)
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}


@pytest.fixture
def slack(tmp_path):
    return Slack(World.create(START, tmp_path))


def call(slack, path, token=Slack.BOT_TOKEN, **arguments):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(slack).post(path, json=arguments, headers=headers)


def post(slack, **arguments):
    return call(slack, "/api/chat.postMessage", **({"channel": "C0NIGHT"} | arguments))


def hook(slack, path=Slack.WEBHOOK_PATH, **arguments):
    return Client(slack).post(path, json=arguments)


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def button(**more):
    return {"type": "actions", "elements": [{"type": "button", "text": plain("Open"), **more}]}


def test_a_message_is_answered_with_its_ts_and_recorded_as_evidence(slack):
    body = post(slack, text="hello", blocks=[SECTION]).json
    assert body["ok"]
    assert body["channel"] == "C0NIGHT"
    assert body["ts"] == f"{int(START.timestamp())}.000001"
    (record,) = slack.world.of_kind("slack")
    assert record.facts == {
        "channel": "#night-shift",
        "ts": body["ts"],
        "thread_ts": None,
        "text": "hello",
        "blocks": [SECTION],
        "attachments": [],
        "edited": False,
    }


def test_time_stamps_are_unique_and_increasing_within_one_second(slack):
    seen = [post(slack, text=str(number)).json["ts"] for number in range(5)]
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-other", "invalid_auth"), ("xoxb-old", "token_revoked")],
)
def test_a_wrong_token_is_an_error_with_status_200(slack, token, error):
    slack.tokens["xoxb-old"] = "token_revoked"
    answer = call(slack, "/api/chat.postMessage", token=token, channel="C0NIGHT", text="x")
    assert (answer.status_code, answer.json) == (200, {"ok": False, "error": error})


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "#nowhere", "text": "x"}, "channel_not_found"),
        ({"text": "x", "channel": "#old"}, "is_archived"),
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": 5}, "invalid_arguments"),
        ({"blocks": "[]"}, "invalid_blocks_format"),
        ({"blocks": ["section"]}, "invalid_blocks_format"),
        ({"text": "x", "thread_ts": "0"}, "invalid_thread_ts"),
        ({"text": "x", "thread_ts": 1602251441.0017}, "invalid_thread_ts"),
        ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"attachments": [{"title": "x", "blocks": [SECTION]}]}, "invalid_attachments"),
        ({"attachments": [{"blocks": [{"type": "header", "text": mrkdwn("x")}]}]}, "invalid_attachments"),
        ({"blocks": [{"type": "section", "text": mrkdwn("x" * 3000)}] * 5}, "msg_blocks_too_long"),
    ],
)
def test_what_slack_refuses(slack, arguments, error):
    slack.channels.append(Channel("C0OLD", "old", refuses="is_archived"))
    answer = post(slack, **arguments)
    assert (answer.status_code, answer.json["error"]) == (200, error)
    assert slack.world.records == []


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (
            {"type": "section", "text": mrkdwn("x" * 3001)},
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        ({"type": "section", "text": mrkdwn("")}, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
        (
            {"type": "section", "fields": [mrkdwn("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        (
            {"type": "section", "fields": [mrkdwn("x" * 2001)]},
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (
            {"type": "header", "text": plain("x" * 151)},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "header", "text": mrkdwn("x")},
            "must be one of the allowed types: plain_text [json-pointer:/blocks/0/text/type]",
        ),
        (
            {"type": "context", "elements": [mrkdwn("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        ({"type": "context", "elements": []}, "must be more than 0 items [json-pointer:/blocks/0/elements]"),
        (
            button(url="https://example.com/" + "x" * 3000),
            "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
        ),
        (button(url="console"), "must be a valid URL [json-pointer:/blocks/0/elements/0/url]"),
        (
            button(text=plain("x" * 76)),
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
        ),
        (button(disabled=True), "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]"),
        (
            {"type": "actions", "elements": [{"type": "overflow", "options": []}]},
            "options attribute must have between 1 and 5 items [json-pointer:/blocks/0/elements/0]",
        ),
        ({"type": "divider", "color": "red"}, "invalid additional property: color [json-pointer:/blocks/0]"),
        ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
        ({**SECTION, "block_id": "x" * 256}, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
        (
            {"type": "image", "image_url": "https://example.com/a.png"},
            "missing required field: alt_text [json-pointer:/blocks/0]",
        ),
    ],
)
def test_invalid_block_kit_is_refused_with_a_pointer(slack, block, problem):
    body = post(slack, blocks=[block]).json
    assert body["error"] == "invalid_blocks"
    assert f"[ERROR] {problem}" in body["response_metadata"]["messages"]


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": mrkdwn("x" * 3000)},
        {"type": "section", "fields": [mrkdwn("x"), plain("y")], "accessory": button()["elements"][0]},
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 150, "emoji": True}},
        {"type": "context", "elements": [mrkdwn("x")] * 10},
        {"type": "divider"},
        button(url="https://example.com", action_id="open", style="danger"),
    ],
)
def test_valid_block_kit_is_accepted(slack, block):
    assert post(slack, text="x", blocks=[block]).json["ok"]


def test_fifty_blocks_are_accepted_and_one_more_is_not(slack):
    assert post(slack, blocks=[SECTION] * 50).json["ok"]
    body = post(slack, blocks=[SECTION] * 51).json
    assert body["response_metadata"]["messages"] == ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]


def test_a_reply_lands_in_its_thread_and_an_orphan_at_the_top(slack):
    parent = post(slack, text="alarm").json["ts"]
    reply = post(slack, text="ok", thread_ts=parent).json
    assert reply["message"]["thread_ts"] == parent
    orphan = post(slack, text="lost", thread_ts="1600000000.000001").json
    assert orphan["ok"]
    assert "thread_ts" not in orphan["message"]


def test_posting_faster_than_the_limit_must_wait_as_long_as_told(slack):
    slack.channels.append(Channel("C0OTHER", "other"))
    answers = [post(slack, text="x") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[5].headers["Retry-After"] == "1"
    assert answers[5].json == {"ok": False, "error": "ratelimited"}
    assert post(slack, channel="#other", text="x").status_code == 200, "the limit is one channel's"
    slack.world.clock.run_for(timedelta(milliseconds=500))
    assert post(slack, text="x").status_code == 429
    slack.world.clock.run_for(timedelta(milliseconds=500))
    assert post(slack, text="x").status_code == 200
    assert len(slack.world.of_kind("slack")) == 7, "a refused message was not posted"


def test_an_update_changes_the_message_and_is_recorded_as_an_edit(slack):
    ts = post(slack, text="opening").json["ts"]
    body = call(slack, "/api/chat.update", channel="C0NIGHT", ts=ts, text="open").json
    assert (body["ok"], body["ts"], body["text"]) == (True, ts, "open")
    assert slack.world.records[-1].facts["edited"]
    missing = call(slack, "/api/chat.update", channel="C0NIGHT", ts="1600000000.000001", text="x")
    assert missing.json["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        ({"text": "hello"}, 200, "ok"),
        ({}, 400, "no_text"),
        ({"blocks": [{"type": "marquee"}]}, 400, "invalid_blocks"),
        ({"path": "/services/T0/B0/gone", "text": "x"}, 404, "no_service"),
    ],
)
def test_a_webhook_answers_with_a_status_and_a_word(slack, arguments, status, word):
    answer = hook(slack, **arguments)
    assert (answer.status_code, answer.text) == (status, word)


def test_a_webhook_has_the_limit_of_its_channel(slack):
    assert [hook(slack, text="x").status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_webhook_of_an_archived_channel_is_gone(slack):
    slack.channels[0].refuses = "is_archived"
    assert (hook(slack, text="x").status_code, hook(slack, text="x").text) == (410, "channel_is_archived")


def test_a_body_that_is_not_json(slack):
    bearer = {"Authorization": f"Bearer {Slack.BOT_TOKEN}", "Content-Type": "application/json"}
    assert Client(slack).post("/api/chat.postMessage", data="{", headers=bearer).json["error"] == "invalid_json"
    broken = Client(slack).post(Slack.WEBHOOK_PATH, data="{", content_type="application/json")
    assert (broken.status_code, broken.text) == (400, "invalid_payload")


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        (faults.RATE_LIMITED, 429, "ratelimited"),
        (faults.SERVER_ERROR, 500, None),
        (faults.OK_FALSE + "fatal_error", 200, "fatal_error"),
    ],
)
def test_a_fault_fails_the_next_calls_and_then_is_over(slack, kind, status, error):
    slack.fail_next(2, kind)
    for _ in range(2):
        answer = post(slack, text="x")
        assert answer.status_code == status
        assert error is None or answer.json["error"] == error
    assert slack.world.records == []
    assert post(slack, text="x").json["ok"]


def test_an_unknown_fault_is_refused(slack):
    with pytest.raises(ValueError, match="no such fault"):
        slack.fail_next(1, "explode")


def test_api_test_needs_no_token_and_uses_up_no_fault(slack):
    slack.fail_next(1, faults.SERVER_ERROR)
    assert call(slack, "/api/api.test", token=None).json == {"ok": True}
    assert post(slack, text="x").status_code == 500


def over_the_wire(world, text):
    parts = urllib.parse.urlsplit(world.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    body = json.dumps({"channel": "C0NIGHT", "text": text})
    bearer = {"Authorization": f"Bearer {Slack.BOT_TOKEN}", "Content-Type": "application/json"}
    connection.request("POST", "/slack/api/chat.postMessage", body, bearer)
    return connection.getresponse()


def test_behind_the_door_its_calls_are_evidence_and_may_be_made_to_fail(served):
    slack = door.install(served)
    assert json.load(over_the_wire(served, "one"))["ok"]
    slack.tokens.clear()
    assert json.load(over_the_wire(served, "two"))["error"] == "invalid_auth"
    served.on_call.append(FaultRule("slack:.*", THROTTLED))
    throttled = over_the_wire(served, "three")
    assert (throttled.status, throttled.headers["Retry-After"]) == (429, "30")
    assert [(made.action, made.params["text"], made.outcome) for made in served.calls] == [
        ("slack:chat.postMessage", "one", "ok"),
        ("slack:chat.postMessage", "two", "invalid_auth"),
        ("slack:chat.postMessage", "three", "fault: ThrottlingException"),
    ]
    assert Slack.BOT_TOKEN not in str(served.calls)


def test_a_hang_up_after_posting_leaves_the_message_but_no_answer(served):
    door.install(served).fail_next(1, faults.HANG_UP_AFTER_POSTING)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        over_the_wire(served, "x")
    assert [record.facts["text"] for record in served.of_kind("slack")] == ["x"]
    assert served.calls[0].outcome == "fault: the answer is lost"
