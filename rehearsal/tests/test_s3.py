"""A bucket's own policy: conditions and principals count, an explicit Deny wins."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto.iam.access_control import PermissionResult

from rehearsal.aws import s3

BUCKET = "arn:aws:s3:::shop"
FILE = f"{BUCKET}/drills/evidence/2026-11-22.json"
TLS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [BUCKET, f"{BUCKET}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
READ = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
CDN = {**READ, "Principal": {"Service": "cloudfront.amazonaws.com"}}


def judged(*statements: dict[str, Any], action: str = "s3:GetObject", resource: str = FILE, tls: bool = True) -> Any:
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return s3.judge(policy, action, resource, {"aws:securetransport": str(tls).lower()})


@pytest.mark.parametrize(
    ("statements", "tls", "wanted"),
    [
        ([TLS_ONLY], True, PermissionResult.NEUTRAL),
        ([TLS_ONLY], False, PermissionResult.DENIED),
        ([TLS_ONLY, READ], True, PermissionResult.PERMITTED),
        ([READ, TLS_ONLY], False, PermissionResult.DENIED),
        ([{**TLS_ONLY, "Condition": {}}], True, PermissionResult.DENIED),
        ([CDN], True, PermissionResult.NEUTRAL),
        ([{**READ, "Principal": {"AWS": "*"}}], True, PermissionResult.PERMITTED),
    ],
)
def test_what_a_policy_says_of_a_request(statements: list[dict[str, Any]], tls: bool, wanted: Any) -> None:
    assert judged(*statements, tls=tls) == wanted


def test_another_action_and_another_resource_are_not_meant() -> None:
    assert judged(READ, action="s3:PutObject") == PermissionResult.NEUTRAL
    assert judged(READ, resource="arn:aws:s3:::other/file") == PermissionResult.NEUTRAL


@pytest.mark.parametrize("unknown", ["NotPrincipal", "NotAction", "NotResource"])
def test_what_is_not_emulated_says_so(unknown: str) -> None:
    with pytest.raises(NotImplementedError, match=unknown):
        judged({**READ, unknown: "*"})


def test_a_condition_that_is_not_emulated_says_so() -> None:
    with pytest.raises(Exception, match="is not emulated"):
        judged({**READ, "Condition": {"StringEquals": {"s3:x-amz-acl": "private"}}})
