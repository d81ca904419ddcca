"""How a rule is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checks.template.model import Template

Finding = str


@dataclass(frozen=True)
class Rule:
    name: str
    findings: Callable[[Template], Iterator[Finding]]


RULES: dict[str, Rule] = {}


def rule(check: Callable[[Template], Iterator[Finding]]) -> Callable[[Template], Iterator[Finding]]:
    """Registers a rule under the name of its function, in words."""
    name = check.__name__.replace("_", " ")
    RULES[name] = Rule(name, check)
    return check


def differences(wanted: dict[str, object], found: dict[str, object], where: str) -> Iterator[Finding]:
    """One finding for each entry of ``wanted`` that ``found`` has not, or has otherwise. Numbers may be text."""
    for key, value in wanted.items():
        if _plain(found.get(key)) != _plain(value):
            yield f"{where}: {key} is {found.get(key)!r}, not {value!r}"


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
