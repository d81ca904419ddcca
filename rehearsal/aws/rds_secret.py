"""The secret of ManageMasterUserPassword: who is in it, and when it is ready.

RDS User Guide: "Password management with Amazon RDS and AWS Secrets Manager": the secret holds username and password
only, its name starts with rds!, RDS creates it with the instance and rotates it every seven days or when asked. AWS
Managed Policy Reference, AmazonRDSServiceRolePolicy: RDS tags it with aws:rds:primaryDBInstanceArn or
aws:rds:primaryDBClusterArn.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from moto.moto_api._internal import mock_random
from moto.rds.models import MasterUserSecret

from rehearsal.aws.patching import MotoChangedError, replaces
from rehearsal.aws.world import current

EVERY = timedelta(days=7)
ROTATION = timedelta(seconds=30)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+-=?_~"


def _text(secret: MasterUserSecret) -> str:
    password = "".join(current().chance.choices(LETTERS, k=28))
    if current().database is not None:
        current().database.master_is(secret.resource.resource_id, secret.resource.master_username, password)
    return json.dumps({"username": secret.resource.master_username, "password": password})


def _rotate(secret: MasterUserSecret) -> None:
    secret._status = "rotating"

    def done() -> None:
        if secret.secret.arn not in secret.secretsmanager.secrets:
            return  # deleted meanwhile
        secret.secretsmanager.put_secret_value(
            secret_id=secret.secret.arn,
            secret_string=_text(secret),
            secret_binary="",
            client_request_token=str(mock_random.uuid4()),
            version_stages=["AWSCURRENT"],
        )
        secret._status = "active"

    current().clock.after(ROTATION, f"master password of {secret.resource.resource_id}", done)


def _status(secret: MasterUserSecret) -> str:
    status: str = secret._status
    if status == "creating" and secret.resource.status not in ("creating", "new"):
        return "active"
    return status


def _name(secret: MasterUserSecret) -> str:
    return f"rds!{secret.resource.resource_type}-{mock_random.uuid4()}"


def _begin(original: Any, self: MasterUserSecret, *args: Any) -> None:
    original(self, *args)

    def again() -> None:
        if self.secret.arn in self.secretsmanager.secrets:
            if self.resource.status == "available":
                _rotate(self)
            current().clock.after(EVERY, "master password", again)

    current().clock.after(EVERY, "master password", again)


def patch_moto() -> None:
    replaces(MasterUserSecret, "__init__", "resource", "kms_key_id")(_begin)
    replaces(MasterUserSecret, "_generate_secret_string")(lambda _, self: _text(self))
    replaces(MasterUserSecret, "_generate_secret_name")(lambda _, self: _name(self))
    replaces(MasterUserSecret, "rotate_secret")(lambda _, self: _rotate(self))
    if not isinstance(MasterUserSecret.__dict__.get("secret_status"), property):
        raise MotoChangedError("moto's MasterUserSecret.secret_status is no property any more")
    MasterUserSecret.secret_status = property(_status)  # type: ignore[assignment]
