"""Slack's mrkdwn as safe HTML: the subset that messages of the night shift use.

Bold, italic, strike, code, quotes, links, mentions and emoji names. Everything else is shown as the text it is; only
``http(s)`` and ``mailto`` become links. Source: Slack docs, "Formatting message text".
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from rehearsal.player.slack_text import ANGLE, CODE, emojis, mention

TAGS = {"*": "b", "_": "i", "~": "s"}
MARK = re.compile(r"(?<![A-Za-z0-9*_~])([*_~])(?=\S)([^\n]*?\S)\1(?![A-Za-z0-9])")


def to_html(text: str) -> Markup:
    """The parts in code marks are taken out first: nothing is marked up inside them."""
    done: list[Markup] = []
    position = 0
    for code in CODE.finditer(text):
        done.append(_prose(text[position : code.start()]))
        block, inline = code.groups()
        done.append(Markup("<pre>{}</pre>").format(_plain(block.strip("\n"))) if block else _inline_code(inline or ""))
        position = code.end()
    done.append(_prose(text[position:]))
    return Markup("").join(done)


def plain_to_html(text: str, with_emoji: bool = True) -> Markup:
    """A plain_text object: only line breaks and, if it says so, emoji names mean something."""
    return _lines(_plain(emojis(text) if with_emoji else text))


def safe_url(url: str) -> str | None:
    """The address if a page may link to it, else None (``javascript:`` and the like)."""
    parts = urlsplit(html.unescape(url))
    safe = (parts.scheme in ("http", "https") and parts.netloc) or parts.scheme == "mailto"
    return html.unescape(url) if safe else None


def _inline_code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(_plain(text))


def _plain(text: str) -> Markup:
    return escape(html.unescape(text))


def _prose(text: str) -> Markup:
    """Angle brackets first, because a label may hold marks; what stands between them is marked up piece by piece."""
    kept: list[Markup] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(_angle(match))
        return f"\0{len(kept) - 1}\0"

    marked = _marks(emojis(ANGLE.sub(keep, text.replace("\0", ""))))
    whole = re.sub("\0(\\d+)\0", lambda match: str(kept[int(match.group(1))]), str(marked))
    return _lines(_quotes(Markup(whole)))


def _marks(text: str) -> Markup:
    done: list[Markup] = []
    position = 0
    for match in MARK.finditer(text):
        tag = Markup(TAGS[match.group(1)])
        done.append(_plain(text[position : match.start()]))
        done.append(Markup("<{0}>{1}</{0}>").format(tag, _marks(match.group(2))))
        position = match.end()
    done.append(_plain(text[position:]))
    return Markup("").join(done)


def _angle(match: re.Match[str]) -> Markup:
    target, label = match.group(1), match.group(2)
    name = mention(target, label)
    if name is not None:
        return Markup('<span class="mention">{}</span>').format(html.unescape(name))
    url = safe_url(target)
    if url is None:
        return _plain(match.group(0))
    return link(url, _plain(label or target.removeprefix("mailto:")))


def link(url: str, label: Markup | str, kind: str = "link") -> Markup:
    return Markup('<a class="{}" href="{}" rel="noopener noreferrer">{}</a>').format(kind, url, label)


def _quotes(text: Markup) -> Markup:
    """Lines that begin with ``>`` (which arrives escaped) are a quotation."""
    parts = re.split(r"(?m)((?:^&gt;[^\n]*\n?)+)", str(text))
    for index in range(1, len(parts), 2):
        inner = re.sub(r"(?m)^&gt; ?", "", parts[index]).rstrip("\n")
        parts[index] = f"<blockquote>{inner}</blockquote>"
    return Markup("".join(parts))


def _lines(text: Markup) -> Markup:
    return Markup(str(text).replace("\n", "<br>"))
