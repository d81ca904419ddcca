"""Secrets Manager: what moto answers differently from AWS.

moto's GetSecretValue without a stage follows a field of its own instead of the label AWSCURRENT, and PutSecretValue
takes a second value for the same ClientRequestToken.

Sources: API Reference, GetSecretValue ("If you don't specify either a VersionStage or VersionId, Secrets Manager
returns the AWSCURRENT version") and PutSecretValue ("If a version with this value already exists and that version's
SecretString ... values are different ... the request fails").
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

from moto.secretsmanager.exceptions import ResourceExistsException
from moto.secretsmanager.models import SecretsManagerBackend

from rehearsal.aws.patching import replaces
from rehearsal.aws.world import World


def install(world: World) -> None:
    del world
    _patch_moto()


@functools.cache
def _patch_moto() -> None:
    backend = SecretsManagerBackend

    @replaces(backend, "get_secret_value", "secret_id", "version_id", "version_stage")
    def get_secret_value(original: Any, self: Any, secret_id: str, version_id: str, version_stage: str) -> Any:
        stage = version_stage or (None if version_id else "AWSCURRENT")
        return original(self, secret_id, version_id, stage)

    @replaces(backend, "put_secret_value", "secret_id", "secret_string", "client_request_token")
    def put_secret_value(original: Any, self: Any, *args: Any, **named: Any) -> Any:
        given = inspect.signature(original).bind(self, *args, **named).arguments
        secret_id, secret_string, token = (
            given["secret_id"],
            given["secret_string"],
            given["client_request_token"],
        )
        secret = self.secrets.get(secret_id)
        existing = secret.versions.get(token) if secret is not None and token else None
        if existing and existing.get("secret_string") not in (None, secret_string):
            raise ResourceExistsException(
                "You can't modify an existing version, you can only create a new version. "
                f"The version {token} already exists with a different value."
            )
        return original(self, *args, **named)
