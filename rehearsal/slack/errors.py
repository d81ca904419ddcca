"""How Slack says no."""

from __future__ import annotations


class RefusedError(Exception):
    """Slack says no: the error's name, and what a developer would read in response_metadata."""

    def __init__(self, error: str, messages: list[str] | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []


class TooFastError(Exception):
    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
