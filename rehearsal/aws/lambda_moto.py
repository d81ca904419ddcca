"""Where moto's Lambda is changed: properties it drops, and the Invoke API, which it would answer from Docker.

Source: Lambda API Reference, Invoke and CreateFunction.
"""

from __future__ import annotations

import base64
import functools
from typing import Any
from urllib.parse import unquote

from moto.awslambda.models import LambdaFunction
from moto.awslambda.responses import LambdaResponse

from rehearsal.aws.patching import replaces


@functools.cache
def patch() -> None:
    @replaces(LambdaFunction, "__init__", "spec")
    def construct(original: Any, self: Any, account_id: str, spec: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        self.dead_letter_config = spec.get("DeadLetterConfig")
        self.logging_config = spec.get("LoggingConfig") or {}
        original(self, account_id, spec, *args, **kwargs)

    @replaces(LambdaFunction, "get_configuration")
    def describe(original: Any, self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        configuration = original(self, *args, **kwargs)
        group = self.logging_config.get("LogGroup", f"/aws/lambda/{self.function_name}")
        configuration["LoggingConfig"] = {"LogFormat": "Text", **self.logging_config, "LogGroup": group}
        if self.dead_letter_config:
            configuration["DeadLetterConfig"] = self.dead_letter_config
        return configuration

    @replaces(LambdaFunction, "update_configuration", "config_updates")
    def update(original: Any, self: Any, config_updates: dict[str, Any]) -> dict[str, Any]:
        self.dead_letter_config = config_updates.get("DeadLetterConfig", self.dead_letter_config)
        self.logging_config = config_updates.get("LoggingConfig", self.logging_config)
        return original(self, config_updates)

    @replaces(LambdaResponse, "invoke")
    def invoke(original: Any, self: Any) -> tuple[int, dict[str, str], str | bytes]:
        del original
        name = unquote(self.path.rsplit("/", 2)[-2])
        qualifier = self.querystring.get("Qualifier", [None])[0]
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return _invoke(f"{name}:{qualifier}" if qualifier else name, body or b"{}", self.headers)


def _invoke(name: str, body: bytes, headers: Any) -> tuple[int, dict[str, str], str | bytes]:
    from rehearsal.aws import lambda_

    # moto's server takes the status from the header of that name.
    kind = headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind == "Event":
        lambda_.invoke_async(name, body.decode(), "invoke")
        return 202, {"status": "202"}, ""
    if kind == "DryRun":
        lambda_.find(name)
        return 204, {"status": "204"}, ""
    try:
        outcome = lambda_.invoke(name, body)
    except lambda_.ThrottledError as refused:
        error = f'{{"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded", "message": "{refused}"}}'
        return 429, {"status": "429", "x-amzn-errortype": "TooManyRequestsException"}, error
    answer = {"content-type": "application/json", "X-Amz-Executed-Version": outcome.version}
    if outcome.error is not None:
        answer["X-Amz-Function-Error"] = "Unhandled"
    if headers.get("X-Amz-Log-Type") == "Tail":
        answer["X-Amz-Log-Result"] = base64.b64encode("\n".join(outcome.log).encode()[-4096:]).decode()
    return 200, answer, outcome.payload
