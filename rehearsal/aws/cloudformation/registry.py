"""How a resource type is told to the engine: a function that creates it, and what an update of it does.

A creator gets the resource and a copy of its resolved properties, calls the public API and returns what ``Ref`` gives
and the attributes of ``Fn::GetAtt``. It takes out what it handles itself; what is left goes through ``shapes.call``,
which refuses unknown properties.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Made = tuple[str, dict[str, Any]]
ALPHABET = string.ascii_letters + string.digits


@dataclass
class Resource:
    """One resource of one stack. ``physical_id`` is empty until it is created."""

    logical_id: str
    type: str
    stack_name: str
    seed: int
    artifacts: Path  # where the zips of ``s3://artifacts/`` lie
    physical_id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)  # resolved, as created or last updated
    generation: int = 0  # counts replacements, so that a replacement gets a new name

    def name(self, limit: int = 128, lower: bool = False, stack: bool = True) -> str:
        """The name that CloudFormation gives: ``<stack>-<LogicalId>-<12 random characters>``, the same for a seed."""
        chance = random.Random(f"{self.seed}/{self.stack_name}/{self.logical_id}/{self.generation}")
        suffix = "".join(chance.choice(ALPHABET) for _ in range(12))
        prefix = f"{self.stack_name}-{self.logical_id}" if stack else self.logical_id
        name = f"{prefix[: limit - 13].rstrip('-')}-{suffix}"
        return name.lower() if lower else name


Creator = Callable[[Resource, dict[str, Any]], Made]
Updater = Callable[[Resource, dict[str, Any]], Made | None]
Update = Updater | Literal["again", "replace"] | None


@dataclass(frozen=True)
class Kind:
    """``update``: 'again' calls the creator again (its API is a put), 'replace' creates a new one under a new name,
    a function does it itself, and None fails the update as not emulated. ``settled`` says from the physical id
    whether CloudFormation would count the resource as stable."""

    create: Creator
    update: Update = None
    settled: Callable[[str], bool] | None = None


KINDS: dict[str, Kind] = {}
CUSTOM = "AWS::CloudFormation::CustomResource"


def kind_of(type_name: str) -> Kind | None:
    """``Custom::Anything`` is a custom resource under a name of one's own."""
    return KINDS.get(CUSTOM if type_name.startswith("Custom::") else type_name)


def creates(
    type_name: str, update: Update = None, settled: Callable[[str], bool] | None = None
) -> Callable[[Creator], Creator]:
    """Registers the creator of a type."""

    def register(creator: Creator) -> Creator:
        KINDS[type_name] = Kind(creator, update, settled)
        return creator

    return register
