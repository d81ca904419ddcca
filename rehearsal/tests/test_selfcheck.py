"""A changed moto is named at start."""

from __future__ import annotations

import importlib.metadata

import moto.iam.models
import moto.sts.models
import pytest

from rehearsal.aws import selfcheck
from rehearsal.aws.patching import MotoChangedError


@pytest.fixture(autouse=True)
def _fresh():
    selfcheck.check.cache_clear()
    yield
    selfcheck.check.cache_clear()


def test_the_pinned_moto_is_as_needed():
    selfcheck.check()


def test_everything_that_changed_is_named(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "9.9")
    monkeypatch.setattr(moto.sts.models.STSBackend, "assume_role", lambda self, region_name: None)
    monkeypatch.delattr(moto.iam.models.IAMBackend, "get_role")
    monkeypatch.setattr(moto.sts.models.AssumedRole, "__init__", lambda self: None)
    with pytest.raises(MotoChangedError) as changed:
        selfcheck.check()
    for part in (
        "version 9.9 is installed, 5.2.5 is pinned",
        "moto.sts.models.STSBackend.assume_role has no parameter role_arn",
        "moto.iam.models has no IAMBackend.get_role",
        "moto.sts.models.AssumedRole does not use session_token",
    ):
        assert part in str(changed.value)
