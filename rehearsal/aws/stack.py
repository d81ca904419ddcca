"""From the project's SAM template to a stack: what ``sam deploy`` does, offline and in this process.

AWS documentation: "AWS SAM template anatomy"; the translation is AWS's own library, aws-sam-translator.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from rehearsal.aws.cloudformation import engine
from rehearsal.aws.cloudformation.engine import Stack
from rehearsal.aws.cloudformation.types.functions import ARTIFACTS
from rehearsal.aws.world import REGION, World

SETTLE = timedelta(hours=2)  # more than the longest wait of a healthy deploy, less than CloudFormation's three hours


class _NoManagedPolicies:
    """SAM's policy names may be AWS managed policies; the template names those by ARN only."""

    def load(self) -> dict[str, str]:
        return {}


def translate(template_path: Path, parameters: dict[str, str] | None = None) -> dict[str, Any]:
    """The CloudFormation template that SAM makes. A local ``CodeUri`` becomes ``s3://artifacts/<path>``."""
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    template = yaml_parse(template_path.read_text(encoding="utf-8"))
    _point_to_artifacts(template)
    return transform(template, dict(parameters or {}), _NoManagedPolicies())


def deploy(
    world: World,
    template_path: Path,
    parameters: dict[str, str] | None = None,
    stack_name: str = "yakin-prod",
    settle: timedelta | None = SETTLE,
    artifacts: Path | None = None,
) -> Stack:
    """Creates the stack. Raises StackError with the resource and the reason.

    ``CodeUri`` is looked up in ``artifacts``, or beside the template.
    Virtual time runs until services are steady and databases available, for at most ``settle``; None doesn't wait.
    """
    translated = translate(template_path, parameters)
    stack = engine.create(
        world, stack_name, translated, dict(parameters or {}), artifacts or template_path.resolve().parent
    )
    if settle is not None:
        engine.settle(stack, settle)
    return stack


def redeploy(stack: Stack, template_path: Path | None = None, parameters: dict[str, str] | None = None) -> None:
    """``sam deploy`` again: with another template, or with parameters changed; those not named keep their values.

    Does not wait, so that it may be played in the middle of a day.
    """
    values = {**stack.parameters, **(parameters or {})}
    template = translate(template_path, values) if template_path else stack.template
    engine.update(stack, template, values)


def _point_to_artifacts(template: dict[str, Any]) -> None:
    functions = [resource.get("Properties", {}) for resource in template["Resources"].values()]
    functions.append(template.get("Globals", {}).get("Function", {}))
    for properties in functions:
        uri = properties.get("CodeUri")
        if isinstance(uri, str) and not uri.startswith("s3://"):
            properties["CodeUri"] = f"s3://{ARTIFACTS}/{uri.removeprefix('./')}"
