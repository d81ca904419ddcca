"""The arguments of a call: read from the request, and refused where Slack refuses them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from werkzeug.wrappers import Request

from rehearsal.slack import block_kit, limits
from rehearsal.slack.errors import RefusedError


def read(request: Request) -> dict[str, Any]:
    """JSON or a form; in a form, lists are JSON texts, and a webhook's form holds everything in ``payload``."""
    body = request.get_data(as_text=True)
    if request.mimetype == "application/x-www-form-urlencoded":
        form = {name: values[-1] for name, values in parse_qs(body).items()}
        if "payload" in form:
            return _object(form["payload"])
        return form | {name: _parsed(form[name]) for name in ("blocks", "attachments") if name in form}
    if request.mimetype != "application/json":
        raise RefusedError("invalid_payload" if request.path.startswith("/services/") else "invalid_post_type")
    return _object(body)


def _object(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError as wrong:
        raise RefusedError("invalid_json") from wrong
    if not isinstance(value, dict):
        raise RefusedError("json_not_object")
    return value


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


def text(arguments: dict[str, Any]) -> str:
    return arguments.get("text", "")[: limits.TEXT_CHARACTERS]


def check(arguments: dict[str, Any]) -> None:
    blocks, attachments = arguments.get("blocks", []), arguments.get("attachments", [])
    if not (isinstance(arguments.get("text", ""), str) and isinstance(attachments, list)):
        raise RefusedError("invalid_arguments")
    if not (arguments.get("text") or blocks or attachments):
        raise RefusedError("no_text")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise RefusedError("invalid_blocks_format")
    if blocks and (found := block_kit.problems(blocks)):
        raise RefusedError("invalid_blocks", [f"[ERROR] {problem}" for problem in found])
    if len(attachments) > limits.ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    _check_attachments(attachments)
    if block_kit.characters([blocks, attachments]) > limits.BLOCKS_CHARACTERS:
        raise RefusedError("msg_blocks_too_long")


def _check_attachments(attachments: list[Any]) -> None:
    for index, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            raise RefusedError("invalid_attachments")
        if "blocks" not in attachment:
            continue
        # Beside blocks only the colour and the fallback are allowed (Slack docs, "Legacy: Attachments"); other
        # properties are answered with invalid_keys (slackapi/node-slack-sdk pull request 832).
        if attachment.keys() - {"blocks", "color", "fallback"}:
            raise RefusedError("invalid_attachments", ["[ERROR] invalid_keys"])
        if found := block_kit.problems(attachment["blocks"], f"/attachments/{index}/blocks"):
            raise RefusedError("invalid_attachments", [f"[ERROR] {problem}" for problem in found])
