"""Parameter Store: its EventBridge events, labels that do not exist, and the size limit, all of which moto lacks.

Sources: EventBridge event patterns and types for Systems Manager, "Parameter Store Change"; API Reference,
GetParameter (ParameterVersionNotFound), PutParameter (Tier); User Guide, "Managing parameter tiers" (4 KB and 8 KB;
never back to standard) and "Specifying a default parameter tier" (standard when none is named; Intelligent-Tiering
decides by the size).
"""

from __future__ import annotations

import functools
from typing import Any

from moto.ssm.exceptions import ParameterVersionNotFound, ValidationException
from moto.ssm.models import Parameter, SimpleSystemManagerBackend

from rehearsal.aws import events
from rehearsal.aws.patching import replaces
from rehearsal.aws.world import ACCOUNT, REGION, World

STANDARD_LIMIT = 4096  # characters
ADVANCED_LIMIT = 8192


def install(world: World) -> None:
    del world
    _patch_moto()


@functools.cache
def _patch_moto() -> None:
    backend = SimpleSystemManagerBackend

    @replaces(backend, "get_parameter", "name")
    def get_parameter(original: Any, self: Any, name: str) -> Parameter | None:
        found = original(self, name)
        path, _, label = name.rpartition(":")
        if found is None and path and not path.startswith("arn") and original(self, path) is not None:
            raise ParameterVersionNotFound(
                f"Systems Manager could not find label {label} for parameter {path}. Verify the label and try again."
            )
        return found

    @replaces(backend, "put_parameter", "name", "value", "tier")
    def put_parameter(original: Any, self: Any, name: str, *rest: Any, **named: Any) -> Parameter:
        value = rest[1] if len(rest) > 1 else named["value"]
        existed = name in self._parameters
        before = self._parameters[name][-1].tier if existed else None
        named["tier"] = _tier(named.get("tier"), len(value), before)
        put = original(self, name, *rest, **named)
        _changed("Update" if existed else "Create", put)
        return put

    @replaces(Parameter, "describe_response_object")
    def describe_response_object(original: Any, self: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        described = original(self, *rest, **named)
        # Whose call it was is not known here; what asks for it (who keeps dev awake) asks about people.
        return {**described, "LastModifiedUser": f"arn:aws:iam::{ACCOUNT}:user/deployer"}

    @replaces(backend, "label_parameter_version", "name", "version", "labels")
    def label_parameter_version(original: Any, self: Any, name: str, version: int, labels: list[str]) -> Any:
        answer = original(self, name, version, labels)
        _changed("LabelParameterVersion", self._parameters[name][-1])
        return answer


def _tier(asked: str | None, size: int, before: str | None) -> str:
    """The tier of the new version. That an advanced parameter stays one when no tier is named is assumed."""
    if asked == "Standard" and before == "Advanced":
        raise ValidationException(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the "
            "advanced-parameter tier to the standard-parameter tier."
        )
    if asked == "Advanced" or before == "Advanced" or (asked == "Intelligent-Tiering" and size > STANDARD_LIMIT):
        if size > ADVANCED_LIMIT:
            raise ValidationException(
                f"Advanced tier parameters support a maximum parameter value of {ADVANCED_LIMIT} characters."
            )
        return "Advanced"
    if size > STANDARD_LIMIT:
        raise ValidationException(
            f"Standard tier parameters support a maximum parameter value of {STANDARD_LIMIT} characters. "
            "To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."
        )
    return "Standard"


def _changed(operation: str, parameter: Parameter) -> None:
    events.emit(
        "aws.ssm",
        "Parameter Store Change",
        {
            "operation": operation,
            "name": parameter.name,
            "type": parameter.parameter_type,
            "description": parameter.description or "",
        },
        [f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{parameter.name.lstrip('/')}"],
    )
