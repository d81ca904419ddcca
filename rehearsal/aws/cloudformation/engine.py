"""Creates and updates a stack: parameters, rules, order of dependencies, events, outputs.

Not emulated: rollback and deletion. A failure leaves what was made so far and raises StackError; a world is cheap.
AWS documentation: "Understand how CloudFormation works", "Update behaviors of stack resources".
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError

from rehearsal.aws.cloudformation import types  # noqa: F401, registers the types
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError
from rehearsal.aws.cloudformation.intrinsics import Resolver, references, resolve_dynamic
from rehearsal.aws.cloudformation.parameters import check_rules, resolve_parameters
from rehearsal.aws.cloudformation.registry import Resource, kind_of
from rehearsal.aws.world import ACCOUNT, REGION, World

SECTIONS = {
    "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions",
    "Resources", "Outputs",
}  # fmt: skip
ATTRIBUTES = {
    "Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy",
}  # fmt: skip


@dataclass
class Event:
    at: datetime
    logical_id: str
    type: str
    physical_id: str
    status: str  # CREATE_COMPLETE, UPDATE_FAILED ...
    reason: str = ""


@dataclass
class Stack:
    name: str
    world: World
    artifacts: Path  # the directory to which ``s3://artifacts/`` points
    template: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)  # as given
    resources: dict[str, Resource] = field(default_factory=dict)  # by logical id, those that exist
    outputs: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    status: str = ""

    @property
    def id(self) -> str:
        return f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{self.name}/00000000-0000-4000-8000-000000000001"

    @property
    def physical_ids(self) -> dict[str, str]:
        return {name: resource.physical_id for name, resource in self.resources.items()}

    @property
    def functions_by_role(self) -> dict[str, str]:
        """Role ARN -> logical id of the function that runs under it."""
        return {
            resource.properties["Role"]: name
            for name, resource in self.resources.items()
            if resource.type == "AWS::Lambda::Function"
        }

    def of_type(self, type_name: str) -> list[Resource]:
        return [resource for resource in self.resources.values() if resource.type == type_name]

    def attribute(self, logical_id: str, name: str | None) -> Any:
        """What Ref (name None) or Fn::GetAtt gives."""
        resource = self.resources.get(logical_id)
        if resource is None:
            raise StackError(f"Unresolved resource dependencies [{logical_id}] in the Resources block of the template")
        if name is None:
            return resource.physical_id
        if name not in resource.attributes:
            known = ", ".join(sorted(resource.attributes)) or "none"
            raise NotEmulatedError(f"GetAtt {logical_id}.{name}: {resource.type} has {known} here")
        return resource.attributes[name]


def create(world: World, name: str, template: dict[str, Any], parameters: dict[str, str], artifacts: Path) -> Stack:
    stack = world.stacks[name] = Stack(name, world, artifacts)
    _apply(stack, template, parameters, "CREATE")
    return stack


def update(stack: Stack, template: dict[str, Any], parameters: dict[str, str]) -> None:
    """Changes only resources whose resolved properties differ: drift that a person made is not repaired, as on AWS."""
    _apply(stack, template, parameters, "UPDATE")


def settle(stack: Stack, limit: timedelta) -> None:
    """Lets virtual time run until services are steady and databases available, as CloudFormation waits for them."""
    clock, end = stack.world.clock, stack.world.clock.now() + limit
    while waiting := unsettled(stack):
        if clock.now() >= end:
            raise StackError(f"{', '.join(waiting)} did not stabilize within {limit}")
        clock.run_for(timedelta(seconds=5))


def unsettled(stack: Stack) -> list[str]:
    """Logical ids of the resources that CloudFormation would still wait for."""
    kinds = {name: kind_of(resource.type) for name, resource in stack.resources.items()}
    checks = {name: kind.settled for name, kind in kinds.items() if kind and kind.settled}
    return [name for name, check in checks.items() if not check(stack.resources[name].physical_id)]


def _apply(stack: Stack, template: dict[str, Any], parameters: dict[str, str], verb: str) -> None:
    _check_sections(template)
    values = resolve_parameters(template, parameters)
    check_rules(template, values)
    stack.template, stack.parameters = template, parameters
    resolver = Resolver(template, values, stack.name, stack.id, stack.attribute)
    wanted = {
        name: body
        for name, body in template["Resources"].items()
        if "Condition" not in body or resolver.condition(body["Condition"])
    }
    gone = sorted(set(stack.resources) - set(wanted))
    if gone:
        raise NotEmulatedError(f"the update removes {', '.join(gone)}; removal is not emulated")
    _event(stack, stack.name, "AWS::CloudFormation::Stack", stack.id, f"{verb}_IN_PROGRESS")
    stack.status = f"{verb}_FAILED"
    for name in _in_order(wanted):
        _bring_about(stack, resolver, name, wanted[name])
    stack.outputs = {
        name: _output(resolver, name, output["Value"])
        for name, output in template.get("Outputs", {}).items()
        if "Condition" not in output or resolver.condition(output["Condition"])
    }
    stack.status = f"{verb}_COMPLETE"
    _event(stack, stack.name, "AWS::CloudFormation::Stack", stack.id, stack.status)


def _output(resolver: Resolver, name: str, value: Any) -> str:
    try:
        return str(resolver.resolve(value))
    except StackError as failure:
        raise type(failure)(f"Outputs.{name}: {failure}") from failure


def _bring_about(stack: Stack, resolver: Resolver, name: str, body: dict[str, Any]) -> None:
    existing = stack.resources.get(name)
    verb = "UPDATE" if existing else "CREATE"
    resource = existing or Resource(name, body["Type"], stack.name, stack.world.seed, stack.artifacts)
    try:
        properties = resolver.resolve(body.get("Properties") or {})
        if existing and existing.type == body["Type"] and existing.properties == properties:
            return
        kind = kind_of(body["Type"])
        if kind is None:
            raise NotEmulatedError(f"the resource type {body['Type']} is not emulated")
        if existing and (kind.update is None or existing.type != body["Type"]):
            raise NotEmulatedError(f"an update of {existing.type} is not emulated")
        if kind.update == "replace" and existing:
            resource.generation += 1
        change = kind.update if existing and callable(kind.update) else kind.create
        made = change(resource, resolve_dynamic(copy.deepcopy(properties)))
    except (StackError, ClientError, ParamValidationError, KeyError) as failure:
        reason = f"the property {failure} is missing" if isinstance(failure, KeyError) else str(failure)
        _event(stack, name, body["Type"], resource.physical_id, f"{verb}_FAILED", reason)
        kind_of_error = NotEmulatedError if isinstance(failure, NotEmulatedError) else StackError
        raise kind_of_error(f"{name} ({body['Type']}): {reason}") from failure
    if made is not None:
        resource.physical_id, resource.attributes = made
    resource.properties = properties
    stack.resources[name] = resource
    _event(stack, name, resource.type, resource.physical_id, f"{verb}_COMPLETE")


def _in_order(bodies: dict[str, dict[str, Any]]) -> list[str]:
    """Dependencies first, otherwise the template's order."""
    ordered: list[str] = []
    visiting: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        if name in visiting:
            raise StackError(f"Circular dependency between resources: [{', '.join(visiting[visiting.index(name) :])}]")
        visiting.append(name)
        explicit = bodies[name].get("DependsOn", [])
        needed = {explicit} if isinstance(explicit, str) else set(explicit)
        needed |= references(bodies[name].get("Properties"))
        for other in bodies:
            if other in needed:
                visit(other)
        visiting.pop()
        ordered.append(name)

    for name in bodies:
        visit(name)
    return ordered


def _check_sections(template: dict[str, Any]) -> None:
    unknown = sorted(set(template) - SECTIONS)
    if unknown:
        raise NotEmulatedError(f"the template section {', '.join(unknown)} is not emulated")
    for name, body in template["Resources"].items():
        strange = sorted(set(body) - ATTRIBUTES)
        if strange:
            raise NotEmulatedError(f"{name}: the resource attribute {', '.join(strange)} is not emulated")


def _event(stack: Stack, name: str, kind: str, physical_id: str, status: str, reason: str = "") -> None:
    stack.events.append(Event(stack.world.clock.now(), name, kind, physical_id, status, reason))
