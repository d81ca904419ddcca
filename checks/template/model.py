"""template.yaml as data: read, translated by SAM, and evaluated for a set of parameters.

Evaluated values name resources in angle brackets: ``!Ref DatabaseInstance`` becomes ``<DatabaseInstance>`` and
``!GetAtt DatabaseInstance.Endpoint.Address`` becomes ``<DatabaseInstance.Endpoint.Address>``.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parents[2]
REGION = "ap-northeast-1"
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "shop",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


class _Loader(yaml.CSafeLoader):
    """YAML with CloudFormation's short forms."""


def _short_form(loader: _Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if name in ("Ref", "Condition"):
        return {name: value}
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _short_form)


class _NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True)
class Resource:
    id: str
    type: str
    properties: dict[str, Any]
    attributes: dict[str, Any]  # Condition, DeletionPolicy, DependsOn ...


class Template:
    """The SAM template: its text, and what CloudFormation and SAM see in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @staticmethod
    def real() -> Template:
        return Template((ROOT / "template.yaml").read_text(encoding="utf-8"))

    @cached_property
    def source(self) -> dict[str, Any]:
        return yaml.load(self.text, _Loader)

    @cached_property
    def translated(self) -> dict[str, Any]:
        os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
        template = copy.deepcopy(self.source)
        for resource in template["Resources"].values():
            properties = resource.get("Properties", {})
            if "CodeUri" in properties:
                properties["CodeUri"] = f"s3://artifacts/{properties['CodeUri']}.zip"
        return transform(template, {}, _NoManagedPolicies())

    def stack(self, parameters: dict[str, str]) -> Stack:
        return Stack(self.translated, parameters)

    def block(self, logical_id: str) -> str:
        """The lines of one resource, as written."""
        match = re.search(rf"^  {logical_id}:\n((?:    .*\n|\n)*)", self.text, re.MULTILINE)
        return match.group(1) if match else ""


class Stack:
    """What one set of parameters makes of the translated template."""

    def __init__(self, template: dict[str, Any], parameters: dict[str, str]) -> None:
        self._template = template
        defaults = {name: p["Default"] for name, p in template["Parameters"].items() if "Default" in p}
        self.parameters: dict[str, Any] = {**defaults, **parameters}
        self._conditions: dict[str, bool] = {}

    def condition(self, name: str) -> bool:
        if name not in self._conditions:
            self._conditions[name] = bool(self.value(self._template["Conditions"][name]))
        return self._conditions[name]

    @cached_property
    def resources(self) -> dict[str, Resource]:
        found = {}
        for name, resource in self._template["Resources"].items():
            if "Condition" in resource and not self.condition(resource["Condition"]):
                continue
            attributes = {key: value for key, value in resource.items() if key not in ("Type", "Properties")}
            found[name] = Resource(name, resource["Type"], self.value(resource.get("Properties", {})), attributes)
        return found

    def of_type(self, resource_type: str) -> list[Resource]:
        return [resource for resource in self.resources.values() if resource.type == resource_type]

    def __getitem__(self, logical_id: str) -> dict[str, Any]:
        """The properties of a resource; empty when this set of parameters has no such resource."""
        resource = self.resources.get(logical_id)
        return resource.properties if resource else {}

    @cached_property
    def outputs(self) -> dict[str, Any]:
        return {
            name: self.value(output["Value"])
            for name, output in self._template.get("Outputs", {}).items()
            if "Condition" not in output or self.condition(output["Condition"])
        }

    def refused(self) -> Iterator[str]:
        """The assertions of ``Rules`` that this set of parameters breaks."""
        for rule in self._template.get("Rules", {}).values():
            if self.value(rule.get("RuleCondition", {"Fn::Equals": ["", ""]})):
                for assertion in rule["Assertions"]:
                    if not self.value(assertion["Assert"]):
                        yield assertion["AssertDescription"]

    def value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [item for item in map(self.value, value) if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (key, argument) = next(iter(value.items()))
            if key in _FUNCTIONS:
                return _FUNCTIONS[key](self, argument)
            if key.startswith("Fn::"):
                raise ValueError(f"unknown intrinsic function {key}")
        evaluated = {key: self.value(item) for key, item in value.items()}
        return {key: item for key, item in evaluated.items() if item is not NO_VALUE}

    def ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self._template["Parameters"]:
            return self.parameters[name]
        if name not in self._template["Resources"]:
            raise ValueError(f"Ref of unknown {name}")
        return f"<{name}>"

    def get_att(self, argument: list[str] | str) -> str:
        path = argument if isinstance(argument, str) else ".".join(argument)
        if path.split(".")[0] not in self._template["Resources"]:
            raise ValueError(f"GetAtt of unknown {path}")
        return f"<{path}>"

    def sub(self, argument: str | list[Any]) -> str:
        text, variables = (argument, {}) if isinstance(argument, str) else argument

        def replacement(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in variables:
                return str(self.value(variables[name]))
            return str(self.ref(name) if "." not in name else self.get_att(name))

        return re.sub(r"\$\{([^!}][^}]*)}", replacement, text)

    def select(self, argument: list[Any]) -> Any:
        return self.value(argument[1])[int(argument[0])]

    def find_in_map(self, argument: list[Any]) -> Any:
        name, first, second = (self.value(part) for part in argument)
        return self._template["Mappings"][name][first][second]

    def choose(self, argument: list[Any]) -> Any:
        name, then, otherwise = argument
        return self.value(then if self.condition(name) else otherwise)


_FUNCTIONS: dict[str, Callable[[Stack, Any], Any]] = {
    "Ref": lambda stack, name: stack.ref(name),
    "Condition": lambda stack, name: (
        stack.condition(name) if isinstance(name, str) else {"Condition": stack.value(name)}
    ),
    "Fn::GetAtt": lambda stack, argument: stack.get_att(argument),
    "Fn::Sub": lambda stack, argument: stack.sub(argument),
    "Fn::FindInMap": Stack.find_in_map,
    "Fn::If": Stack.choose,
    "Fn::Equals": lambda stack, pair: str(stack.value(pair[0])) == str(stack.value(pair[1])),
    "Fn::Not": lambda stack, one: not stack.value(one[0]),
    "Fn::And": lambda stack, all_: all(stack.value(one) for one in all_),
    "Fn::Or": lambda stack, any_: any(stack.value(one) for one in any_),
    "Fn::Select": lambda stack, pair: stack.select(pair),
    "Fn::Split": lambda stack, pair: str(stack.value(pair[1])).split(pair[0]),
    "Fn::Join": lambda stack, pair: pair[0].join(map(str, stack.value(pair[1]))),
    "Fn::GetAZs": lambda stack, region: [f"{REGION}a", f"{REGION}c", f"{REGION}d"],
}
