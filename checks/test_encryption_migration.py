"""docs/encrypt-a-database.md, played: an unencrypted database becomes the stack's own, encrypted, with its data.

The commands are read from the page itself, so the page cannot say something else than what is played here.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from checks.template.model import ROOT
from checks.template.sets import PROD
from checks.test_template_stack import bootstrapped, project  # noqa: F401, a fixture
from rehearsal.aws import api, overlay, stack
from rehearsal.aws.cloudformation.types import custom
from rehearsal.aws.world import World

PAGE = ROOT / "docs" / "encrypt-a-database.md"
START = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def commands() -> list[list[str]]:
    """The page's ``aws rds`` commands as words."""
    blocks = re.findall(r"```\n(aws rds .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    return [shlex.split(line) for line in lines]


def run(words: list[str]) -> dict[str, Any]:
    """``aws rds copy-db-snapshot --kms-key-id x`` as boto3 calls it."""
    _, _, operation, *options = words
    client, method = api.client("rds"), operation.replace("-", "_")
    if method.startswith("wait"):
        return {}
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method]).input_shape
    names = {re.sub(r"[^a-z]", "", name.lower()): name for name in shape.members}
    given = dict(zip(options[::2], options[1::2], strict=True))
    return getattr(client, method)(**{names[key.strip("-").replace("-", "")]: value for key, value in given.items()})


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(custom, "ask", bootstrapped)
    world = World.create(START, tmp_path, seed=1)
    overlay.install(world)
    world.clock.start()
    api.client("rds").create_db_instance(
        DBInstanceIdentifier="old-shop", Engine="postgres", DBInstanceClass="db.t4g.small", StorageEncrypted=False,
        AllocatedStorage=20, MasterUsername="postgres", MasterUserPassword="old-password",
    )  # fmt: skip
    world.clock.run_for(HOUR)
    yield world
    world.clock.stop()


def played(world: World, count: int | None = None) -> None:
    for words in commands()[:count]:
        run(words)
        world.clock.run_for(HOUR)


def deployed(world: World, project: Path, snapshot: str) -> dict[str, Any]:  # noqa: F811
    certificate = api.client("acm").request_certificate(DomainName="shop.example.com", ValidationMethod="DNS")
    parameters = {**PROD, "CertificateArn": certificate["CertificateArn"], "DbSnapshotIdentifier": snapshot}
    made = stack.deploy(world, project / "template.yaml", parameters, settle=None)
    functions = api.client("lambda")
    for function in functions.list_functions()["Functions"]:  # their zips are empty
        functions.put_function_concurrency(FunctionName=function["FunctionName"], ReservedConcurrentExecutions=0)
    world.clock.run_for(HOUR)
    name = made.physical_ids["DatabaseInstance"]
    return api.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def test_the_page_ends_with_an_encrypted_database_in_the_stack(world: World, project: Path) -> None:  # noqa: F811
    played(world)
    found = deployed(world, project, "shop-encrypted")
    assert found["StorageEncrypted"]
    assert found["KmsKeyId"]
    assert found["DBInstanceStatus"] == "available"
    assert found["MultiAZ"]
    assert found["DeletionProtection"]
    assert found["BackupRetentionPeriod"] == 7
    assert found["MasterUsername"] == "postgres"
    assert found["MasterUserSecret"]["SecretArn"]
    assert api.client("rds").describe_db_instances(DBInstanceIdentifier="old-shop")["DBInstances"]


def test_the_page_can_be_followed_twice(world: World) -> None:
    """A second try after a broken one: what is there already says so, and nothing is lost."""
    played(world)
    for words in commands():
        if words[2].startswith(("create", "copy")):
            with pytest.raises(ClientError, match="AlreadyExists"):
                run(words)


def test_without_the_copy_the_database_stays_unencrypted(world: World, project: Path) -> None:  # noqa: F811
    """Why the page has its second step: a restore takes the encryption of its snapshot, and nothing can add it."""
    played(world, 2)
    assert not deployed(world, project, "shop-plain")["StorageEncrypted"]
