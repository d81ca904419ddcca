"""What of a world's evidence belongs to the day that was played, and not to the deploy before it."""

from __future__ import annotations

from datetime import datetime

from rehearsal.aws.world import Call, Record, World

# How things stand, told only when they change: the last word before the day is how the day begins.
STANDING = {"tasks": "service", "bounds": "service", "desired": "service", "database": "instance"}


def of_the_day(world: World, begins: datetime) -> tuple[list[Record], list[Call]]:
    standing: dict[tuple[str, str], Record] = {}
    for record in world.records:
        if record.at < begins and record.kind in STANDING:
            standing[record.kind, record.facts[STANDING[record.kind]]] = record
    records = [*standing.values(), *(record for record in world.records if record.at >= begins)]
    return sorted(records, key=lambda record: record.at), [call for call in world.calls if call.at >= begins]
