"""Restore drills of an Aurora cluster in the embedded AWS with the real zip and enforced IAM, against two real
PostgreSQL servers: the live database, and what stands in for the restored one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal import second_region
from rehearsal.tests import roles
from rehearsal.tests.drills import FOREIGN, MARK, SUNDAY, Drills, drills, identifier, tagged, zips

pytestmark = pytest.mark.skipif(
    not zips("restore-drill", "secret-rotation", "snapshot-check"), reason="the functions are not built: make package"
)

AURORA = {"DbEngineMode": "aurora-serverless-v2"}
THREE = datetime.fromisoformat("2026-11-22T03:00+09:00")


@pytest.fixture(scope="module")
def drill() -> Iterator[Drills]:
    """The healthy one, of the week of point-in-time recovery."""
    with drills(SUNDAY, **AURORA) as played:
        played.backup_holds(THREE - timedelta(minutes=4))
        played.play(SUNDAY)
        yield played


def only_the_live_cluster_is_there(played: Drills) -> bool:
    members = [played.on.id_of("DatabaseWriter"), played.on.id_of("DatabaseReader")]
    return played.clusters() == [played.on.id_of("DatabaseCluster")] and sorted(played.instances()) == sorted(members)


def of_the_drill(played: Drills, action: str) -> dict[str, Any]:
    (params,) = [
        call.params
        for call in played.on.world.calls
        if (call.who, call.action) == ("RestoreDrillFunction", f"rds:{action}")
    ]
    return params


def test_a_healthy_backup_is_restored_looked_into_told_and_deleted(drill: Drills) -> None:
    begins, passed = drill.notices()
    assert begins["title"] == "Restore drill begins: point-in-time recovery is restored to an instance of its own"
    assert passed["title"].startswith("Restore drill passed: point-in-time recovery was usable after ")
    facts = dict(passed["facts"])
    assert facts["Data lost (RPO)"] == "3 min (limit 5 min)"
    assert facts["Looked into"] == "2 tables, 107 rows, 1 checks of the team"
    assert only_the_live_cluster_is_there(drill)
    ((name, evidence),) = drill.evidence().items()
    assert name.startswith("2026-11-22_passed_")
    assert (evidence["compared"], evidence["findings"], evidence["rpoSeconds"]) == (True, [], 180)


def test_what_was_restored_was_small_private_and_marked(drill: Drills) -> None:
    restore = of_the_drill(drill, "RestoreDBClusterToPointInTime")
    assert restore["VpcSecurityGroupIds"] == [drill.on.id_of("RestoreDrillInstanceSecurityGroup")]
    assert restore["DBClusterParameterGroupName"] == drill.on.id_of("DatabaseClusterParameterGroup")
    member = of_the_drill(drill, "CreateDBInstance")
    assert (member["DBClusterIdentifier"], member["DBInstanceClass"]) == (identifier(SUNDAY), "db.serverless")
    assert member["PubliclyAccessible"] in (False, "false")
    assert of_the_drill(drill, "DeleteDBInstance")["DBInstanceIdentifier"] == f"{identifier(SUNDAY)}-1"
    assert of_the_drill(drill, "DeleteDBCluster")["DBClusterIdentifier"] == identifier(SUNDAY)


def test_nothing_was_denied_lost_or_dead(drill: Drills) -> None:
    kinds = ("denied", "dead-letter", "not-emulated", "lost", "emf-error")
    assert [record for kind in kinds for record in drill.on.world.of_kind(kind) if "Probe" not in str(record)] == []
    errors = [
        record.facts["error"]
        for record in drill.on.world.of_kind("invocation")
        if record.facts["function"] in ("RestoreDrillFunction", "SecretRotationFunction")
    ]
    assert errors and not any(errors)


def make(drill: Drills, name: str, tags: dict[str, str]) -> str:
    drill.on.client("rds").create_db_cluster(
        DBClusterIdentifier=name, Engine="aurora-postgresql", MasterUsername="postgres",
        MasterUserPassword="by-hand-0", Tags=tagged(tags),
    )  # fmt: skip
    return name


def test_what_was_left_behind_goes_by_its_mark(drill: Drills) -> None:
    """A cluster with an instance, as a drill makes it, one that lost it, and an instance of the time before Aurora."""
    name = make(drill, "yakin-drill-left-behind", MARK)
    make(drill, "yakin-drill-without-an-instance", MARK)
    drill.on.client("rds").create_db_instance(
        DBInstanceIdentifier=f"{name}-1", DBClusterIdentifier=name, Engine="aurora-postgresql",
        DBInstanceClass="db.serverless", Tags=tagged(MARK),
    )  # fmt: skip
    drill.on.client("rds").create_db_instance(
        DBInstanceIdentifier="yakin-drill-without-a-cluster", Engine="postgres", DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20, MasterUsername="postgres", MasterUserPassword="by-hand-0", Tags=tagged(MARK),
    )  # fmt: skip
    drill.on.world.clock.run_for(timedelta(minutes=30))
    assert only_the_live_cluster_is_there(drill)


@pytest.mark.parametrize(("name", "tags"), FOREIGN)
def test_iam_lets_the_drill_change_nothing_but_its_drills(
    drill: Drills, name: str | None, tags: dict[str, str]
) -> None:
    """With the function's own credentials, as if its code had lost its mind."""
    rds = roles.client(drill.on, "RestoreDrillRole", "rds")
    name = make(drill, name, tags) if name else drill.on.id_of("DatabaseCluster")
    for call in (
        lambda: rds.delete_db_cluster(DBClusterIdentifier=name, SkipFinalSnapshot=True),
        lambda: rds.modify_db_cluster(DBClusterIdentifier=name, ManageMasterUserPassword=True),
    ):
        with pytest.raises(ClientError, match=f"not authorized to perform: rds:.* on resource: .*:cluster:{name}"):
            call()
    assert name in drill.clusters()


def test_iam_keeps_the_drill_from_the_instances_of_the_shop_and_from_what_has_no_mark(drill: Drills) -> None:
    rds, live = roles.client(drill.on, "RestoreDrillRole", "rds"), drill.on.id_of("DatabaseCluster")
    member = {"Engine": "aurora-postgresql", "DBInstanceClass": "db.serverless", "Tags": tagged(MARK)}
    for refused in (
        lambda: rds.delete_db_instance(DBInstanceIdentifier=drill.on.id_of("DatabaseReader"), SkipFinalSnapshot=True),
        lambda: rds.create_db_instance(DBInstanceIdentifier="yakin-drill-x", DBClusterIdentifier=live, **member),
        lambda: rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier="anything"),
        lambda: rds.restore_db_cluster_to_point_in_time(
            SourceDBClusterIdentifier=live,
            DBClusterIdentifier="yakin-drill-without-a-mark",
            UseLatestRestorableTime=True,
        ),
        lambda: rds.restore_db_cluster_to_point_in_time(
            SourceDBClusterIdentifier=live,
            DBClusterIdentifier="marked-but-misnamed",
            UseLatestRestorableTime=True,
            Tags=tagged(MARK),
        ),
    ):
        with pytest.raises(ClientError, match="not authorized to perform"):
            refused()


def test_iam_keeps_the_masters_secret_from_the_drill(drill: Drills) -> None:
    (live,) = drill.on.client("rds").describe_db_clusters(DBClusterIdentifier=drill.on.id_of("DatabaseCluster"))[
        "DBClusters"
    ]
    with pytest.raises(ClientError, match="not authorized to perform"):
        roles.client(drill.on, "RestoreDrillRole", "secretsmanager").get_secret_value(
            SecretId=live["MasterUserSecret"]["SecretArn"]
        )


@pytest.mark.long
@pytest.mark.parametrize(
    ("sunday", "parameters", "title", "lost"),
    [
        (date(2026, 11, 29), {}, "last night's snapshot", "362 min (limit 1560 min)"),
        (date(2026, 11, 29), second_region.PARAMETERS, "the copy in ap-northeast-3", "362 min (limit 1800 min)"),
    ],
    ids=["a snapshot", "a copy of the second region"],
)
def test_every_other_kind_of_backup_is_drilled_and_deleted(
    sunday: date, parameters: dict[str, str], title: str, lost: str
) -> None:
    with drills(sunday, **AURORA, **parameters) as played:
        played.backup_holds(datetime.fromisoformat("2026-11-28T20:57+09:00"))
        played.play(sunday)
        begins, passed = played.notices()
        assert begins["title"] == f"Restore drill begins: {title} is restored to an instance of its own"
        assert passed["title"].startswith(f"Restore drill passed: {title} was usable after ")
        assert dict(passed["facts"])["Data lost (RPO)"] == lost
        assert only_the_live_cluster_is_there(played)
        found = played.on.client("rds").describe_db_cluster_snapshots(SnapshotType="manual")["DBClusterSnapshots"]
        assert identifier(sunday) not in [one["DBClusterSnapshotIdentifier"] for one in found]
        assert [name.split("_")[1] for name in played.evidence()] == ["passed"]
        assert not [record for kind in ("denied", "dead-letter") for record in played.on.world.of_kind(kind)]
