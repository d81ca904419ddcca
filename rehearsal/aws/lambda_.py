"""Lambda: invocations, their retries and dead letters, their evidence.

A function runs on the thread that asks for it, normally the player's, and time stands still meanwhile. What a running
function sets off (a message, an event) is planned with the clock and happens when it has ended.

Sources: Lambda Developer Guide, "Invoking a Lambda function asynchronously", "Understanding retry behavior in Lambda",
"Capturing records of Lambda asynchronous invocations", "Configuring reserved concurrency for a function".
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

from rehearsal.aws import lambda_code, lambda_evidence, lambda_moto
from rehearsal.aws.lambda_code import Deployment
from rehearsal.aws.sandbox import Launcher, Sandbox
from rehearsal.aws.world import ACCOUNT, REGION, World, current, forgets

RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=2))
MAXIMUM_AGE_S = 6 * 3600

_sandboxes: dict[tuple[object, ...], tuple[Sandbox, Deployment]] = {}


@dataclass(frozen=True)
class Invocation:
    """One attempt. ``payload`` is the function's answer, or Lambda's error JSON where ``error`` names a type."""

    request_id: str
    function: str  # the logical id
    version: str
    payload: bytes
    error: str | None
    cold: bool
    log: tuple[str, ...]


class ThrottledError(RuntimeError):
    """TooManyRequestsException: the function's reserved concurrency is 0."""


def install(world: World) -> None:
    del world
    lambda_moto.patch()


@forgets
def stop() -> None:
    """Ends every sandbox, for example before the process forks; the next invocation starts a fresh one."""
    for sandbox, _ in _sandboxes.values():
        sandbox.close()
    _sandboxes.clear()


def find(name_or_arn: str) -> LambdaFunction:
    """The version or alias that the ARN or name says; moto's ResourceNotFoundException where there is none."""
    return lambda_backends[ACCOUNT][REGION].get_function(name_or_arn)


def invoke(
    name_or_arn: str, payload: bytes, trigger: str = "invoke", attempt: int = 1, request_id: str | None = None
) -> Invocation:
    """As InvocationType RequestResponse: one attempt, on this thread.

    Raises ThrottledError, and NotImplementedError from within another invocation.
    """
    world = current()
    function = find(name_or_arn)
    if world.running is not None:
        raise NotImplementedError(f"{world.running.who} invokes {name_or_arn} and waits for it")
    if function.reserved_concurrency is not None and int(function.reserved_concurrency) == 0:
        lambda_evidence.throttled(function)
        raise ThrottledError(f"Rate Exceeded: {name_or_arn} has a reserved concurrency of 0")
    sandbox, deployment = _sandbox(world, function, _qualified(function, name_or_arn))
    request_id = request_id or new_request_id(world)
    world.running, world.kill = deployment.session, sandbox.kill
    deployment.session.invocation = request_id
    world.clock.publish()
    try:
        outcome = sandbox.invoke(request_id, payload)
    finally:
        world.running = world.kill = deployment.session.invocation = None
    lambda_evidence.invoked(world, function, trigger, request_id, payload, attempt, outcome)
    return Invocation(
        request_id, deployment.session.who, str(function.version), outcome.payload, outcome.error, outcome.cold,
        tuple(outcome.log),
    )  # fmt: skip


def invoke_async(arn: str, payload: str, trigger: str) -> str:
    """As InvocationType Event: queued now, run when the clock goes on. Answers the request id."""
    world = current()
    event = _Event(find(arn), arn, payload, trigger, new_request_id(world), world.clock.now())
    world.clock.after(timedelta(0), f"{trigger} -> {arn}", event.attempt)
    return event.request_id


def new_request_id(world: World) -> str:
    return str(uuid.UUID(int=world.chance.getrandbits(128), version=4))


def _sandbox(world: World, function: LambdaFunction, arn: str) -> tuple[Sandbox, Deployment]:
    key = lambda_code.identity(world, function, arn)
    if key not in _sandboxes:
        deployment = lambda_code.deploy(world, function, arn)
        options = world.database.options if world.database else ()
        launcher = Launcher(world.clock.shared_file, world.directory, options)
        _sandboxes[key] = (Sandbox(deployment.program, launcher), deployment)
    return _sandboxes[key]


def _qualified(function: LambdaFunction, name_or_arn: str) -> str:
    """The ARN as it was invoked, with the alias if that was used: what the function's context says."""
    if name_or_arn.startswith("arn:"):
        return name_or_arn
    unqualified = ":".join(function.function_arn.split(":")[:7])
    _, _, qualifier = name_or_arn.partition(":")
    return f"{unqualified}:{qualifier}" if qualifier else unqualified


@dataclass
class _Event:
    """One asynchronous event on its way through its attempts."""

    function: LambdaFunction
    arn: str
    payload: str
    trigger: str
    request_id: str
    queued: datetime
    attempts: int = 0
    _config: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._config = self.function.event_invoke_config[0].config if self.function.event_invoke_config else {}
        if self._config.get("DestinationConfig", {}).get("OnSuccess"):
            raise NotImplementedError(f"{self.arn}: destination OnSuccess")

    def attempt(self) -> None:
        self.attempts += 1
        try:
            outcome = invoke(self.arn, self.payload.encode(), self.trigger, self.attempts, self.request_id)
        except ThrottledError:
            # "Configuring reserved concurrency": at 0, events go to the dead letters without any retry.
            self._give_up("ZeroReservedConcurrency", None)
            return
        if outcome.error is None:
            return
        if self.attempts > min(self._config.get("MaximumRetryAttempts", 2), len(RETRY_DELAYS)):
            self._give_up("RetriesExhausted", outcome)
            return
        clock = current().clock
        delay = RETRY_DELAYS[self.attempts - 1]
        age_limit = timedelta(seconds=self._config.get("MaximumEventAgeInSeconds", MAXIMUM_AGE_S))
        if clock.now() + delay - self.queued > age_limit:
            self._give_up("EventAgeExceeded", outcome)
        else:
            clock.after(delay, f"retry {self.attempts} of {self.arn}", self.attempt)

    def _give_up(self, condition: str, last: Invocation | None) -> None:
        from rehearsal.aws import targets

        reason = f"{condition} after {self.attempts} attempts"
        queue = (self.function.dead_letter_config or {}).get("TargetArn")
        if queue:
            error = json.loads(last.payload).get("errorMessage", "") if last else "Rate Exceeded."
            attributes = {"RequestID": self.request_id, "ErrorCode": "200" if last else "429", "ErrorMessage": error}
            targets.dead_letter(queue, self.payload, reason, attributes)
        on_failure = self._config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        if on_failure:
            targets.dead_letter(on_failure, json.dumps(self._record(condition, last)), reason, {})
        lambda_evidence.dropped(current(), self.function, bool(queue or on_failure))

    def _record(self, condition: str, last: Invocation | None) -> dict[str, Any]:
        return {
            "version": "1.0",
            "timestamp": current().clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "requestContext": {
                "requestId": self.request_id,
                "functionArn": self.arn,
                "condition": condition,
                "approximateInvokeCount": self.attempts,
            },
            "requestPayload": json.loads(self.payload),
            "responseContext": {
                "statusCode": 200 if last else 429,
                "executedVersion": str(self.function.version),
                "functionError": "Unhandled",
            },
            "responsePayload": json.loads(last.payload) if last else None,
        }
