"""The table of systems names real proofs and calls nothing held that is open or broken."""

from __future__ import annotations

import re

import pytest

from checks import test_template  # noqa: F401, registers the rules
from checks.template.model import ROOT
from checks.template.rows import ROWS, Row, judge
from checks.template.rules import RULES


def test_every_proof_exists() -> None:
    tests = {
        name
        for file in (ROOT / "checks").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    for row in ROWS:
        assert not set(row.shown_by) - tests - set(RULES), f"row {row.number}"


def test_a_row_has_a_proof_or_says_what_is_missing() -> None:
    assert [row.number for row in ROWS] == sorted({row.number for row in ROWS})
    assert [row.number for row in ROWS if not row.shown_by and not row.missing] == []


@pytest.mark.parametrize(
    ("missing", "outcomes", "verdict"),
    [
        ("", {"a": True, "b": True}, "holds"),
        ("", {"a": True, "b": False}, "BROKEN: b"),
        ("", {"a": True}, "not run: b"),
        ("a door", {"a": True, "b": True}, "open: a door"),
        ("a door", {"a": False, "b": True}, "BROKEN: a"),
    ],
)
def test_a_row_holds_only_when_all_of_it_does(missing: str, outcomes: dict[str, bool], verdict: str) -> None:
    assert judge(Row(1, "a house", ("a", "b"), missing), outcomes) == verdict
