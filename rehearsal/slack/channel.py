"""What a Slack workspace remembers: its channels, their messages and threads, and the order of time stamps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

TS = re.compile(r"\d{10}\.\d{6}")


@dataclass
class Message:
    ts: str
    thread_ts: str | None  # the parent's ts, or None at the top level
    text: str
    blocks: list[Any]
    attachments: list[Any]

    def as_slack_shows_it(self) -> dict[str, Any]:
        shown = {"type": "message", "subtype": "bot_message", "bot_id": "B0YAKIN", "ts": self.ts, "text": self.text}
        optional = {"thread_ts": self.thread_ts, "blocks": self.blocks, "attachments": self.attachments}
        return shown | {name: value for name, value in optional.items() if value}


@dataclass
class Channel:
    id: str
    name: str  # without the #
    refuses: str | None = None  # 'is_archived', 'not_in_channel': what a post is answered with
    messages: dict[str, Message] = field(default_factory=dict)

    def called(self, wanted: Any) -> bool:
        return wanted in (self.id, self.name, f"#{self.name}")

    def parent_of(self, thread_ts: str | None) -> str | None:
        """The ts under which a reply lands, or None for the top level.

        A reply to a parent that Slack does not know is no error: it becomes a top-level message, and the only sign is
        the missing ``message.thread_ts`` in the answer (slack-go/slack issue 1571). We treat a reply to a reply the
        same way; Slack's documentation only says not to do it.
        """
        parent = self.messages.get(thread_ts) if thread_ts else None
        return parent.ts if parent and parent.thread_ts is None else None


class TimeStamps:
    """``ts``: seconds, then a number that tells the messages of one workspace apart; unique and increasing."""

    def __init__(self) -> None:
        self._number = 0

    def next(self, now: datetime) -> str:
        self._number += 1
        return f"{int(now.timestamp())}.{self._number:06d}"
