"""The rule of a composite alarm: ALARM("a") AND NOT OK("b").

CloudWatch API Reference, PutCompositeAlarm, "AlarmRule".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

TOKEN = re.compile(
    r"\s*(?:(?P<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:\"(?P<quoted>[^\"]+)\"|(?P<bare>[^\s()\"]+))\s*\)"
    r"|(?P<word>AND|OR|NOT|TRUE|FALSE)\b|(?P<sign>[()]))"
)
StateOf = Callable[[str], str]
Node = Callable[[StateOf], bool]


class AlarmRuleError(ValueError):
    """The rule does not follow the grammar."""


@dataclass(frozen=True)
class AlarmRule:
    holds: Node
    children: tuple[str, ...]  # alarm names, in the order of the rule


def parse(rule: str) -> AlarmRule:
    """Raises AlarmRuleError."""
    parser = _Parser(rule)
    node = parser.either()
    if parser.tokens:
        raise AlarmRuleError(f"AlarmRule: unexpected {parser.tokens[0][1]!r}")
    return AlarmRule(node, tuple(dict.fromkeys(parser.children)))


class _Parser:
    def __init__(self, rule: str) -> None:
        self.children: list[str] = []
        self.tokens: list[tuple[str, str]] = []
        place, text = 0, rule.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise AlarmRuleError(f"AlarmRule: unexpected {text[place:].strip()!r}")
            if found["state"]:
                self.tokens.append((found["state"], (found["quoted"] or found["bare"]).split(":alarm:")[-1]))
            else:
                self.tokens.append(("sign", found["word"] or found["sign"]))
            place = found.end()

    def _accept(self, sign: str) -> bool:
        if self.tokens and self.tokens[0] == ("sign", sign):
            self.tokens.pop(0)
            return True
        return False

    def either(self) -> Node:
        parts = [self.both()]
        while self._accept("OR"):
            parts.append(self.both())
        return lambda state_of: any(part(state_of) for part in parts)

    def both(self) -> Node:
        parts = [self.one()]
        while self._accept("AND"):
            parts.append(self.one())
        return lambda state_of: all(part(state_of) for part in parts)

    def one(self) -> Node:
        if self._accept("NOT"):
            inner = self.one()
            return lambda state_of: not inner(state_of)
        if self._accept("("):
            inner = self.either()
            if not self._accept(")"):
                raise AlarmRuleError("AlarmRule: a ')' is missing")
            return inner
        if not self.tokens:
            raise AlarmRuleError("AlarmRule: something is missing at the end")
        kind, name = self.tokens.pop(0)
        if kind == "sign":
            if name not in ("TRUE", "FALSE"):
                raise AlarmRuleError(f"AlarmRule: unexpected {name!r}")
            return lambda _: name == "TRUE"
        self.children.append(name)
        return lambda state_of: state_of(name) == kind
