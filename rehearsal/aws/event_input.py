"""What a rule's target gets: the event, a part of it, a constant, or a text made from it.

Source: EventBridge User Guide, "Amazon EventBridge input transformation".
"""

from __future__ import annotations

import json
import re
from typing import Any

STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\['([^']+)'\]")
PLACEHOLDER = re.compile(r"<([\w.\-]+)>")
_MISSING = object()


def for_target(target: dict[str, Any], rule_arn: str, rule_name: str, event: dict[str, Any]) -> str:
    """The payload as text; JSON but for a transformer whose template is a plain string."""
    if target.get("Input") is not None:
        return str(target["Input"])
    if target.get("InputPath") is not None:
        part = at_path(event, target["InputPath"])
        return json.dumps(None if part is _MISSING else part, ensure_ascii=False)
    transformer = target.get("InputTransformer")
    if transformer is None:
        return json.dumps(event, ensure_ascii=False)
    values = {name: at_path(event, path) for name, path in (transformer.get("InputPathsMap") or {}).items()}
    values |= {
        "aws.events.rule-arn": rule_arn,
        "aws.events.rule-name": rule_name,
        "aws.events.event.ingestion-time": event["time"],
        "aws.events.event": {name: part for name, part in event.items() if name != "detail"},
        "aws.events.event.json": event,
    }
    return transform(transformer["InputTemplate"], values)


def at_path(event: dict[str, Any], path: str) -> Any:
    """The part at a simple JSON path such as ``$.detail.containers[0].name``; EventBridge has no filters either."""
    part: Any = event
    rest = path.removeprefix("$")
    position = 0
    while position < len(rest):
        match = STEP.match(rest, position)
        if match is None or not path.startswith("$"):
            raise NotImplementedError(f"JSON path {path}")
        name, index, quoted = match.groups()
        try:
            part = part[int(index)] if index else part[name or quoted]
        except (KeyError, IndexError, TypeError):
            return _MISSING
        position = match.end()
    return part


def transform(template: str, values: dict[str, Any]) -> str:
    """Fills in the placeholders.

    Within quotes a value is written as text, elsewhere as JSON. A path that the event lacks makes no variable: nothing
    is written in its place.
    """
    written, position, quoted = [], 0, False
    for match in PLACEHOLDER.finditer(template):
        between = template[position : match.start()]
        quoted ^= len(re.findall(r'(?<!\\)"', between)) % 2 == 1
        if match[1] not in values:
            raise ValueError(f"InputTransformer: the template uses <{match[1]}>, which InputPathsMap does not define")
        written += [between, _written(values[match[1]], quoted)]
        position = match.end()
    return "".join([*written, template[position:]])


def _written(value: Any, quoted: bool) -> str:
    if value is _MISSING:
        return ""
    if not quoted:
        return json.dumps(value, ensure_ascii=False)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return json.dumps(text, ensure_ascii=False)[1:-1]
