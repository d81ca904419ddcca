"""``python -m rehearsal day`` plays a sale day, ``week`` a week of troubles, ``faults`` kills every function."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rehearsal.stage import ROOT


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rehearsal", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    day = commands.add_parser("day", help="play the sale day of a calendar")
    day.add_argument("--sales", type=Path, default=ROOT / "rehearsal" / "sales.json", help="a sale calendar")
    day.add_argument("--report", type=Path, default=ROOT / "rehearsal" / "target" / "report" / "index.html")
    day.add_argument("--day", type=int, default=1, help="which of the calendar's sale days, from 1")
    week = commands.add_parser("week", help="play a week with a sale and a trouble on every evening")
    week.add_argument("--report", type=Path, default=ROOT / "rehearsal" / "target" / "week" / "index.html")
    faults = commands.add_parser("faults", help="kill every function before and after each outside call")
    faults.add_argument("--only", default="", help="scenarios whose name contains this")
    for command in (day, week, faults):
        command.add_argument("--seed", type=int, default=1, help="another seed, another course of chance")
        command.add_argument("--template", type=Path, default=ROOT / "template.yaml")
    given = parser.parse_args(arguments)
    if given.command == "day":
        from rehearsal.player import day as player

        return player.play(given.sales, given.seed, given.template, given.report, given.day)
    if given.command == "week":
        from rehearsal.player import week as weeks

        return weeks.play(given.seed, given.template, given.report)
    from rehearsal.faults import scenarios

    return scenarios.run(given.only, given.seed, given.template)


if __name__ == "__main__":
    sys.exit(main())
