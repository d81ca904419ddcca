"""A Slack message as plain text: Block Kit and mrkdwn without their marks; of a link what one reads.

Source: Slack docs, "Formatting message text": links and mentions in angle brackets, and &amp; &lt; &gt; for the three
characters that are escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

ANGLE = re.compile(r"<([^<>|]+)(?:\|([^<>]+))?>")
MARKS = re.compile(r"(?<![^\s(（「『、。:：])([*_~])(\S(?:[^\n]*?\S)?)\1(?![A-Za-z0-9])")
EMOJI = re.compile(r":([a-z0-9_+-]+):")
# Slack's names for the emoji that notices use; others keep their name. Source: the short names of Unicode's emoji in
# iamcal/emoji-data, which Slack uses.
EMOJIS = {
    "rotating_light": "🚨",
    "red_circle": "🔴",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "large_green_circle": "🟢",
    "large_blue_circle": "🔵",
    "white_check_mark": "✅",
    "warning": "⚠️",
    "information_source": "ℹ️",
    "x": "❌",
    "bell": "🔔",
    "moon": "🌔",
    "crescent_moon": "🌙",
    "hourglass_flowing_sand": "⏳",
    "chart_with_upwards_trend": "📈",
    "key": "🔑",
}
CODE = re.compile(r"```(.*?)```|`([^`\n]+)`", re.DOTALL)


def lines(facts: Mapping[str, Any]) -> list[str]:
    """What one reads in Slack: the blocks if there are any, else the text; then the attachments."""
    found = list(_blocks(facts.get("blocks", []))) or plain(facts.get("text", "")).splitlines()
    for attachment in facts.get("attachments", []):
        found += _attachment(attachment)
    found = [line for line in found if line.strip()]
    return [line for line, above in zip(found, [None, *found], strict=False) if line != above]


def everything(facts: Mapping[str, Any]) -> str:
    """All texts of a message, the fallback text included, for looking something up in it."""
    return "\n".join([plain(facts.get("text", "")), *lines(facts)])


def normal(text: str) -> str:
    """White space does not count when texts are compared."""
    return " ".join(text.split())


def plain(mrkdwn: str) -> str:
    text = CODE.sub(lambda match: match.group(1) or match.group(2), mrkdwn)
    text = ANGLE.sub(_angle, text)
    for _ in range(3):  # *_both_*
        text = MARKS.sub(r"\2", text)
    return html.unescape(emojis(text))


def emojis(text: str) -> str:
    return EMOJI.sub(lambda match: EMOJIS.get(match.group(1), match.group(0)), text)


def mention(target: str, label: str | None) -> str | None:
    """``@here`` for ``!here``, ``@U123`` for ``@U123``, ``#night`` for ``#C1|night``; None for a link."""
    if target.startswith("!date"):
        return label or target
    if target.startswith("!"):
        return "@" + (label or target[1:].split("^")[-1]).lstrip("@")
    if target.startswith(("@", "#")):
        return target[0] + (label or target[1:]).lstrip("@#")
    return None


def _angle(match: re.Match[str]) -> str:
    target, label = match.group(1), match.group(2)
    return mention(target, label) or label or target


def _blocks(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "section":
                yield from _text(block.get("text")).splitlines()
                yield from _fields(block.get("fields", []))
            case "header":
                yield _text(block["text"])
            case "context":
                yield "  ".join(_text(item) for item in block["elements"])
            case "actions":
                yield "  ".join(f"[{_text(item.get('text'))}]" for item in block["elements"])
            case "markdown":
                yield from block["text"].splitlines()
            case "image":
                yield block["alt_text"]


def _fields(fields: list[dict[str, Any]]) -> Iterator[str]:
    """Two columns. A field that is bold as a whole names the one beside it, or what stands below it."""
    name = ""
    for field in fields:
        if not name and re.fullmatch(r"\*[^*\n]+\*", field["text"]):
            name = _text(field)
            continue
        above, _, below = _text(field).partition("\n")
        yield f"{name}: {above} {below}".rstrip() if name else f"{above}: {below}" if below else above
        name = ""
    if name:
        yield name


def _text(item: dict[str, Any] | None) -> str:
    if item is None:
        return ""
    if item["type"] == "image":
        return item["alt_text"]
    if item["type"] == "mrkdwn":
        return plain(item["text"])
    return html.unescape(item["text"] if item.get("emoji") is False else emojis(item["text"]))


def _attachment(attachment: dict[str, Any]) -> list[str]:
    if "blocks" in attachment:
        return list(_blocks(attachment["blocks"]))
    found = [plain(attachment[name]) for name in ("pretext", "title", "text") if attachment.get(name)]
    found += [f"{field.get('title', '')}: {plain(field.get('value', ''))}" for field in attachment.get("fields", [])]
    return "\n".join(found).splitlines()
