"""Secrets Manager's rotation: the schedule, the four calls of the function, and the event when a label moves.

moto calls the function once, moves the labels itself and never comes again. Secrets Manager only makes an empty version
with the label AWSPENDING and calls; labels move when the function moves them. A rotation that failed is tried again
with the same version.

Where no database answers (``World.database``) nobody could set a password: the rotation is recorded and not played.

Sources: Secrets Manager User Guide, "Rotation by Lambda function" (steps; AWSPENDING and AWSCURRENT on one version, or
no AWSPENDING, is an ended rotation), "Rotation windows", "Secret Label Updated event"; API Reference, RotateSecret. How
often and when a failed rotation is tried again is not documented: the numbers here are ours.
"""

from __future__ import annotations

import functools
import json
from datetime import timedelta
from typing import Any

from moto.moto_api._internal import mock_random
from moto.secretsmanager.exceptions import InvalidRequestException, SecretNotFoundException
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend

from rehearsal.aws import events, lambda_, resource_policy
from rehearsal.aws.patching import replaces
from rehearsal.aws.resource_policy import Sender
from rehearsal.aws.world import World, current

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
BETWEEN_STEPS = timedelta(seconds=1)
RETRY = timedelta(minutes=10)
RETRIES = 5


def install(world: World) -> None:
    del world
    _patch_moto()


def version_of(secret: FakeSecret, stage: str) -> str | None:
    return next((version for version, found in secret.versions.items() if stage in found["version_stages"]), None)


def begin(secret: FakeSecret, new_version: str | None = None) -> None:
    """One rotation, from now on, to a version that may be named; a pending one goes on."""
    if current().database is None:
        current().record("rotation", secret=secret.name, outcome="not played: no database answers")
        return
    token = version_of(secret, "AWSPENDING")
    if token is None or token == version_of(secret, "AWSCURRENT"):
        token = new_version or str(mock_random.uuid4())
        secret.remove_version_stages_from_old_versions(["AWSPENDING"])
        now = int(current().clock.now().timestamp())
        secret.versions[token] = {"createdate": now, "version_id": token, "version_stages": ["AWSPENDING"]}
    _call(secret, token, 0, 0)


def _call(secret: FakeSecret, token: str, step: int, tried: int) -> None:
    """Plans the call: a function runs when nothing else does."""

    def call() -> None:
        if not secret.rotation_enabled or "AWSPENDING" not in secret.versions[token]["version_stages"]:
            return  # cancelled or replaced meanwhile
        payload = {"Step": STEPS[step], "SecretId": secret.arn, "ClientRequestToken": token}
        resource_policy.check(Sender("secretsmanager.amazonaws.com", secret.arn), secret.rotation_lambda_arn)
        outcome = lambda_.invoke(secret.rotation_lambda_arn, json.dumps(payload).encode(), f"rotation {STEPS[step]}")
        if outcome.error is not None:
            current().record("rotation", secret=secret.name, outcome=f"{STEPS[step]} failed: {outcome.error}")
            if tried < RETRIES:
                current().clock.after(RETRY, f"rotation of {secret.name}", lambda: _call(secret, token, 0, tried + 1))
        elif step + 1 < len(STEPS):
            _call(secret, token, step + 1, tried)
        else:
            now = int(current().clock.now().timestamp())
            secret.last_rotation_date = now
            secret.next_rotation_date = now + secret.auto_rotate_after_days * 86400
            current().record("rotation", secret=secret.name, outcome="succeeded")

    current().clock.after(BETWEEN_STEPS, f"{STEPS[step]} of {secret.name}", call)


def _every(secret: FakeSecret) -> None:
    days = timedelta(days=secret.auto_rotate_after_days)

    def again() -> None:
        if secret.rotation_enabled:
            begin(secret)
            _every(secret)

    current().clock.after(days, f"rotation of {secret.name}", again)


def _moved(secret: FakeSecret | None, before: str | None) -> None:
    now = version_of(secret, "AWSCURRENT") if secret else None
    if secret is not None and before is not None and now is not None and now != before:
        detail = {"name": secret.name, "labelUpdated": "AWSCURRENT", "versionId": now}
        events.emit("aws.secretsmanager", "Secret Label Updated", detail, [secret.arn])


@functools.cache
def _patch_moto() -> None:
    backend = SecretsManagerBackend

    @replaces(backend, "rotate_secret", "secret_id", "rotation_lambda_arn", "rotation_rules", "rotate_immediately")
    def rotate_secret(
        original: Any,
        self: Any,
        secret_id: str,
        client_request_token: str | None = None,
        rotation_lambda_arn: str | None = None,
        rotation_rules: dict[str, Any] | None = None,
        rotate_immediately: bool = True,
    ) -> Any:
        del original
        if not self._is_valid_identifier(secret_id):
            raise SecretNotFoundException
        secret = self.secrets[secret_id]
        planned = secret.rotation_enabled
        secret.rotation_lambda_arn = rotation_lambda_arn or secret.rotation_lambda_arn
        if not secret.rotation_lambda_arn:
            raise InvalidRequestException("No Lambda rotation function ARN is associated with this secret.")
        lambda_.find(secret.rotation_lambda_arn)
        rules = rotation_rules or {}
        if "ScheduleExpression" in rules:
            raise NotImplementedError("RotationRules.ScheduleExpression")
        secret.auto_rotate_after_days = int(rules.get("AutomaticallyAfterDays", secret.auto_rotate_after_days))
        secret.rotation_requested = secret.rotation_enabled = True
        secret.next_rotation_date = int(current().clock.now().timestamp()) + secret.auto_rotate_after_days * 86400
        if not planned:
            _every(secret)
        if rotate_immediately:
            begin(secret, client_request_token)
        return secret.to_short_dict()

    @replaces(backend, "update_secret_version_stage", "secret_id", "version_stage")
    def update_secret_version_stage(original: Any, self: Any, secret_id: str, *args: Any, **named: Any) -> Any:
        secret = self.secrets.get(secret_id)
        before = version_of(secret, "AWSCURRENT") if secret else None
        answer = original(self, secret_id, *args, **named)
        _moved(secret, before)
        return answer

    @replaces(backend, "_add_secret", "secret_id", "version_stages")
    def add_secret(original: Any, self: Any, secret_id: str, *args: Any, **named: Any) -> Any:
        secret = self.secrets.get(secret_id)
        before = version_of(secret, "AWSCURRENT") if secret else None
        answer = original(self, secret_id, *args, **named)
        _moved(secret, before)
        return answer
