"""Lambda. The code stays where the build put it: moto gets an empty zip, and the world remembers the file."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from typing import Any

from moto.awslambda.models import lambda_backends

from rehearsal.aws import api, iam
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, tags
from rehearsal.aws.world import ACCOUNT, REGION, current

ARTIFACTS = "artifacts"
QUALIFIED = re.compile(r"(.*:function:[^:]+|[^:]+):([^:]+)$")


def _code(resource: Resource, code: dict[str, Any]) -> tuple[str, bytes]:
    """The zip's path and its SHA-256, from ``s3://artifacts/<path>``, see stack.translate."""
    if code.get("S3Bucket") != ARTIFACTS:
        raise NotEmulatedError(f"code must come from s3://{ARTIFACTS}/, not {code}")
    uri = resource.artifacts / code["S3Key"]
    path = uri if uri.suffix == ".zip" else uri.with_name(f"{uri.name}.zip")  # docs/decisions/0001-sam-build.md
    if not path.is_file():
        raise StackError(f"the function's code {path} does not exist: build the functions first")
    return str(path), hashlib.sha256(path.read_bytes()).digest()


def _empty_zip() -> bytes:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream.getvalue()


def _remember_code(resource: Resource, name: str, code: dict[str, Any]) -> None:
    path, digest = _code(resource, code)
    current().code[name] = path
    lambda_backends[ACCOUNT][REGION].get_function(name).code_sha_256 = base64.b64encode(digest).decode()


def _update_function(resource: Resource, p: dict[str, Any]) -> None:
    name, code, reserved = resource.physical_id, p.pop("Code"), p.pop("ReservedConcurrentExecutions", None)
    p.pop("FunctionName", None)
    tags(p)
    for fixed in ("Architectures", "PackageType"):
        if p.pop(fixed, None) != resource.properties.get(fixed):
            raise NotEmulatedError(f"a change of {fixed} is not emulated")
    call("lambda", "update_function_configuration", {**p, "FunctionName": name})
    _remember_code(resource, name, code)
    _reserve(name, reserved)


def _reserve(name: str, reserved: Any) -> None:
    if reserved is not None:
        api.client("lambda").put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(reserved))


@creates("AWS::Lambda::Function", update=_update_function)
def function(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.pop("FunctionName", None) or resource.name(64)
    code, reserved = p.pop("Code"), p.pop("ReservedConcurrentExecutions", None)
    _code(resource, code)
    wanted = {**p, "FunctionName": name, "Tags": tags(p), "Code": {"ZipFile": _empty_zip()}}
    made = call("lambda", "create_function", wanted)
    _remember_code(resource, name, code)
    _reserve(name, reserved)
    current().functions[name] = resource.logical_id
    return name, {"Arn": made["FunctionArn"]}


@creates("AWS::Lambda::Version")
def version(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("lambda", "publish_version", p)
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{made['FunctionName']}:{made['Version']}"
    return arn, {"Version": made["Version"], "FunctionArn": arn}


@creates("AWS::Lambda::Alias")
def function_alias(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("lambda", "create_alias", p)["AliasArn"]
    return made, {"AliasArn": made}


@creates("AWS::Lambda::Permission")
def permission(resource: Resource, p: dict[str, Any]) -> Made:
    qualified = QUALIFIED.match(p["FunctionName"])
    if qualified and not qualified.group(1).endswith(":function"):
        p["FunctionName"], p["Qualifier"] = qualified.groups()
    call("lambda", "add_permission", {**p, "StatementId": resource.name(100)})
    return resource.name(100), {"Id": resource.name(100)}


@creates("AWS::Lambda::EventInvokeConfig", update="again")
def event_invoke_config(resource: Resource, p: dict[str, Any]) -> Made:
    call("lambda", "put_function_event_invoke_config", p)
    return resource.name(), {}


def _check_poller(p: dict[str, Any]) -> None:
    """Lambda refuses a mapping whose function may not poll the queue ("Using Lambda with Amazon SQS", permissions)."""
    if ":sqs:" not in p["EventSourceArn"]:
        return
    role = api.client("lambda").get_function_configuration(FunctionName=p["FunctionName"])["Role"]
    for action in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"):
        if not iam.allows(role, f"sqs:{action}", p["EventSourceArn"]):
            raise StackError(f"The function execution role does not have permissions to call {action} on SQS")


@creates("AWS::Lambda::EventSourceMapping")
def event_source_mapping(resource: Resource, p: dict[str, Any]) -> Made:
    _check_poller(p)
    made = call("lambda", "create_event_source_mapping", p)["UUID"]
    return made, {"Id": made}
