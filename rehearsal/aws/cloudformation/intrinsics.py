"""Intrinsic functions, conditions, pseudo parameters and dynamic references of a template.

AWS documentation: "Intrinsic function reference", "Using dynamic references to specify template values".
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError
from rehearsal.aws.world import ACCOUNT, REGION

NO_VALUE = object()
SUBSTITUTE = re.compile(r"\$\{([^}]+)\}")
DYNAMIC = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}")
SECRET = re.compile(r"(arn:aws:secretsmanager:[^:]+:\d+:secret:[^:]+|[^:]+)(?::SecretString)?(?::([^:]*))?(?::.*)?$")


class Resolver:
    """Turns template values into plain ones. ``attribute(logical_id, name)`` answers Ref (name None) and GetAtt."""

    def __init__(
        self,
        template: dict[str, Any],
        parameters: dict[str, Any],
        stack_name: str,
        stack_id: str,
        attribute: Callable[[str, str | None], Any],
    ) -> None:
        self._template = template
        self._attribute = attribute
        self._conditions: dict[str, bool] = {}
        self._values = {
            **parameters,
            "AWS::AccountId": ACCOUNT,
            "AWS::Region": REGION,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": stack_name,
            "AWS::StackId": stack_id,
            "AWS::NotificationARNs": [],
        }
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.condition,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": lambda v: str(self.resolve(v[0])).join(str(item) for item in self.resolve(v[1])),
            "Fn::Split": lambda v: str(self.resolve(v[1])).split(v[0]),
            "Fn::Select": self._select,
            "Fn::FindInMap": self._find_in_map,
            "Fn::If": lambda v: self.resolve(v[1] if self.condition(v[0]) else v[2]),
            "Fn::Equals": lambda v: str(self.resolve(v[0])) == str(self.resolve(v[1])),
            "Fn::And": lambda v: all(self.resolve(item) for item in v),
            "Fn::Or": lambda v: any(self.resolve(item) for item in v),
            "Fn::Not": lambda v: not self.resolve(v[0]),
            "Fn::Base64": lambda v: base64.b64encode(str(self.resolve(v)).encode()).decode(),
            "Fn::Cidr": self._cidr,
            "Fn::Length": lambda v: len(self.resolve(v)),
            "Fn::GetAZs": lambda v: [f"{self.resolve(v) or REGION}{zone}" for zone in "acd"],
            "Fn::ToJsonString": lambda v: json.dumps(self.resolve(v), separators=(",", ":")),
        }

    def resolve(self, value: Any) -> Any:
        if isinstance(value, dict):
            if len(value) == 1:
                name, argument = next(iter(value.items()))
                if name in self._functions and (name != "Condition" or isinstance(argument, str)):
                    return self._functions[name](argument)
                if name.startswith("Fn::"):
                    raise NotEmulatedError(f"the intrinsic function {name} is not emulated")
            resolved = {key: self.resolve(item) for key, item in value.items()}
            return {key: item for key, item in resolved.items() if item is not NO_VALUE}
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not NO_VALUE]
        return value

    def condition(self, name: str) -> bool:
        if name not in self._conditions:
            conditions = self._template.get("Conditions", {})
            if name not in conditions:
                raise StackError(f"Template error: the condition {name} does not exist")
            self._conditions[name] = bool(self.resolve(conditions[name]))
        return self._conditions[name]

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        return self._values[name] if name in self._values else self._attribute(name, None)

    def _get_att(self, argument: Any) -> Any:
        logical_id, name = argument.split(".", 1) if isinstance(argument, str) else argument
        return self._attribute(logical_id, self.resolve(name))

    def _sub(self, argument: Any) -> str:
        text, extra = (argument, {}) if isinstance(argument, str) else argument

        def value(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in extra:
                return str(self.resolve(extra[name]))
            if name in self._values or "." not in name:
                return str(self._ref(name))
            return str(self._get_att(name))

        return SUBSTITUTE.sub(value, text)

    def _select(self, argument: Any) -> Any:
        index, items = int(self.resolve(argument[0])), self.resolve(argument[1])
        if index >= len(items):
            raise StackError(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
        return items[index]

    def _find_in_map(self, argument: Any) -> Any:
        name, first, second = (self.resolve(item) for item in argument[:3])
        try:
            return self._template["Mappings"][name][str(first)][str(second)]
        except KeyError:
            if len(argument) == 4:  # AWS::LanguageExtensions
                return self.resolve(argument[3]["DefaultValue"])
            raise StackError(f"Template error: Unable to get mapping for {name}::{first}::{second}") from None

    def _cidr(self, argument: Any) -> list[str]:
        block, count, *bits = (self.resolve(item) for item in argument)
        network = ipaddress.ip_network(block)
        prefix = network.max_prefixlen - int(bits[0] if bits else 8)
        return [str(subnet) for _, subnet in zip(range(int(count)), network.subnets(new_prefix=prefix), strict=False)]


def resolve_dynamic(value: Any) -> Any:
    """Replaces ``{{resolve:...}}`` by the value that the store holds now; CloudFormation does it at the resource."""
    if isinstance(value, dict):
        return {key: resolve_dynamic(item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve_dynamic(item) for item in value]
    if isinstance(value, str) and "{{resolve:" in value:
        return DYNAMIC.sub(_dynamic, value)
    return value


def _dynamic(match: re.Match[str]) -> str:
    service, reference = match.groups()
    if service != "secretsmanager":
        return api.client("ssm").get_parameter(Name=reference, WithDecryption=True)["Parameter"]["Value"]
    parts = SECRET.match(reference)
    if parts is None:
        raise StackError(f"the dynamic reference to a secret is malformed: {reference}")
    text = api.client("secretsmanager").get_secret_value(SecretId=parts.group(1))["SecretString"]
    return json.loads(text)[parts.group(2)] if parts.group(2) else text


def references(value: Any) -> set[str]:
    """Names that a value refers to (resources, parameters and pseudo parameters), in both branches of every If."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref" and isinstance(item, str):
                found.add(item)
            elif key == "Fn::GetAtt":
                found.add(item.split(".")[0] if isinstance(item, str) else item[0])
            elif key == "Fn::Sub":
                text, extra = (item, {}) if isinstance(item, str) else item
                names = {name.strip() for name in SUBSTITUTE.findall(text)} - set(extra)
                found |= {name.split(".")[0] for name in names if not name.startswith("!")} | references(extra)
            else:
                found |= references(item)
    elif isinstance(value, list):
        for item in value:
            found |= references(item)
    return found
