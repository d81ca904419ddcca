"""Each function's role, enforced: the identity policies of the role behind the session decide on every call.

A denial is written as AWS writes it and recorded as ``denied``. What the embedded IAM does not know (an action, a
resource type, a condition) raises UnknownError instead of guessing.
Not judged: resource policies, permission boundaries, service control policies, KMS keys behind a resource.
AWS documentation: "Policy evaluation logic", "Troubleshoot access denied error messages".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from moto.iam.models import iam_backends

from rehearsal.aws.faults import Refuse
from rehearsal.aws.iam_conditions import Context, as_list, context, holds, matches, substitute
from rehearsal.aws.iam_resources import UnknownError, needed
from rehearsal.aws.sessions import Session
from rehearsal.aws.wire import Request
from rehearsal.aws.world import ACCOUNT, World

__all__ = ["UnknownError", "allows", "authorize", "used_report"]

Decision = Literal["allowed", "denied", "explicitly denied"]
FREE = {"sts:GetCallerIdentity"}  # "No permissions are required to perform this operation."

# The error code of a denial, and its HTTP status, where they are not the protocol's usual ones.
DENIAL = {
    "query": ("AccessDenied", 403),
    "rest-xml": ("AccessDenied", 403),
    "ec2": ("UnauthorizedOperation", 403),
    "json": ("AccessDeniedException", 400),
    "cbor": ("AccessDeniedException", 403),
    "rest-json": ("AccessDeniedException", 403),
}
DENIAL_OF_SERVICE = {"sns": ("AuthorizationError", 403), "sqs": ("AccessDenied", 403)}


@dataclass(frozen=True)
class Policy:
    name: str
    statements: tuple[dict[str, Any], ...]


def authorize(world: World, session: Session, request: Request) -> Refuse | None:
    """None: allowed. Otherwise the error that the service answers."""
    if request.name in FREE:
        return None
    policies = policies_of(session.role)
    for action, arn in needed(request):
        decision = decide(policies, action, arn, context(world, session, request, arn))
        if decision != "allowed":
            world.record("denied", role=session.role, action=action, resource=arn, who=session.who)
            code, status = DENIAL_OF_SERVICE.get(request.prefix, DENIAL[request.protocol])
            return Refuse(code, _message(session, action, arn, decision), status)
        world.used.setdefault(session.role, set()).add((action, arn))
    return None


def allows(role_arn: str, action: str, arn: str, conditions: Context | None = None) -> bool:
    """Whether a role may do something, for services that act with it, such as Scheduler or an event source mapping."""
    return decide(policies_of(role_arn.rsplit("/", 1)[-1]), action, arn, conditions or {}) == "allowed"


def decide(policies: list[Policy], action: str, arn: str, known: Context) -> Decision:
    """An explicit deny beats every allow; without an allow nothing is allowed."""
    allowed = False
    for policy in policies:
        for statement in policy.statements:
            if _applies(statement, action, arn, known):
                if statement["Effect"] == "Deny":
                    return "explicitly denied"
                allowed = True
    return "allowed" if allowed else "denied"


def policies_of(role_name: str) -> list[Policy]:
    """Inline and attached policies of a role, as they are now."""
    backend = iam_backends[ACCOUNT]["aws"]
    role = backend.get_role(role_name)
    documents = [(name, document) for name, document in role.policies.items()]
    for policy in role.managed_policies.values():
        version = next(version for version in policy.versions if version.version_id == policy.default_version_id)
        documents.append((policy.name, version.document))
    return [Policy(name, _statements(document)) for name, document in documents]


def _statements(document: str | dict[str, Any]) -> tuple[dict[str, Any], ...]:
    parsed = json.loads(document) if isinstance(document, str) else document
    return tuple(as_list(parsed["Statement"]))


def _applies(statement: dict[str, Any], action: str, arn: str, known: Context) -> bool:
    if not _one_matches(statement, "Action", action.lower(), known, lower=True):
        return False
    if not _one_matches(statement, "Resource", arn, known):
        return False
    return holds(statement.get("Condition", {}), known)


def _one_matches(statement: dict[str, Any], element: str, value: str, known: Context, lower: bool = False) -> bool:
    """``Action`` or ``NotAction``, ``Resource`` or ``NotResource``."""
    patterns = as_list(statement[element] if element in statement else statement[f"Not{element}"])
    texts = [substitute(pattern.lower() if lower else pattern, known) for pattern in patterns]
    return any(matches(text, value) for text in texts) == (element in statement)


def _message(session: Session, action: str, arn: str, decision: Decision) -> str:
    who = f"arn:aws:sts::{ACCOUNT}:assumed-role/{session.role}/{session.name}"
    where = "" if arn == "*" else f" on resource: {arn}"
    because = f"because no identity-based policy allows the {action} action"
    if decision == "explicitly denied":
        because = "with an explicit deny in an identity-based policy"
    return f"User: {who} is not authorized to perform: {action}{where} {because}"


def used_report(world: World) -> dict[str, list[tuple[str, str]]]:
    """Role -> the permissions that it used, sorted: what least privilege would grant for what was played."""
    return {role: sorted(pairs) for role, pairs in sorted(world.used.items())}
