"""Compares with a file that a person has looked at. ``UPDATE_GOLDEN=1`` writes it anew; then look at the difference."""

from __future__ import annotations

import os
from pathlib import Path

DIRECTORY = Path(__file__).with_name("golden")


def same(name: str, text: str) -> None:
    path = DIRECTORY / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"differs from {path.name}; UPDATE_GOLDEN=1 accepts it"
