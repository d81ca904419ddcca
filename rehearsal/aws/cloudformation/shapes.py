"""CloudFormation properties into the parameters of an API call, by the service's own model in botocore.

Names match without regard to case. A property that the API does not have fails the stack, so nothing is lost silently.
"""

from __future__ import annotations

import json
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError


def call(
    service: str, operation: str, properties: dict[str, Any], rename: dict[str, str] | None = None
) -> dict[str, Any]:
    """Calls ``operation`` (boto3's name, 'create_topic') with the properties converted to what it takes."""
    return getattr(api.client(service), operation)(**check(service, operation, properties, rename))


def check(
    service: str, operation: str, properties: dict[str, Any], rename: dict[str, str] | None = None
) -> dict[str, Any]:
    """The parameters that ``call`` would give to ``operation``, without the call."""
    client = api.client(service)
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
    renamed = {(rename or {}).get(key, key): value for key, value in properties.items()}
    return convert(model.input_shape, renamed, "")


def convert(shape: Any, value: Any, path: str) -> Any:
    """``value`` as botocore wants it for ``shape``. ``path`` is where we are, for the error."""
    match shape.type_name:
        case "structure":
            return _structure(shape, value, path)
        case "list":
            items = value if isinstance(value, list) else [value]
            return [convert(shape.member, item, f"{path}[{number}]") for number, item in enumerate(items)]
        case "map":
            pairs = value.items() if isinstance(value, dict) else ((tag["Key"], tag["Value"]) for tag in value)
            return {key: convert(shape.value, item, f"{path}.{key}") for key, item in pairs}
        case "integer" | "long":
            return _number(int, value, path)
        case "float" | "double":
            return _number(float, value, path)
        case "boolean":
            return value if isinstance(value, bool) else str(value).lower() == "true"
        case "string":
            return text(value)
        case _:  # blob, timestamp: as given
            return value


def _structure(shape: Any, value: Any, path: str) -> dict[str, Any]:
    if isinstance(value, list) and {"Quantity", "Items"} <= set(shape.members):
        value = {"Quantity": len(value), "Items": value}  # how CloudFront's API writes a list
    if not isinstance(value, dict):
        raise StackError(f"property {path.lstrip('.') or shape.name} must be an object, not {value!r}")
    members = {name.lower(): name for name in shape.members}
    converted = {}
    for key, item in value.items():
        member = members.get(key.lower())
        if member is None:
            raise NotEmulatedError(f"property {f'{path}.{key}'.lstrip('.')} is not known to {shape.name}")
        converted[member] = convert(shape.members[member], item, f"{path}.{key}")
    return converted


def _number(kind: type, value: Any, path: str) -> Any:
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise StackError(f"property {path.lstrip('.')} must be a number, not {value!r}") from None


def text(value: Any) -> str:
    """CloudFormation writes documents as objects where the API wants JSON text, and booleans in lower case."""
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def texts(properties: dict[str, Any]) -> dict[str, str]:
    """All values as texts: the attribute maps of SNS and SQS."""
    return {key: text(value) for key, value in properties.items()}


def tags(properties: dict[str, Any]) -> dict[str, str]:
    """Takes ``Tags`` out of the properties, as a map."""
    return {tag["Key"]: str(tag["Value"]) for tag in properties.pop("Tags", [])}
