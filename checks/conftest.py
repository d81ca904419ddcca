"""Prints the table of the template's systems at the end of a run that checked its rules."""

from __future__ import annotations

import re

import pytest

from checks.template.rows import ROWS, judge

RULE = re.compile(r"::test_rule_holds\[(.+)]$")
TEST = re.compile(r"::(test_\w+)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes: dict[str, bool] = {}
    for passed, kinds in ((True, ("passed",)), (False, ("failed", "error", "skipped"))):
        for report in (report for kind in kinds for report in terminalreporter.stats.get(kind, [])):
            name = RULE.search(report.nodeid) or TEST.search(report.nodeid)
            if name and report.nodeid.startswith("checks/"):
                outcomes[name.group(1)] = outcomes.get(name.group(1), True) and passed
    # Someone who runs a single test wants to see that test.
    if not any(proof in outcomes for row in ROWS for proof in row.shown_by if not proof.startswith("test_")):
        return
    terminalreporter.section("systems of the template")
    for row in ROWS:
        terminalreporter.write_line(f"{row.number:>3}  {row.name:<38} {judge(row, outcomes)}")
    held = sum(judge(row, outcomes) == "holds" for row in ROWS)
    terminalreporter.write_line(f"{held} of {len(ROWS)} hold")
