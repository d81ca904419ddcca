"""The whole template becomes a stack in the embedded AWS, for every set of parameters."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checks.template.model import ROOT, Template
from checks.template.sets import ALL
from rehearsal.aws import api, overlay, stack
from rehearsal.aws.cloudformation.types import custom
from rehearsal.aws.world import World, current

START = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template beside empty zips: what is in them does not matter here, and need not be built."""
    directory = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "template.yaml", directory)
    for resource in Template.real().source["Resources"].values():
        if code := resource.get("Properties", {}).get("CodeUri"):
            file = directory / f"{code}.zip"
            file.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(file, "w") as zipped:
                zipped.writestr("empty", "")
    return directory


def bootstrapped(world: World, function: str, event: dict, limit: timedelta) -> dict:
    """What the functions would do and answer; their own tests and `make faults` show that they do."""
    data = {}
    for key, name in event["ResourceProperties"].get("Parameters", {}).items():
        api.client("ssm").put_parameter(Name=name, Value="made up", Type="SecureString")
        data |= {key: f"arn:aws:ssm:ap-northeast-1:123456789012:parameter{name}", f"{key}Name": name}
    same = {key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")}
    return {**same, "Status": "SUCCESS", "PhysicalResourceId": event["LogicalResourceId"], "Data": data}


def prepared(parameters: dict[str, str]) -> dict[str, str]:
    """The parameters, with what they name made first, as a person would have."""
    made = {}
    if parameters.get("CertificateArn"):
        certificate = api.client("acm").request_certificate(DomainName="shop.example.com", ValidationMethod="DNS")
        made["CertificateArn"] = certificate["CertificateArn"]
    if parameters.get("HostedZoneId"):
        zone = api.client("route53").create_hosted_zone(Name=parameters["DomainName"], CallerReference="a person")
        made["HostedZoneId"] = zone["HostedZone"]["Id"].rsplit("/", 1)[-1]
    if parameters.get("DbSnapshotIdentifier"):
        client, name = api.client("rds"), "the-old-database"
        if "DbEngineMode" in parameters:
            client.create_db_cluster(
                DBClusterIdentifier=name, Engine="aurora-postgresql", StorageEncrypted=True,
                MasterUsername="postgres", ManageMasterUserPassword=True,
            )  # fmt: skip
            current().clock.run_for(timedelta(hours=1))
            snapshot = {"DBClusterSnapshotIdentifier": parameters["DbSnapshotIdentifier"]}
            client.create_db_cluster_snapshot(DBClusterIdentifier=name, **snapshot)
            current().clock.run_for(timedelta(hours=1))
            return {**parameters, **made}
        client.create_db_instance(
            DBInstanceIdentifier=name, Engine="postgres", DBInstanceClass="db.t4g.small", StorageEncrypted=True,
            AllocatedStorage=20, MasterUsername="postgres", ManageMasterUserPassword=True,
        )  # fmt: skip
        current().clock.run_for(timedelta(hours=1))
        client.create_db_snapshot(DBInstanceIdentifier=name, DBSnapshotIdentifier=parameters["DbSnapshotIdentifier"])
        current().clock.run_for(timedelta(hours=1))
    return {**parameters, **made}


@pytest.mark.parametrize("name", ALL)
def test_every_set_becomes_a_stack(name: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custom, "ask", bootstrapped)
    world = World.create(START, tmp_path, seed=1)
    overlay.install(world)
    world.clock.start()
    try:
        made = stack.deploy(world, project / "template.yaml", prepared(ALL[name]), settle=None)
    finally:
        world.clock.stop()
    wanted = Template.real().stack(ALL[name])
    assert made.status == "CREATE_COMPLETE"
    assert set(made.resources) == set(wanted.resources)
    assert set(made.outputs) == set(wanted.outputs)
    assert all(made.outputs.values())
