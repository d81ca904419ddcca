"""The scenario of restore-drill: one whole drill, from restore to delete, against two real PostgreSQL servers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from rehearsal import postgres
from rehearsal.faults.scenario import Invariant, Scenario
from rehearsal.stage import Stage

BEGINS = datetime.fromisoformat("2026-12-27T03:00+09:00")  # the Sunday after the sale
IDENTIFIER = "yakin-drill-yakin-prod-20261227"
FOREIGN = "yakin-drill-by-hand"  # somebody's own, without the tag
ORDERS = (
    "CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY)",
    "INSERT INTO orders SELECT n FROM generate_series(1, 100) n ON CONFLICT DO NOTHING",
)


def _instances(on: Stage) -> dict[str, str]:
    found = on.client("rds").describe_db_instances()["DBInstances"]
    return {one["DBInstanceIdentifier"]: one["DBInstanceStatus"] for one in found}


def both_databases_answer(on: Stage) -> None:
    # Imported here: the list of all scenarios has this one.
    from rehearsal.faults.scenarios import only

    only(on, "RestoreDrill")
    on.client("rds").create_db_instance(
        DBInstanceIdentifier=FOREIGN, Engine="postgres", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
        MasterUsername="postgres", MasterUserPassword="by-hand-0",
    )  # fmt: skip
    on.world.clock.run_until(BEGINS - timedelta(minutes=10))
    reader = on.id_of("DatabaseReaderSecret")
    live = postgres.answer_for(on.world, on.id_of("DatabaseInstance"), on.id_of("DatabaseAppSecret"), reader)
    restored = postgres.stand_in(on.world, [IDENTIFIER])
    on.client("secretsmanager").rotate_secret(SecretId=reader)
    on.world.clock.run_for(timedelta(minutes=1))
    restored.superuser("app", "CREATE ROLE yakin_reader")
    for server in (live, restored):
        server.superuser("app", *ORDERS)
    on.world.clock.run_until(BEGINS - timedelta(seconds=1))


def drill_runs(on: Stage) -> None:
    """Until nothing is left of it: a quarter of an hour more than it takes."""
    on.world.clock.run_for(timedelta(minutes=75))


def nothing_is_left_behind(on: Stage) -> str | None:
    left = [name for name in _instances(on) if name not in (on.id_of("DatabaseInstance"), FOREIGN)]
    return f"{left}" if left else None


def nothing_foreign_is_touched(on: Stage) -> str | None:
    wanted = {on.id_of("DatabaseInstance"): "available", FOREIGN: "available"}
    found = {name: status for name, status in _instances(on).items() if name in wanted}
    return None if found == wanted else f"{found}"


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


def evidence_is_kept(on: Stage) -> str | None:
    found = on.client("s3").list_objects_v2(Bucket=on.id_of("DatabaseExportBucket"), Prefix="drills/evidence/")
    names = [one["Key"].rsplit("/", 1)[-1] for one in found.get("Contents", [])]
    passed = [name for name in names if name.startswith("2026-12-27_passed_")]
    return None if passed and passed == names else f"{names}"


RESTORE_DRILL = [
    Scenario(
        "restore-drill, a whole drill",
        "RestoreDrillFunction",
        both_databases_answer,
        drill_runs,
        lambda on: on.world.clock.run_for(timedelta(hours=1)),
        (
            Invariant("nothing paid is left behind", nothing_is_left_behind),
            Invariant("nothing foreign is touched", nothing_foreign_is_touched),
            Invariant("people are told that it began and that it passed", people_are_told),
            Invariant("its evidence is kept", evidence_is_kept),
        ),
    ),
]
