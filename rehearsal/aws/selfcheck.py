"""Says at start which parts of moto's inside have changed under the kernel, instead of failing strangely later.

The overlay modules check the methods that they replace themselves (patching.py); this is for what the kernel reads.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import inspect
import re
from pathlib import Path

from rehearsal.aws.patching import MotoChangedError

REQUIREMENTS = Path(__file__).parents[2] / "requirements.in"

# Module, name, and the parameters by which the kernel calls it.
FUNCTIONS = [
    ("moto.moto_server.werkzeug_app", "create_backend_app", ["service"]),
    ("moto.moto_server.werkzeug_app", "DomainDispatcherApplication", ["create_app"]),
    ("moto.core.request", "determine_request_protocol", ["service_model", "content_type"]),
    ("moto.core.routing", "get_service_router", ["service_name"]),
    ("moto.core.routing", "ServiceOperationRouter.match", ["request"]),
    ("moto.core.parse", "RequestParser.parse", ["request_dict"]),
    ("moto.core.utils", "get_service_model", ["service_name"]),
    ("moto.core.utils", "create_loader", []),
    ("moto.moto_api._internal.moto_random", "MotoRandom.uuid4", []),
    ("moto.moto_api._internal.models", "MotoAPIBackend.reset", []),
    ("moto.sts.models", "STSBackend.assume_role",
     ["region_name", "role_session_name", "role_arn", "policy", "duration", "external_id"]),
    ("moto.sts.models", "STSBackend.get_assumed_role_from_access_key", ["access_key_id"]),
    ("moto.iam.models", "IAMBackend.get_role", ["role_name"]),
    ("moto.iam.models", "AWSManagedPolicy.from_data", ["name", "account_id", "region_name", "data"]),
    ("moto.awslambda.models", "LambdaBackend.get_function", ["function_name_or_arn"]),
    ("moto.ecs.models", "EC2ContainerServiceBackend.list_tags_for_resource", ["resource_arn"]),
    ("moto.rds.models", "RDSBackend.list_tags_for_resource", ["arn"]),
    ("botocore.serialize", "RpcV2CBORSerializer._serialize_data_item", ["serialized", "value", "shape"]),
    ("botocore.parsers", "RpcV2CBORParser.parse_data_item", ["stream"]),
]  # fmt: skip
# Module, class, and the attributes of its objects that the kernel reads or writes.
ATTRIBUTES = [
    ("moto.iam.models", "Role", ["policies", "managed_policies", "tags"]),
    ("moto.iam.models", "Policy", ["versions", "default_version_id"]),
    ("moto.sts.models", "AssumedRole", ["access_key_id", "secret_access_key", "session_token", "session_name"]),
    ("moto.awslambda.models", "LambdaFunction", ["code_sha_256"]),
    ("moto.applicationautoscaling.models", "ApplicationAutoscalingBackend", ["targets"]),
    ("moto.secretsmanager.models", "SecretsManagerBackend", ["secrets"]),
]
NAMES = [
    ("moto.rds.models", "uuid"),
    ("moto.core.parse", "PROTOCOL_PARSERS"),
    ("moto.iam.aws_managed_policies", "aws_managed_policies_data"),
]


@functools.cache
def check() -> None:
    """Raises MotoChangedError with everything that is not as the kernel needs it."""
    wrong = _version() + [problem for seam in FUNCTIONS for problem in _function(*seam)]
    wrong += [problem for seam in ATTRIBUTES for problem in _attributes(*seam)]
    wrong += [f"{module} has no {name}" for module, name in NAMES if not hasattr(importlib.import_module(module), name)]
    if wrong:
        raise MotoChangedError("moto is not as the embedded AWS needs it: " + "; ".join(wrong))


def _version() -> list[str]:
    pinned = re.search(r"^moto\[server\]==(\S+)$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    installed = importlib.metadata.version("moto")
    if pinned is None:
        return ["requirements.in does not pin moto"]
    return [] if pinned.group(1) == installed else [f"version {installed} is installed, {pinned.group(1)} is pinned"]


def _found(module: str, path: str) -> object | None:
    owner: object | None = importlib.import_module(module)
    for name in path.split("."):
        owner = getattr(owner, name, None)
    return owner


def _function(module: str, path: str, parameters: list[str]) -> list[str]:
    found = _found(module, path)
    if not callable(found):
        return [f"{module} has no {path}"]
    known = inspect.signature(found).parameters
    return [f"{module}.{path} has no parameter {name}" for name in parameters if name not in known]


def _attributes(module: str, path: str, attributes: list[str]) -> list[str]:
    """Python does not declare attributes; those that the class's own methods use are taken for there."""
    found = _found(module, path)
    if not inspect.isclass(found):
        return [f"{module} has no class {path}"]
    names = {name for member in vars(found).values() for name in _names(member)}
    return [f"{module}.{path} does not use {name}" for name in attributes if name not in names]


def _names(function: object) -> tuple[str, ...]:
    code = getattr(function, "__code__", None)
    return code.co_names if code else ()
