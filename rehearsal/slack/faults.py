"""Faults that a rehearsal asks Slack to have."""

from __future__ import annotations

from collections import deque

RATE_LIMITED = "rate_limited"  # HTTP 429 with Retry-After, nothing posted
SERVER_ERROR = "500"  # HTTP 500, nothing posted
HANG_UP_AFTER_POSTING = "hang-up after posting"  # the message is there, but the answer never arrives
OK_FALSE = "ok:false "  # followed by the error: 'ok:false fatal_error'


class Faults:
    def __init__(self) -> None:
        self._next: deque[str] = deque()

    def fail_next(self, times: int, kind: str) -> None:
        """The next ``times`` calls fail. Kinds: the constants above; anything else is refused at once."""
        known = kind in (RATE_LIMITED, SERVER_ERROR, HANG_UP_AFTER_POSTING)
        if not known and not (kind.startswith(OK_FALSE) and kind != OK_FALSE):
            raise ValueError(f"no such fault: {kind}")
        self._next.extend([kind] * times)

    def take(self) -> str | None:
        return self._next.popleft() if self._next else None
