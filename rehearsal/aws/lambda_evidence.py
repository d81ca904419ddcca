"""What an invocation leaves behind: records, log lines in CloudWatch Logs, metrics of AWS/Lambda.

Sources: Lambda Developer Guide, "Using CloudWatch metrics with Lambda", "Sending Lambda function logs to CloudWatch
Logs".
"""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.logs.models import LogsBackend, logs_backends

from rehearsal.aws import cloudwatch, lambda_code
from rehearsal.aws.sandbox import Outcome
from rehearsal.aws.world import ACCOUNT, REGION, World

NAMESPACE = "AWS/Lambda"


def invoked(
    world: World,
    function: LambdaFunction,
    trigger: str,
    request_id: str,
    payload: bytes,
    attempt: int,
    outcome: Outcome,
) -> None:
    who = lambda_code.logical_id(world, function)
    world.record(
        "invocation",
        function=who,
        trigger=trigger,
        request_id=request_id,
        payload=payload.decode(),
        result=outcome.payload.decode("utf-8", "replace"),
        error=outcome.error,
        cold=outcome.cold,
        attempt=attempt,
        log=outcome.log,
    )
    for line in outcome.log:
        world.record("log", function=who, line=_parsed(line))
        cloudwatch.embedded_metric(line)
    _to_cloudwatch_logs(world, function, outcome.log)
    _metric(function, "Invocations", 1, "Count")
    _metric(function, "Errors", 0 if outcome.error is None else 1, "Count")
    _metric(function, "Duration", outcome.seconds * 1000, "Milliseconds")
    _metric(function, "Throttles", 0, "Count")


def throttled(function: LambdaFunction) -> None:
    _metric(function, "Throttles", 1, "Count")


def dropped(world: World, function: LambdaFunction, kept: bool) -> None:
    """An asynchronous event that Lambda gave up; ``kept`` in a dead-letter queue or a destination."""
    _metric(function, "AsyncEventsDropped", 1, "Count")
    if not kept:
        world.record("lost", function=lambda_code.logical_id(world, function), reason="no dead-letter queue")


def _metric(function: LambdaFunction, name: str, value: float, unit: str) -> None:
    cloudwatch.put(NAMESPACE, name, {"FunctionName": function.function_name}, value, unit)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _to_cloudwatch_logs(world: World, function: LambdaFunction, lines: list[str]) -> None:
    """The log group is made at the first line, where the template has not; a person finds it there on AWS too."""
    if not lines:
        return
    backend: LogsBackend = logs_backends[ACCOUNT][REGION]
    group, stream = lambda_code.log_group(function), lambda_code.log_stream(world, function)
    backend.ensure_log_group(group)
    if stream not in backend.groups[group].streams:
        backend.create_log_stream(group, stream)
    at = int(world.clock.now().timestamp() * 1000)
    backend.put_log_events(group, stream, [{"timestamp": at, "message": line} for line in lines])
