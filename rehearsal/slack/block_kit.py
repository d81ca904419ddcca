"""Says what Slack would dislike about the blocks of a message, in Slack's words and with its JSON pointers.

The blocks that carry our messages are described in ``SHAPES``, strictly: an unknown property is refused, as Slack does.
Interactive elements that we do not describe ourselves (selects, pickers) are checked by the models of slack_sdk.

Sources: Slack docs, reference of each block and composition object; the form of the answers is that of published ones,
for example "must be less than 3001 characters [json-pointer:/blocks/0/text/text]".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import BlockElement

from rehearsal.slack import limits

Check = Callable[[Any, str], Iterator[str]]
REQUIRED = True
OPTIONAL = False


def problems(blocks: list[Any], pointer: str = "/blocks") -> list[str]:
    """Nothing when Slack would accept the blocks. ``blocks`` is a list of objects; else it is invalid_blocks_format."""
    found = list(items(limits.BLOCKS, block)(blocks, pointer))
    ids = [one["block_id"] for one in blocks if isinstance(one, dict) and isinstance(one.get("block_id"), str)]
    if len(ids) != len(set(ids)):
        found.append(f"block_id must be unique [json-pointer:{pointer}]")
    return found


def characters(blocks: list[Any]) -> int:
    """All the text of the blocks, as far as it counts for ``msg_blocks_too_long``."""
    if isinstance(blocks, dict):
        own = blocks.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(
            characters(value) for value in blocks.values() if isinstance(value, (dict, list))
        )
    return sum(characters(value) for value in blocks if isinstance(value, (dict, list)))


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"must be a string [json-pointer:{at}]"
        elif len(value) < least:
            yield f"must be more than {least - 1} characters [json-pointer:{at}]"
        elif len(value) > most:
            yield f"must be less than {most + 1} characters [json-pointer:{at}]"

    return check


def boolean(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"must be a boolean [json-pointer:{at}]"


def url(value: Any, at: str) -> Iterator[str]:
    yield from string(limits.URL)(value, at)
    if isinstance(value, str) and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).netloc):
        yield f"must be a valid URL [json-pointer:{at}]"


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield f"must be one of {', '.join(allowed)} [json-pointer:{at}]"

    return check


def anything(value: Any, at: str) -> Iterator[str]:  # noqa: ARG001
    yield from ()


def items(most: int, each: Check) -> Check:
    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"must be an array [json-pointer:{at}]"
            return
        if not value:
            yield f"must be more than 0 items [json-pointer:{at}]"
        if len(value) > most:
            yield f"no more than {most} items allowed [json-pointer:{at}]"
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object. ``emoji`` belongs to plain_text, ``verbatim`` to mrkdwn (Slack docs, "Text object")."""
    extra = {"plain_text": "emoji", "mrkdwn": "verbatim"}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"must be an object [json-pointer:{at}]"
            return
        kind = value.get("type")
        if kind not in kinds:
            yield f"must be one of the allowed types: {', '.join(kinds)} [json-pointer:{at}/type]"
            return
        fields = {"type": (REQUIRED, anything), "text": (REQUIRED, string(most)), extra[kind]: (OPTIONAL, boolean)}
        yield from keys(value, fields, at)

    return check


def keys(value: dict[str, Any], shape: dict[str, tuple[bool, Check]], at: str) -> Iterator[str]:
    for name in value.keys() - shape.keys():
        yield f"invalid additional property: {name} [json-pointer:{at}]"
    for name, (required, check) in shape.items():
        if name in value:
            yield from check(value[name], f"{at}/{name}")
        elif required:
            yield f"missing required field: {name} [json-pointer:{at}]"


def element(value: Any, at: str) -> Iterator[str]:
    """An interactive element or an image, as accessory of a section or in an actions block."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind in ELEMENTS:
        yield from keys(value, {"type": (REQUIRED, anything), **ELEMENTS[kind]}, at)
        return
    try:
        parsed = BlockElement.parse(value)
        if parsed is None:
            yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        else:
            parsed.validate_json()
    except (SlackObjectFormationError, TypeError, AttributeError) as wrong:
        yield f"{wrong} [json-pointer:{at}]"


def context_element(value: Any, at: str) -> Iterator[str]:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    yield from element(value, at) if is_image else text(limits.TEXT_OBJECT, "plain_text", "mrkdwn")(value, at)


def block(value: Any, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in SHAPES:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    common = {"type": (REQUIRED, anything), "block_id": (OPTIONAL, string(limits.BLOCK_ID))}
    yield from keys(value, {**common, **SHAPES[kind]}, at)
    if kind == "section" and not (value.keys() & {"text", "fields"}):
        yield f"missing required field: text or fields [json-pointer:{at}]"


IMAGE = {"image_url": (REQUIRED, url), "alt_text": (REQUIRED, string(limits.ALT_TEXT))}

ELEMENTS: dict[str, dict[str, tuple[bool, Check]]] = {
    "image": IMAGE,
    "button": {
        "text": (REQUIRED, text(limits.BUTTON_TEXT, "plain_text")),
        "action_id": (OPTIONAL, string(limits.ACTION_ID)),
        "url": (OPTIONAL, url),
        "value": (OPTIONAL, string(limits.BUTTON_VALUE)),
        "style": (OPTIONAL, one_of("primary", "danger")),
        "confirm": (OPTIONAL, anything),
        "accessibility_label": (OPTIONAL, string(limits.BUTTON_TEXT)),
    },
}

SHAPES: dict[str, dict[str, tuple[bool, Check]]] = {
    "section": {
        "text": (OPTIONAL, text(limits.SECTION_TEXT, "plain_text", "mrkdwn")),
        "fields": (
            OPTIONAL,
            items(limits.SECTION_FIELDS, text(limits.SECTION_FIELD_TEXT, "plain_text", "mrkdwn")),
        ),
        "accessory": (OPTIONAL, element),
        "expand": (OPTIONAL, boolean),
    },
    "header": {"text": (REQUIRED, text(limits.HEADER_TEXT, "plain_text"))},
    "divider": {},
    "context": {"elements": (REQUIRED, items(limits.CONTEXT_ELEMENTS, context_element))},
    "actions": {"elements": (REQUIRED, items(limits.ACTIONS_ELEMENTS, element))},
    "image": {**IMAGE, "title": (OPTIONAL, text(limits.IMAGE_TITLE, "plain_text"))},
    "markdown": {"text": (REQUIRED, string(limits.MARKDOWN_TEXT))},
}
