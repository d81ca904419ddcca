"""Restore drills in the embedded AWS with the real zip and enforced IAM, against two real PostgreSQL servers: the live
database, and what stands in for the restored one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from rehearsal.tests import roles
from rehearsal.tests.drills import FOREIGN, MARK, SUNDAY, Drills, drills, identifier, tagged, zips

pytestmark = pytest.mark.skipif(
    not zips("restore-drill", "secret-rotation"), reason="the functions are not built: make package"
)

NEXT = SUNDAY + timedelta(weeks=1)  # last night's snapshot, of which a day may be lost
THREE = datetime.fromisoformat("2026-11-22T03:00+09:00")


@pytest.fixture(scope="module")
def drill() -> Iterator[Drills]:
    """The healthy one, of the week of point-in-time recovery."""
    with drills(SUNDAY) as played:
        played.backup_holds(THREE - timedelta(minutes=4))
        played.play(SUNDAY)
        yield played


def test_a_healthy_backup_is_restored_looked_into_told_and_deleted(drill: Drills) -> None:
    begins, passed = drill.notices()
    assert begins["title"] == ("Restore drill begins: point-in-time recovery is restored to an instance of its own")
    assert passed["title"].startswith("Restore drill passed: point-in-time recovery was usable after ")
    assert passed["title"].endswith(", 3 min of data lost")
    facts = dict(passed["facts"])
    assert facts["Data lost (RPO)"] == "3 min (limit 5 min)"
    assert facts["Looked into"] == "2 tables, 107 rows, 1 checks of the team"
    assert drill.instances() == [drill.on.id_of("DatabaseInstance")]
    ((name, evidence),) = drill.evidence().items()
    assert name.startswith("2026-11-22_passed_")
    assert (evidence["compared"], evidence["findings"], evidence["rpoSeconds"]) == (True, [], 180)


def test_what_was_restored_was_small_private_and_marked(drill: Drills) -> None:
    (restore,) = [call.params for call in drill.on.world.calls if call.action == "rds:RestoreDBInstanceToPointInTime"]
    assert restore["DBInstanceClass"] == "db.t4g.micro"
    assert restore["PubliclyAccessible"] in (False, "false")
    assert restore["VpcSecurityGroupIds"] == [drill.on.id_of("RestoreDrillInstanceSecurityGroup")]
    (delete,) = [call.params for call in drill.on.world.calls if call.action == "rds:DeleteDBInstance"]
    assert delete["DBInstanceIdentifier"] == identifier(SUNDAY)


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
    drill.on.client("rds").create_db_instance(
        DBInstanceIdentifier=name, Engine="postgres", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
        MasterUsername="postgres", MasterUserPassword="by-hand-0",
        Tags=tagged(tags),
    )  # fmt: skip
    return name


@pytest.mark.parametrize(("name", "tags"), FOREIGN)
def test_iam_lets_the_drill_delete_nothing_but_its_drills(
    drill: Drills, name: str | None, tags: dict[str, str]
) -> None:
    """With the function's own credentials, as if its code had lost its mind."""
    rds = roles.client(drill.on, "RestoreDrillRole", "rds")
    name = make(drill, name, tags) if name else drill.on.id_of("DatabaseInstance")
    for call in (
        lambda: rds.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=True),
        lambda: rds.modify_db_instance(DBInstanceIdentifier=name, ManageMasterUserPassword=True),
    ):
        with pytest.raises(ClientError, match=f"not authorized to perform: rds:.* on resource: .*:db:{name}"):
            call()
    assert name in drill.instances()


def test_iam_lets_the_drill_delete_a_drill_and_mark_nothing_else(drill: Drills) -> None:
    rds = roles.client(drill.on, "RestoreDrillRole", "rds")
    name = make(drill, "yakin-drill-left-behind", MARK)
    rds.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=True)
    live = drill.on.client("rds").describe_db_instances(DBInstanceIdentifier=drill.on.id_of("DatabaseInstance"))
    arn = live["DBInstances"][0]["DBInstanceArn"]
    for refused in (
        lambda: rds.add_tags_to_resource(ResourceName=arn, Tags=tagged(MARK)),
        lambda: rds.delete_db_snapshot(DBSnapshotIdentifier="anything"),
        lambda: rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier=live["DBInstances"][0]["DBInstanceIdentifier"],
            TargetDBInstanceIdentifier="yakin-drill-without-a-mark",
            UseLatestRestorableTime=True,
        ),
    ):
        with pytest.raises(ClientError, match="not authorized to perform"):
            refused()


def test_iam_keeps_the_masters_secret_and_foreign_files_from_the_drill(drill: Drills) -> None:
    live = drill.on.client("rds").describe_db_instances(DBInstanceIdentifier=drill.on.id_of("DatabaseInstance"))
    master = live["DBInstances"][0]["MasterUserSecret"]["SecretArn"]
    with pytest.raises(ClientError, match="not authorized to perform"):
        roles.client(drill.on, "RestoreDrillRole", "secretsmanager").get_secret_value(SecretId=master)
    bucket, s3 = drill.on.id_of("DatabaseExportBucket"), roles.client(drill.on, "RestoreDrillRole", "s3")
    with pytest.raises(ClientError, match=r"AccessDenied|not authorized"):
        s3.put_object(Bucket=bucket, Key="exports/snapshot.parquet", Body=b"")
    with pytest.raises(ClientError, match=r"AccessDenied|not authorized"):
        s3.delete_object(Bucket=bucket, Key=f"drills/evidence/{next(iter(drill.evidence()))}")


# ── what a bad backup looks like: a Sunday each ──


def missing_table(played: Drills, newest: datetime) -> None:
    played.backup_holds(newest, 100, "DROP TABLE items")


def fewer_rows(played: Drills, newest: datetime) -> None:
    played.backup_holds(newest, 60)


def stale_data(played: Drills, newest: datetime) -> None:
    played.backup_holds(newest - timedelta(hours=30))


def wrong_collation(played: Drills, newest: datetime) -> None:
    played.backup_holds(
        newest, 100,
        "CREATE COLLATION shop_names (provider = icu, locale = 'ja-JP')",
        "UPDATE pg_collation SET collversion = '1.2.3' WHERE collname = 'shop_names'",
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    ("sunday", "spoil", "fact", "value"),
    [
        (SUNDAY, missing_table, "Missing table", "public.items: 0 (need: 1)"),
        (NEXT, fewer_rows, "Fewer rows", "public.orders: 60 (need: 100)"),
        (SUNDAY, stale_data, "Stale data", "point-in-time: 1802 min (need: 5 min)"),
        (NEXT, stale_data, "Stale data", "snapshot: 1802 min (need: 1560 min)"),
        (SUNDAY, wrong_collation, "Collation version differs: reindex", "shop_names"),
    ],
)
def test_a_bad_backup_fails_its_drill_by_name_and_is_deleted_all_the_same(
    sunday: date, spoil: Callable[[Drills, datetime], None], fact: str, value: str
) -> None:
    with drills(sunday) as played:
        spoil(played, datetime.fromisoformat(f"{sunday}T02:57+09:00"))
        played.play(sunday)
        _, failed, over = played.notices()
        assert (failed["severity"], failed["state"], over["state"]) == ("warning", "open", "resolved")
        assert failed["title"].endswith("was restored, but is not whole (findings: 1)")
        assert dict(failed["facts"])[fact] == value
        assert played.instances() == [played.on.id_of("DatabaseInstance")]
        assert [name.split("_")[1] for name in played.evidence()] == ["failed"]
        assert not [record for kind in ("denied", "dead-letter") for record in played.on.world.of_kind(kind)]
        print(failed["title"], failed["facts"])
