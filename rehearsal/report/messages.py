"""Slack messages as they would look: which message belongs to which thread, and Block Kit as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from rehearsal.aws.world import Record
from rehearsal.player.story import Story
from rehearsal.report.mrkdwn import link, plain_to_html, safe_url, to_html

# Slack's names for colours of an attachment's bar (Slack docs, "Legacy: Attachments").
COLOURS = {"good": "#2eb67d", "warning": "#ecb22e", "danger": "#e01e5a"}


@dataclass
class Shown:
    """One message, in its last version, with its answers."""

    number: int
    channel: str
    time: str
    edited: bool
    body: Markup
    replies: list[Shown] = field(default_factory=list)


def threads(story: Story, records: list[Record]) -> list[Shown]:
    """Top-level messages in the order in which they were posted, answers below their parents."""
    by_ts: dict[str, Shown] = {}
    top: list[Shown] = []
    for record in records:
        if record.kind != "slack":
            continue
        facts = record.facts
        known = by_ts.get(facts["ts"])
        if known is not None:
            known.body, known.edited = body(facts), True
            continue
        time = f"{story.local(record.at):%H:%M}"
        shown = Shown(len(by_ts) + 1, facts["channel"], time, facts["edited"], body(facts))
        parent = by_ts.get(facts["thread_ts"] or "")
        by_ts[facts["ts"]] = shown
        (parent.replies if parent else top).append(shown)
    return top


def body(facts: Mapping[str, Any]) -> Markup:
    """With blocks, the text is only for notifications; Slack does not show it."""
    parts = blocks(facts["blocks"]) if facts["blocks"] else [_div("text", to_html(facts["text"]))]
    parts += [_attachment(each) for each in facts["attachments"]]
    return Markup("").join(parts)


def blocks(found: list[dict[str, Any]]) -> list[Markup]:
    return [_block(block) for block in found]


def _block(block: dict[str, Any]) -> Markup:
    match block["type"]:
        case "header":
            return _div("header", _text(block["text"]))
        case "section":
            return _section(block)
        case "context":
            return _div("context", Markup("").join(_span(item) for item in block["elements"]))
        case "divider":
            return Markup("<hr>")
        case "actions":
            return _div("actions", Markup("").join(_button(item) for item in block["elements"]))
        case "image":
            return _div("picture", plain_to_html(block["alt_text"]))
        case kind:
            return _div("text", plain_to_html(block["text"] if isinstance(block.get("text"), str) else f"[{kind}]"))


def _section(block: dict[str, Any]) -> Markup:
    parts = [_div("text", _text(block["text"]))] if "text" in block else []
    if "fields" in block:
        parts.append(_div("fields", Markup("").join(_div("field", _text(each)) for each in block["fields"])))
    if "accessory" in block:
        parts.append(_div("actions", _button(block["accessory"])))
    return Markup("").join(parts)


def _attachment(attachment: dict[str, Any]) -> Markup:
    colour = COLOURS.get(attachment.get("color", ""), attachment.get("color", ""))
    colour = colour if colour.startswith("#") else f"#{colour}"
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        colour = "#dddddd"  # Slack's own grey
    if "blocks" in attachment:
        parts = blocks(attachment["blocks"])
    else:
        parts = [_div("header", plain_to_html(attachment["title"]))] if attachment.get("title") else []
        parts += [_div("text", to_html(attachment[name])) for name in ("pretext", "text") if attachment.get(name)]
        pairs = [(each.get("title", ""), each.get("value", "")) for each in attachment.get("fields", [])]
        fields = [Markup("<b>{}</b><br>{}").format(name, to_html(value)) for name, value in pairs]
        parts += [_div("fields", Markup("").join(_div("field", each) for each in fields))] if fields else []
    inner = Markup("").join(parts)
    return Markup('<div class="attachment" style="border-color: {}">{}</div>').format(colour, inner)


def _text(item: dict[str, Any]) -> Markup:
    if item["type"] == "mrkdwn":
        return to_html(item["text"])
    return plain_to_html(item["text"], item.get("emoji") is not False)


def _span(item: dict[str, Any]) -> Markup:
    inner = plain_to_html(item["alt_text"]) if item["type"] == "image" else _text(item)
    return Markup("<span>{}</span>").format(inner)


def _button(item: dict[str, Any]) -> Markup:
    label = _text(item["text"]) if "text" in item else Markup("…")
    kind = "button " + (item["style"] if item.get("style") in ("primary", "danger") else "plain")
    url = safe_url(item.get("url", ""))
    return link(url, label, kind) if url else Markup('<span class="{}">{}</span>').format(kind, label)


def _div(kind: str, inner: Markup) -> Markup:
    return Markup('<div class="{}">{}</div>').format(kind, inner)
