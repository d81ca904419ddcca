"""Mounts Slack at ``/slack`` of the embedded AWS's address: its calls are counted and may be made to fail too."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from rehearsal.aws import server
from rehearsal.aws.faults import Refuse
from rehearsal.aws.wire import Response
from rehearsal.aws.world import World
from rehearsal.slack.api import Slack

PREFIX = "/slack"
SHOWN = ("channel", "text", "thread_ts", "ts")


def install(world: World) -> Slack:
    """One workspace for the world; ``SLACK_API_URL`` is then ``<world.url>/slack/api``."""
    slack = Slack(world)
    server.mount(world, PREFIX, slack, describe, refuse, outcome)
    return slack


def describe(environ: dict[str, Any], body: bytes) -> tuple[str, dict[str, Any]]:
    """``slack:chat.postMessage`` or ``slack:webhook``, and what was to be said; never the token."""
    path = environ["PATH_INFO"].removeprefix(PREFIX)
    action = f"slack:{path.removeprefix('/api/')}" if path.startswith("/api/") else "slack:webhook"
    try:
        given = json.loads(body)
    except ValueError:
        given = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    return action, {name: given[name] for name in SHOWN if name in given} if isinstance(given, dict) else {}


def refuse(fault: Refuse) -> Response:
    """AWS's throttling is Slack's 429; other refusals are ``ok:false``, unless the server itself is down."""
    if fault.status >= 500:
        return Response(fault.status, [("Content-Type", "text/plain")], fault.message.encode())
    headers = [("Content-Type", "application/json; charset=utf-8")]
    if fault.status == 429 or "Throttl" in fault.code:
        return Response(429, [*headers, ("Retry-After", "30")], b'{"ok": false, "error": "ratelimited"}')
    return Response(200, headers, json.dumps({"ok": False, "error": fault.code}).encode())


def outcome(response: Response) -> str:
    """``ok:false`` comes with status 200: the error's name tells more than the status."""
    if response.status >= 400:
        return f"HTTP {response.status}"
    try:
        answer = json.loads(response.body)
    except ValueError:
        return "ok"  # a webhook's plain word
    return "ok" if answer.get("ok") else str(answer.get("error"))
