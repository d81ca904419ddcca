"""What a linter should see: parameters and conditions decided, references between resources kept.

cfn-lint tries every combination of the template's conditions on every resource, which takes it a quarter of a minute
for each set. A decided template takes a quarter of that; and most resources look the same in most sets, so ``union``
holds each shape of each resource once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from checks.template.model import Stack, Template

NAME = re.compile(r"\$\{([^!}][^}]*)}")


class Flat(Stack):
    """As CloudFormation sees the template after it has read the parameters."""

    def ref(self, name: str) -> Any:
        return {"Ref": name} if name in self._template["Resources"] or self._is_pseudo(name) else super().ref(name)

    def get_att(self, argument: list[str] | str) -> Any:
        return {"Fn::GetAtt": argument.split(".", 1) if isinstance(argument, str) else argument}

    def select(self, argument: list[Any]) -> Any:
        is_zone = isinstance(argument[1], dict) and "Fn::GetAZs" in argument[1]
        return {"Fn::Select": argument} if is_zone else super().select(argument)

    def sub(self, argument: str | list[Any]) -> Any:
        text, variables = (argument, {}) if isinstance(argument, str) else argument
        kept: dict[str, Any] = {}

        def replacement(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in variables:
                value = self.value(variables[name])
                if not isinstance(value, dict):
                    return str(value)
                kept[name] = value
            elif "." not in name and name not in self._template["Resources"] and not self._is_pseudo(name):
                return str(self.ref(name))
            return match.group(0)

        replaced = NAME.sub(replacement, text)
        if kept:
            return {"Fn::Sub": [replaced, kept]}
        return {"Fn::Sub": replaced} if NAME.search(replaced) else replaced

    def bodies(self) -> dict[str, dict[str, Any]]:
        """The resources as they stand in a template without parameters and conditions."""
        found = {}
        for name, resource in self.resources.items():
            attributes = {key: value for key, value in resource.attributes.items() if key != "Condition"}
            if "DependsOn" in attributes:
                asked = attributes["DependsOn"]
                asked = [asked] if isinstance(asked, str) else asked
                attributes["DependsOn"] = [other for other in asked if other in self.resources]
            found[name] = {"Type": resource.type, **attributes, "Properties": resource.properties}
        return found

    @staticmethod
    def _is_pseudo(name: str) -> bool:
        return name.startswith("AWS::") and name != "AWS::NoValue"


def union(template: Template, sets: Iterable[dict[str, str]]) -> dict[str, Any]:
    """Every shape that a resource or an output has in any of the sets, once. The second is called ``<name>Shape2``.

    References go to the first shape of a resource: what a linter checks of them, its type, is the same for all.
    """
    resources: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    seen: dict[str, list[str]] = {}

    def add(into: dict[str, Any], name: str, body: dict[str, Any]) -> None:
        shapes, shape = seen.setdefault(name, []), json.dumps(body, sort_keys=True)
        if shape not in shapes:
            shapes.append(shape)
            into[name if len(shapes) == 1 else f"{name}Shape{len(shapes)}"] = body

    for parameters in sets:
        stack = Flat(template.translated, parameters)
        for name, body in stack.bodies().items():
            add(resources, name, body)
        for name, value in stack.outputs.items():
            add(outputs, name, {"Value": value})
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources, "Outputs": outputs}
