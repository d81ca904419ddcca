"""What runs when a function is invoked: its zip, its environment, its role's credentials.

Sources: Lambda Developer Guide, "Working with Lambda environment variables" (reserved variables), "Configuring JSON and
plain text log formats".
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from moto.awslambda.models import LambdaFunction

from rehearsal.aws import sessions
from rehearsal.aws.sandbox import Program
from rehearsal.aws.sessions import Session
from rehearsal.aws.world import World


@dataclass(frozen=True)
class Deployment:
    program: Program
    session: Session


def logical_id(world: World, function: LambdaFunction) -> str:
    """The name in the template, by which people know the function; without a stack, its own name."""
    return world.functions.get(function.function_name, function.function_name)


def identity(world: World, function: LambdaFunction, arn: str) -> tuple[object, ...]:
    """Equal as long as a warm sandbox may serve: a new version, zip or setting needs a fresh one."""
    settings = (function.handler, function.memory_size, function.timeout, function.role)
    variables = tuple(sorted(function.environment_vars.items()))
    return (arn, str(function.version), *settings, variables, _fingerprint(world, function))


def deploy(world: World, function: LambdaFunction, arn: str) -> Deployment:
    """Unpacks the zip and assumes the role, for one new sandbox."""
    if not str(function.run_time).startswith("java") or function.layers:
        raise NotImplementedError(f"{arn}: runtime {function.run_time}, {len(function.layers)} layers")
    session = sessions.begin(world, function.role, function.function_name, logical_id(world, function))
    root = world.directory / "functions" / f"{function.function_name}-{_fingerprint(world, function)}"
    if not root.exists():
        with zipfile.ZipFile(_zip(world, function)) as opened:
            opened.extractall(root)
    if world.database is not None:
        world.database.trusted_by(root)
    environment = {**function.environment_vars, **_reserved(world, function, root), **session.environment}
    if world.database is not None and "DATABASE_PORT" in environment:
        environment["DATABASE_PORT"] = str(world.database.port)  # RDS's own may be taken on this machine
    program = Program(
        arn, function.handler, root, int(function.memory_size), float(function.timeout), environment
    )  # fmt: skip
    return Deployment(program, session)


def log_group(function: LambdaFunction) -> str:
    return str(function.logging_config.get("LogGroup") or f"/aws/lambda/{function.function_name}")


def log_stream(world: World, function: LambdaFunction) -> str:
    return f"{world.clock.now():%Y/%m/%d}/[{function.version}]{hashlib.md5(log_group(function).encode()).hexdigest()}"


def _reserved(world: World, function: LambdaFunction, root: Path) -> dict[str, str]:
    log_format = str(function.logging_config.get("LogFormat", "Text"))
    variables = {
        "_HANDLER": function.handler,
        "LAMBDA_TASK_ROOT": str(root),
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": log_group(function),
        "AWS_LAMBDA_LOG_STREAM_NAME": log_stream(world, function),
        "AWS_LAMBDA_LOG_FORMAT": log_format,
        "AWS_ENDPOINT_URL": world.url,
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/bin",
    }
    if log_format == "JSON":
        variables["AWS_LAMBDA_LOG_LEVEL"] = str(function.logging_config.get("ApplicationLogLevel", "INFO"))
    return variables


def _local(world: World, function: LambdaFunction) -> Path | None:
    """The zip that the build made and the stack names; moto has only a placeholder of it."""
    named = world.code.get(function.function_name)
    if named is None:
        return None
    path = Path(named)
    if not path.is_file():
        raise FileNotFoundError(f"{function.function_name}: {path} is not built: run ./mvnw package")
    return path


def _zip(world: World, function: LambdaFunction) -> Path | io.BytesIO:
    return _local(world, function) or io.BytesIO(function.code_bytes)


def _fingerprint(world: World, function: LambdaFunction) -> str:
    path = _local(world, function)
    if path is None:
        return hashlib.sha256(function.code_bytes).hexdigest()[:12]
    status = path.stat()
    return f"{status.st_mtime_ns:x}-{status.st_size:x}"
