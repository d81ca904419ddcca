"""The shop of the restore drills: a live database with orders, and what its backups hold when they are restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from rehearsal import postgres, second_region
from rehearsal.faults.scenarios import only
from rehearsal.stage import ROOT, Stage, stage

SUNDAY = date(2026, 11, 22)
FRESHNESS = "SELECT max(created_at) FROM orders"
CHECKS = {"checks": [{"name": "paid orders", "sql": "select count(*) > 0 from orders", "expect": "t"}]}
ROLES = ("yakin_reader", "app_user_owner")


MARK = {"yakin:drill": "yakin-prod"}
# What is no drill's: its name (None: the live database) and its tags.
FOREIGN = [
    pytest.param(None, {}, id="the live database"),
    pytest.param("yakin-drill-unmarked", {}, id="a name alone"),
    pytest.param("yakin-drill-of-another-stack", {"yakin:drill": "shop-dev"}, id="another stack's drill"),
    pytest.param("marked-but-no-drill", MARK, id="a tag alone"),
]


def tagged(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def zips(*functions: str) -> bool:
    """Whether they are built."""
    return all((ROOT / "functions" / name / "target" / f"{name}.zip").exists() for name in functions)


def identifier(sunday: date) -> str:
    return f"yakin-drill-yakin-prod-{sunday:%Y%m%d}"


@dataclass
class Drills:
    on: Stage
    live: postgres.Postgres
    restored: postgres.Postgres

    def until(self, local: datetime) -> None:
        self.on.world.clock.run_until(local)

    def clusters(self) -> list[str]:
        return [one["DBClusterIdentifier"] for one in self.on.client("rds").describe_db_clusters()["DBClusters"]]

    def instances(self) -> list[str]:
        return [one["DBInstanceIdentifier"] for one in self.on.client("rds").describe_db_instances()["DBInstances"]]

    def snapshots(self) -> list[str]:
        """By hand and by functions."""
        found = self.on.client("rds").describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]
        return [one["DBSnapshotIdentifier"] for one in found]

    def backup_holds(self, newest: datetime, orders: int = 100, *others: str) -> None:
        """What the next restore will bring back."""
        _fill(self.restored, newest, orders)
        self.restored.superuser("app", *others)

    def play(self, sunday: date) -> None:
        """The drill of one Sunday, from before it begins until it must be over."""
        three = datetime.fromisoformat(f"{sunday}T03:00+09:00")
        _fill(self.live, three - timedelta(minutes=1), 100)
        self.until(three + timedelta(hours=2))

    def notices(self) -> list[dict[str, Any]]:
        """Each once, in order."""
        published = [
            json.loads(call.params["Message"])
            for call in self.on.world.calls
            if call.action == "sns:Publish" and call.who == "RestoreDrillFunction" and call.outcome == "ok"
        ]
        return list({notice["id"]: notice for notice in published}.values())

    def evidence(self) -> dict[str, Any]:
        """By the name of its file."""
        bucket, s3 = self.on.id_of("DatabaseExportBucket"), self.on.client("s3")
        keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket, Prefix="drills/evidence/").get("Contents", [])]
        return {
            key.rsplit("/", 1)[-1]: json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys
        }


def answer(on: Stage, sunday: date) -> Drills:
    """Both databases answer, and the rotation has made the reader of the live one."""
    secrets = [on.id_of("DatabaseAppSecret"), on.id_of("DatabaseReaderSecret")]
    is_cluster = on.stack.parameters.get("DbEngineMode") == "aurora-serverless-v2"
    live = postgres.answer_for(on.world, on.id_of("DatabaseCluster" if is_cluster else "DatabaseInstance"), *secrets)
    restored = postgres.stand_in(on.world, [identifier(sunday)])
    on.client("secretsmanager").rotate_secret(SecretId=secrets[1])
    on.world.clock.run_for(timedelta(minutes=1))
    for server in (live, restored):
        for role in ROLES:
            server.superuser("app", f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN END $$")
    on.client("ssm").put_parameter(Name=on.id_of("RestoreDrillChecks"), Value=json.dumps(CHECKS), Overwrite=True)
    return Drills(on, live, restored)


@contextmanager
def drills(sunday: date, **parameters: str) -> Iterator[Drills]:
    """From the evening before; nobody else of the night shift wakes up by itself."""
    start = datetime.fromisoformat(f"{sunday}T00:00+09:00") - timedelta(hours=3)
    chosen = {"AlertLanguage": "en", "DrillFreshnessQuery": FRESHNESS, **parameters}
    with stage(start, parameters=chosen, prepare=second_region.make_key) as on:
        # the check makes the copies in the second region, if there is one
        only(on, "RestoreDrill", *(["SnapshotCheck"] if "DrRegion" in parameters else []))
        yield answer(on, sunday)


def _fill(server: postgres.Postgres, newest: datetime, orders: int) -> None:
    server.superuser(
        "app",
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public AUTHORIZATION yakin_admin",
        "DROP COLLATION IF EXISTS pg_catalog.shop_names",
        "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL)",
        "CREATE TABLE items (id bigint PRIMARY KEY, name text)",
        "INSERT INTO items SELECT n, 'item ' || n FROM generate_series(1, 7) n",
        f"INSERT INTO orders SELECT n, timestamptz '{newest.isoformat()}' - (n - 1) * interval '1 minute'"
        f" FROM generate_series(1, {orders}) n",
    )
