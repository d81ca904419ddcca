"""The scenarios of restore-drill: whole drills, from restore to delete, against two real PostgreSQL servers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rehearsal import postgres, second_region
from rehearsal.aws import api
from rehearsal.aws.cloudformation import engine
from rehearsal.aws.stack import translate
from rehearsal.faults.scenario import Invariant, Scenario
from rehearsal.stage import TEMPLATE, Stage

FOREIGN = "yakin-drill-by-hand"  # somebody's own, without the tag
ORDERS = (
    "CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY)",
    "INSERT INTO orders SELECT n FROM generate_series(1, 100) n ON CONFLICT DO NOTHING",
)
BACKUP = datetime.fromisoformat("2027-01-10T01:00+09:00")


AURORA = {"DbEngineMode": "aurora-serverless-v2"}


def _database(on: Stage) -> str:
    return on.id_of("DatabaseCluster" if "DatabaseCluster" in on.stack.physical_ids else "DatabaseInstance")


def _of_the_shop(on: Stage) -> set[str]:
    """Its database, and the instances of its cluster."""
    return {_database(on)} | {
        name for part, name in on.stack.physical_ids.items() if part in ("DatabaseWriter", "DatabaseReader")
    }


def _databases(on: Stage) -> dict[str, str]:
    """Instances and clusters, with their states."""
    instances, clusters = on.client("rds").describe_db_instances(), on.client("rds").describe_db_clusters()
    return {one["DBInstanceIdentifier"]: one["DBInstanceStatus"] for one in instances["DBInstances"]} | {
        one["DBClusterIdentifier"]: one["Status"] for one in clusters["DBClusters"]
    }


def _foreign(on: Stage) -> None:
    """Of the same kind as the shop's."""
    master = {"MasterUsername": "postgres", "MasterUserPassword": "by-hand-0"}
    if "DatabaseCluster" in on.stack.physical_ids:
        on.client("rds").create_db_cluster(DBClusterIdentifier=FOREIGN, Engine="aurora-postgresql", **master)
    else:
        on.client("rds").create_db_instance(
            DBInstanceIdentifier=FOREIGN, Engine="postgres", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
            **master,
        )  # fmt: skip


def _snapshots(on: Stage) -> list[str]:
    found = on.client("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
    return [one["DBSnapshotIdentifier"] for one in found if "monthly" not in one["DBSnapshotIdentifier"]]


def _both_databases_answer(on: Stage, begins: datetime) -> None:
    # Imported here: the list of all scenarios has this one.
    from rehearsal.faults.scenarios import only

    only(on, "RestoreDrill")
    _foreign(on)
    on.world.clock.run_until(begins - timedelta(minutes=10))
    reader = on.id_of("DatabaseReaderSecret")
    live = postgres.answer_for(on.world, _database(on), on.id_of("DatabaseAppSecret"), reader)
    restored = postgres.stand_in(on.world, [identifier(begins)])
    on.client("secretsmanager").rotate_secret(SecretId=reader)
    on.world.clock.run_for(timedelta(minutes=1))
    restored.superuser("app", "CREATE ROLE yakin_reader")
    for server in (live, restored):
        server.superuser("app", *ORDERS)
    on.world.clock.run_until(begins - timedelta(seconds=1))


def _copies_lie_in_the_second_region(on: Stage) -> None:
    """The stack gets one, and last night's snapshot lies there; somebody's own is named as a drill's would be."""
    from rehearsal.faults.scenarios import only, switch

    only(on, "nobody")
    on.world.clock.run_until(BACKUP - timedelta(hours=12))
    second_region.make_key(on.world)
    engine.update(on.stack, translate(TEMPLATE), {**on.stack.parameters, **second_region.PARAMETERS})
    on.world.clock.run_until(BACKUP)
    database, rds = on.id_of("DatabaseInstance"), on.client("rds")
    rds.create_db_snapshot(DBInstanceIdentifier=database, DBSnapshotIdentifier=FOREIGN)
    newest = rds.describe_db_snapshots(DBInstanceIdentifier=database, SnapshotType="automated")["DBSnapshots"][-1]
    api.client("rds", second_region.OSAKA).copy_db_snapshot(
        SourceDBSnapshotIdentifier=newest["DBSnapshotArn"],
        TargetDBSnapshotIdentifier=f"{database}-dr-2027-01-09",
        KmsKeyId=second_region.KEY,
    )
    on.world.clock.run_for(timedelta(hours=1))
    switch(on, lambda schedule: "RestoreDrill" in schedule, "ENABLED")


def identifier(begins: datetime) -> str:
    return f"yakin-drill-yakin-prod-{begins:%Y%m%d}"


def nothing_is_left_behind(on: Stage) -> str | None:
    left = [name for name in _databases(on) if name not in (*_of_the_shop(on), FOREIGN)]
    left += [name for name in _snapshots(on) if name != FOREIGN]
    return f"{left}" if left else None


def nothing_foreign_is_touched(on: Stage) -> str | None:
    wanted = dict.fromkeys((*_of_the_shop(on), FOREIGN), "available")
    found = {name: status for name, status in _databases(on).items() if name in wanted}
    calls = {
        call.params.get("DBSnapshotIdentifier") for call in on.world.calls if call.action == "rds:DeleteDBSnapshot"
    }
    return None if found == wanted and FOREIGN not in calls else f"{found}, {calls}"


def _published(on: Stage) -> list[dict[str, Any]]:
    return [
        json.loads(call.params["Message"])
        for call in on.world.calls
        if call.action == "sns:Publish" and call.who == "RestoreDrillFunction" and call.outcome == "ok"
    ]


def people_are_told(on: Stage) -> str | None:
    """Once; repeats after a crash carry the same id, so that slack-alert folds them."""
    told = {notice["id"].rsplit("/", 1)[-1] for notice in _published(on)}
    return None if told == {"begins", "passed"} else f"{sorted(told)}"


def evidence_is_kept(begins: datetime) -> Invariant:
    def broken_by(on: Stage) -> str | None:
        found = on.client("s3").list_objects_v2(Bucket=on.id_of("DatabaseExportBucket"), Prefix="drills/evidence/")
        names = [one["Key"].rsplit("/", 1)[-1] for one in found.get("Contents", [])]
        passed = [name for name in names if name.startswith(f"{begins:%Y-%m-%d}_passed_")]
        return None if passed and passed == names else f"{names}"

    return Invariant("its evidence is kept", broken_by)


def _whole_drill(
    name: str, begins: datetime, lasts: timedelta, before: Callable[[Stage], None], **parameters: str
) -> Scenario:
    """``lasts`` is until nothing is left of it: a quarter of an hour more than it takes."""

    def prepare(on: Stage) -> None:
        before(on)
        _both_databases_answer(on, begins)

    return Scenario(
        name,
        "RestoreDrillFunction",
        prepare,
        lambda on: on.world.clock.run_for(lasts),
        lambda on: on.world.clock.run_for(timedelta(hours=1)),
        (
            Invariant("nothing paid is left behind", nothing_is_left_behind),
            Invariant("nothing foreign is touched", nothing_foreign_is_touched),
            Invariant("people are told that it began and that it passed", people_are_told),
            evidence_is_kept(begins),
        ),
        parameters,
    )


AFTER_THE_SALE = datetime.fromisoformat("2026-12-27T03:00+09:00")
RESTORE_DRILL = [
    # the Sunday after the sale
    _whole_drill("restore-drill, a whole drill", AFTER_THE_SALE, timedelta(minutes=75), lambda on: None),
    _whole_drill(
        "restore-drill, a whole drill of Aurora", AFTER_THE_SALE, timedelta(minutes=75), lambda on: None, **AURORA
    ),
    # the next Sunday that is a copy's turn
    _whole_drill(
        "restore-drill, a copy of the second region",
        BACKUP + timedelta(hours=2),
        timedelta(minutes=95),
        _copies_lie_in_the_second_region,
    ),
]
