"""How often one may post, and how large a message may be: Slack's published figures, each with its source.

"Slack docs" are the pages of docs.slack.dev. Where Slack publishes no figure, one is taken that is not kinder than what
others have measured, so that what passes here also passes there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime

# Slack docs, "Rate limits": "chat.postMessage ... generally allows posting one message per second per channel", and
# incoming webhooks "1 per second"; "short bursts of more than 1" are allowed "but no guarantee". The size of the burst
# is not published; about 25 were once measured (RamblingCookieMonster/PSSlack issue 52). We grant less.
POSTS_PER_SECOND = 1.0
POST_BURST = 5
# Slack docs, "Rate limits", Tier 3 (chat.update): "50+ per minute", per workspace.
UPDATES_PER_SECOND = 50 / 60
UPDATE_BURST = 50

# Slack docs, "chat.postMessage": text is truncated above 40,000 characters; at most 100 attachments.
TEXT_CHARACTERS = 40_000
ATTACHMENTS = 100
# Slack docs, "Blocks": up to 50 blocks in a message.
BLOCKS = 50
# Not published: refused with msg_blocks_too_long from about 13,200 characters on (slackapi/bolt-js issue 2509).
BLOCKS_CHARACTERS = 13_200

# Slack docs, reference of each block, element and composition object.
BLOCK_ID = 255
ACTION_ID = 255
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
TEXT_OBJECT = 3_000
URL = 3_000
ALT_TEXT = 2_000
IMAGE_TITLE = 2_000
MARKDOWN_TEXT = 12_000
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000


@dataclass
class Bucket:
    """A token bucket in virtual time: ``burst`` at once, then ``per_second``."""

    per_second: float
    burst: int
    tokens: float = field(init=False)
    filled: datetime | None = None

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self, now: datetime) -> int:
        """Seconds to wait before the next try (what Slack says in Retry-After, whole and at least 1), or 0: go on."""
        if self.filled is not None:
            self.tokens = min(self.burst, self.tokens + (now - self.filled).total_seconds() * self.per_second)
        self.filled = now
        # Ten nanotokens of grace: a caller that waits exactly Retry-After must not fail by a rounding error.
        if self.tokens + 1e-8 >= 1:
            self.tokens -= 1
            return 0
        return max(1, math.ceil((1 - self.tokens) / self.per_second - 1e-8))
