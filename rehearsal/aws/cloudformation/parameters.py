"""The parameters of a stack and the Rules that combine them, refused before anything is created, as AWS does.

AWS documentation: "Parameters" and "Rules" in the CloudFormation template reference.
"""

from __future__ import annotations

import re
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError

SSM_VALUE = re.compile(r"AWS::SSM::Parameter::Value<(.+)>$")
AWS_TYPE = re.compile(r"AWS::(EC2|Route53|SSM)::[A-Za-z:]+$")


def resolve_parameters(template: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    """Values by name: texts, lists of texts for list types. Raises StackError with AWS's wording."""
    declared = template.get("Parameters", {})
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise StackError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    missing = [name for name, slot in declared.items() if name not in given and "Default" not in slot]
    if missing:
        raise StackError(f"Parameters: [{', '.join(missing)}] must have values")
    return {name: _value(name, slot, str(given.get(name, slot.get("Default")))) for name, slot in declared.items()}


def _value(name: str, slot: dict[str, Any], text: str) -> Any:
    kind = slot["Type"]
    from_ssm = SSM_VALUE.match(kind)
    if from_ssm:
        kind = from_ssm.group(1)
        text = api.client("ssm").get_parameter(Name=text)["Parameter"]["Value"]
    is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
    scalar = kind.removeprefix("List<").removesuffix(">")
    if scalar not in ("String", "Number", "CommaDelimitedList") and not AWS_TYPE.match(scalar):
        raise NotEmulatedError(f"the type {kind} of the parameter {name} is not emulated")
    items = [item.strip() for item in text.split(",")] if is_list and text else [] if is_list else [text]
    for item in items:
        reason = _refusal(slot, scalar, item)
        if reason:
            described = slot.get("ConstraintDescription")
            said = f"failed to satisfy constraint: {described}" if described else reason
            raise StackError(f"Parameter '{name}' {said}")
    return items if is_list else text


def _refusal(slot: dict[str, Any], kind: str, text: str) -> str | None:
    if "AllowedValues" in slot and text not in map(str, slot["AllowedValues"]):
        return f"must be one of AllowedValues: {', '.join(map(str, slot['AllowedValues']))}"
    if "AllowedPattern" in slot and not re.fullmatch(slot["AllowedPattern"], text):
        return f"must match pattern {slot['AllowedPattern']}"
    if len(text) < int(slot.get("MinLength", 0)) or len(text) > int(slot.get("MaxLength", len(text))):
        return f"must have a length of {slot.get('MinLength', 0)} to {slot.get('MaxLength', 'any')}"
    if kind == "Number":
        try:
            number = float(text)
        except ValueError:
            return f"must be a number, not {text!r}"
        if number < float(slot.get("MinValue", number)) or number > float(slot.get("MaxValue", number)):
            return f"must be from {slot.get('MinValue', 'any')} to {slot.get('MaxValue', 'any')}"
    return None


def check_rules(template: dict[str, Any], values: dict[str, Any]) -> None:
    """Raises StackError with the AssertDescription of the first rule that does not hold."""
    for name, rule in template.get("Rules", {}).items():
        if "RuleCondition" in rule and not _holds(rule["RuleCondition"], values):
            continue
        for assertion in rule["Assertions"]:
            if not _holds(assertion["Assert"], values):
                described = assertion.get("AssertDescription", "no description")
                raise StackError(f"Template validation error: Rule {name}: {described}")


def _holds(expression: Any, values: dict[str, Any]) -> Any:
    """Rule functions; a parameter's value for Ref."""
    if isinstance(expression, list):
        return [_holds(item, values) for item in expression]
    if not isinstance(expression, dict):
        return expression
    ((function, argument),) = expression.items()
    if function == "Ref":
        return values[argument]
    parts = [_holds(item, values) for item in argument]
    match function:
        case "Fn::Equals":
            return str(parts[0]) == str(parts[1])
        case "Fn::Not":
            return not parts[0]
        case "Fn::And":
            return all(parts)
        case "Fn::Or":
            return any(parts)
        case "Fn::Contains":
            return str(parts[1]) in map(str, parts[0])
        case "Fn::EachMemberIn":
            return all(str(item) in map(str, parts[1]) for item in parts[0])
        case "Fn::EachMemberEquals":
            return all(str(item) == str(parts[1]) for item in parts[0])
    raise NotEmulatedError(f"the rule function {function} is not emulated")
