"""Slack's door: ``POST /api/chat.postMessage``, ``/api/chat.update`` and ``/services/...`` as a WSGI application.

The embedded AWS's server mounts it at ``/slack``, so ``SLACK_API_URL`` is ``<url>/slack/api``. Sources: Slack docs,
"chat.postMessage", "chat.update", "Using the Slack Web API" (arguments, HTTP 200 with ok:false), "Rate limits" and
"Sending messages using incoming webhooks" (its errors are HTTP status codes with a word as the body).
"""

from __future__ import annotations

import json
import threading
from typing import Any

from werkzeug.wrappers import Request, Response

from rehearsal.aws.door import DroppedError
from rehearsal.aws.world import World
from rehearsal.slack import arguments, faults, limits
from rehearsal.slack.channel import TS, Channel, Message, TimeStamps
from rehearsal.slack.errors import RefusedError, TooFastError

# The status of a refused webhook; every other refusal is 400. Source: Slack changelog 2016-05-17, "Improving error
# conditions for Incoming Webhooks", and the error list of "Sending messages using incoming webhooks".
WEBHOOK_STATUS = {
    "action_prohibited": 403,
    "channel_not_found": 404,
    "no_service": 404,
    "channel_is_archived": 410,
    "rollup_error": 500,
}


# Where the two doors name the same refusal differently.
WEBHOOK_WORD = {
    "is_archived": "channel_is_archived",
    "invalid_json": "invalid_payload",
    "json_not_object": "invalid_payload",
}


class Slack:
    """One workspace with one bot and one webhook. ``tokens`` says how each known token is answered (None: welcome)."""

    BOT_TOKEN = "xoxb-rehearsal-bot-token"
    WEBHOOK_PATH = "/services/T0YAKIN/B0YAKIN/rehearsal"

    def __init__(self, world: World, channels: list[Channel] | None = None, burst: int = limits.POST_BURST) -> None:
        self.world = world
        self.channels = channels or [Channel("C0NIGHT", "night-shift")]
        self.tokens: dict[str, str | None] = {self.BOT_TOKEN: None}
        self.webhooks: dict[str, Channel] = {self.WEBHOOK_PATH: self.channels[0]}
        self.faults = faults.Faults()
        self.fail_next = self.faults.fail_next
        self._burst = burst
        self._buckets: dict[str, limits.Bucket] = {}
        self._time_stamps = TimeStamps()
        self._one_at_a_time = threading.Lock()

    def secret(self, mention: str = "<!here>") -> dict[str, str]:
        """What a person would put into the Slack secret to post as the bot."""
        return {"botToken": self.BOT_TOKEN, "channel": self.channels[0].id, "oncallMention": mention}

    def webhook_secret(self, mention: str = "<!here>") -> dict[str, str]:
        return {"webhookUrl": f"{self.world.url}/slack{self.WEBHOOK_PATH}", "oncallMention": mention}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        with self._one_at_a_time:
            response = self.answer(Request(environ))
        return response(environ, start_response)

    def answer(self, request: Request) -> Response:
        if request.path == "/api/api.test":  # needs no token; a function may use it to open the connection
            return _json({"ok": True})
        fault = self.faults.take()
        webhook = request.path.startswith("/services/")
        try:
            if fault == faults.SERVER_ERROR:
                return Response("upstream request failed", 500, content_type="text/plain")
            if fault == faults.RATE_LIMITED:
                raise TooFastError(30)
            if fault and fault.startswith(faults.OK_FALSE):
                raise RefusedError(fault.removeprefix(faults.OK_FALSE))
            if webhook:
                self._webhook(request)
                response = Response("ok", content_type="text/html")
            else:
                response = _json({"ok": True, **self._method(request)})
        except TooFastError as wait:
            response = _too_many(wait.seconds, webhook)
        except RefusedError as refused:
            response = _refusal(refused, webhook)
        if fault == faults.HANG_UP_AFTER_POSTING:
            raise DroppedError("the answer is lost")
        return response

    def _method(self, request: Request) -> dict[str, Any]:
        method = {"/api/chat.postMessage": self._post, "/api/chat.update": self._update}.get(request.path)
        if method is None or request.method != "POST":
            raise RefusedError("unknown_method")
        self._authenticate(request.headers.get("Authorization", ""))
        return method(arguments.read(request))

    def _authenticate(self, header: str) -> None:
        if not header.startswith("Bearer "):
            raise RefusedError("not_authed")
        answer = self.tokens.get(header.removeprefix("Bearer "), "invalid_auth")
        if answer is not None:
            raise RefusedError(answer)

    def _post(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(given.get("channel"))
        message = self._deliver(channel, given)
        return {"channel": channel.id, "ts": message.ts, "message": message.as_slack_shows_it()}

    def _update(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(given.get("channel"))
        message = channel.messages.get(given.get("ts", ""))
        if message is None:
            raise RefusedError("message_not_found")
        arguments.check(given)
        self._slow_down("chat.update", limits.UPDATES_PER_SECOND, limits.UPDATE_BURST)
        message.text = arguments.text(given)
        message.blocks = given.get("blocks", [])
        message.attachments = given.get("attachments", [])
        self._record(channel, message, edited=True)
        return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_slack_shows_it()}

    def _webhook(self, request: Request) -> None:
        channel = self.webhooks.get(request.path)
        if channel is None:
            raise RefusedError("no_service")
        if channel.refuses:
            raise RefusedError(channel.refuses)
        self._deliver(channel, arguments.read(request))

    def _deliver(self, channel: Channel, given: dict[str, Any]) -> Message:
        arguments.check(given)
        thread_ts = given.get("thread_ts")
        if thread_ts is not None and not (isinstance(thread_ts, str) and TS.fullmatch(thread_ts)):
            raise RefusedError("invalid_thread_ts", [f"[ERROR] {thread_ts} is not a valid thread_ts"])
        self._slow_down(channel.id, limits.POSTS_PER_SECOND, self._burst)
        message = Message(
            self._time_stamps.next(self.world.clock.now()),
            channel.parent_of(thread_ts),
            arguments.text(given),
            given.get("blocks", []),
            given.get("attachments", []),
        )
        channel.messages[message.ts] = message
        self._record(channel, message, edited=False)
        return message

    def _channel(self, wanted: Any) -> Channel:
        for channel in self.channels:
            if channel.called(wanted):
                if channel.refuses:
                    raise RefusedError(channel.refuses)
                return channel
        raise RefusedError("channel_not_found")

    def _slow_down(self, what: str, per_second: float, burst: int) -> None:
        bucket = self._buckets.setdefault(what, limits.Bucket(per_second, burst))
        wait = bucket.take(self.world.clock.now())
        if wait:
            raise TooFastError(wait)

    def _record(self, channel: Channel, message: Message, edited: bool) -> None:
        self.world.record(
            "slack",
            channel=f"#{channel.name}",
            ts=message.ts,
            thread_ts=message.thread_ts,
            text=message.text,
            blocks=message.blocks,
            attachments=message.attachments,
            edited=edited,
        )


def _json(body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(body), status, headers, content_type="application/json; charset=utf-8")


def _too_many(seconds: int, webhook: bool) -> Response:
    # The two doors spell the error differently, as the real ones do.
    body: dict[str, Any] = {"ok": False, "error": "rate_limited" if webhook else "ratelimited"}
    if webhook:
        body["retry_after"] = seconds
    return _json(body, 429, {"Retry-After": str(seconds)})


def _refusal(refused: RefusedError, webhook: bool) -> Response:
    if webhook:
        word = WEBHOOK_WORD.get(refused.error, refused.error)
        return Response(word, WEBHOOK_STATUS.get(word, 400), content_type="text/html")
    body: dict[str, Any] = {"ok": False, "error": refused.error}
    if refused.messages:
        body["response_metadata"] = {"messages": refused.messages}
    return _json(body)
