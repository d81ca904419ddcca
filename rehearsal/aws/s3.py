"""Whether a bucket's own policy lets a request in. moto reads its statements without their conditions and principals.

Sources: S3 User Guide, "Bucket policies for Amazon S3" (a Deny with ``aws:SecureTransport`` false refuses requests
without TLS, and no others); IAM User Guide, "Policy evaluation logic" (an explicit Deny wins).
"""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from rehearsal.aws.iam_conditions import Context, as_list, holds, matches
from rehearsal.aws.patching import replaces
from rehearsal.aws.world import World

# Loopback stands for TLS: outside of the rehearsal the SDKs speak HTTPS by default. Nothing else is known here of a
# caller, so a statement for somebody by name (a service, a role) is for nobody who comes this way.
CONTEXT: Context = {"aws:securetransport": "true"}


def install(world: World) -> None:
    del world
    _patch_moto()


def judge(policy: str, action: str, resource: str, context: Context = CONTEXT) -> PermissionResult:
    effects = {
        statement["Effect"]
        for statement in as_list(json.loads(policy)["Statement"])
        if _applies(statement, action, resource, context)
    }
    if "Deny" in effects:
        return PermissionResult.DENIED
    return PermissionResult.PERMITTED if effects else PermissionResult.NEUTRAL


def _applies(statement: dict[str, Any], action: str, resource: str, context: Context) -> bool:
    unknown = statement.keys() & {"NotPrincipal", "NotAction", "NotResource"}
    if unknown:
        raise NotImplementedError(f"a bucket policy with {', '.join(sorted(unknown))}")
    principal = statement["Principal"]
    return (
        (principal == "*" or (isinstance(principal, dict) and "*" in as_list(principal.get("AWS", []))))
        and any(matches(str(pattern).lower(), action.lower()) for pattern in as_list(statement["Action"]))
        and any(matches(str(pattern), resource) for pattern in as_list(statement["Resource"]))
        and holds(statement.get("Condition") or {}, context)
    )


@functools.cache
def _patch_moto() -> None:
    @replaces(FakeBucket, "get_permission", "action", "resource")
    def get_permission(original: Any, self: Any, action: str, resource: str) -> Any:
        del original
        return judge(self.policy.decode(), action, resource) if self.policy else PermissionResult.NEUTRAL
