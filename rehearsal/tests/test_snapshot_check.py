"""The snapshot check in the embedded AWS: backups go bad one after the other, and people hear of it; two regions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from moto.rds.models import rds_backends

from rehearsal import second_region
from rehearsal.aws import api, rds
from rehearsal.aws.world import ACCOUNT
from rehearsal.faults.scenarios import only, rest
from rehearsal.second_region import KEY, OSAKA
from rehearsal.stage import Stage, stage

START = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)  # Monday, 21:00 in Tokyo
BUILT = (Path(__file__).parents[2] / "functions" / "snapshot-check" / "target" / "snapshot-check.zip").exists()
pytestmark = pytest.mark.skipif(not BUILT, reason="the functions are not built: make package")


class Backups:
    """The stack's database with its backups, and what the night shift says of them."""

    def __init__(self, on: Stage) -> None:
        self.on = on
        self.database = on.id_of("DatabaseInstance")
        self.here, self.abroad = api.client("rds"), api.client("rds", OSAKA)

    def until(self, local: str) -> None:
        self.on.world.clock.run_until(datetime.fromisoformat(f"{local}+09:00"))

    def notices(self) -> list[dict[str, Any]]:
        return self.said(self.on)

    @staticmethod
    def said(on: Stage) -> list[dict[str, Any]]:
        """Each once, in order."""
        published = [
            json.loads(call.params["Message"])
            for call in on.world.calls
            if call.action == "sns:Publish" and call.who == "SnapshotCheckFunction" and call.outcome == "ok"
        ]
        return list({notice["id"]: notice for notice in published}.values())

    def names(self, client: Any) -> list[str]:
        found = client.describe_db_snapshots(DBInstanceIdentifier=self.database)["DBSnapshots"]
        return sorted(one["DBSnapshotIdentifier"].replace(self.database, "shop") for one in found)

    def of_moto(self, name: str, region: str = "ap-northeast-1") -> Any:
        return rds_backends[ACCOUNT][region].database_snapshots[name.replace("shop", self.database)]


@contextmanager
def two_regions(**parameters: str) -> Iterator[Stage]:
    chosen = {"AlertLanguage": "en", **second_region.PARAMETERS, **parameters}
    with stage(START, parameters=chosen, prepare=second_region.make_key) as on:
        only(on, "SnapshotCheck")
        yield on


@pytest.fixture
def backups() -> Iterator[Backups]:
    with two_regions() as on:
        yield Backups(on)


def test_the_first_of_the_month_in_two_regions(backups: Backups) -> None:
    backups.until("2026-12-01T07:05")
    here = backups.names(backups.here)
    assert {"shop-monthly-2026-11", "shop-monthly-2026-12"} <= set(here)
    copies = backups.abroad.describe_db_snapshots(DBInstanceIdentifier=backups.database)["DBSnapshots"]
    assert len(copies) == 2  # of the first backup, and of the night's
    assert {copy["Status"] for copy in copies} == {"available"}
    assert {copy["KmsKeyId"] for copy in copies} == {KEY}
    (calm,) = backups.notices()  # all is well, and the first look was on a Monday
    assert calm["title"].endswith("checks good")
    assert not [record for record in backups.on.world.records if record.kind in ("denied", "dead-letter")]

    # From here on one look a day is enough to see what is said.
    rest(backups.on, lambda schedule: "Hourly" in schedule)
    backups.until("2026-12-01T12:00")
    rds.stall_backups(backups.database)
    backups.until("2026-12-02T07:05")
    aged = backups.notices()[-1]
    assert (aged["severity"], aged["state"]) == ("critical", "open")
    facts = dict(aged["facts"])
    assert facts["Age of the newest snapshot"].startswith("27 h (need: < 26 h). Read the database's events")
    assert facts["Newest restorable second"].startswith("19 h (need: ≤ 15 min). The transaction logs")

    rds.stall_backups(backups.database, stalled=False)
    november = f"{backups.database}-monthly-2026-11"
    share = {"AttributeName": "restore", "ValuesToAdd": ["all"]}
    backups.here.modify_db_snapshot_attribute(DBSnapshotIdentifier=november, **share)
    backups.of_moto("shop-monthly-2026-12").encrypted = False
    backups.until("2026-12-03T06:00")
    failed = next(name for name in backups.names(backups.here) if "rds:" in name and "2026-12-02" in name)
    backups.of_moto(failed).status = "failed"
    backups.until("2026-12-03T07:05")
    facts = dict(backups.notices()[-1]["facts"])
    assert facts["Shared snapshots"].startswith(f"{november} → all (need: 0). Take the share back")
    assert facts["Encryption"].startswith(f"{backups.database}-monthly-2026-12: – (need: KMS)")
    assert "failed (need: available)" in facts["State of the snapshots"]
    assert "Newest restorable second" not in facts

    here, unshare = backups.here, {"AttributeName": "restore", "ValuesToRemove": ["all"]}
    here.modify_db_snapshot_attribute(DBSnapshotIdentifier=november, **unshare)
    backups.of_moto("shop-monthly-2026-12").encrypted = True
    backups.until("2026-12-05T07:05")
    over = backups.notices()[-1]
    assert (over["severity"], over["state"], over["title"].endswith("are well again")) == ("info", "resolved", True)
    assert over["key"] == aged["key"]


@pytest.mark.long
def test_aurora_has_its_own_calls_and_the_same_judgement() -> None:
    with two_regions(DbEngineMode="aurora-serverless-v2") as on:
        cluster, here, abroad = on.id_of("DatabaseCluster"), api.client("rds"), api.client("rds", OSAKA)
        rest(on, lambda schedule: "Hourly" in schedule)
        on.world.clock.run_until(datetime.fromisoformat("2026-12-02T07:05+09:00"))

        def names(client: Any) -> list[str]:
            found = client.describe_db_cluster_snapshots(DBClusterIdentifier=cluster)["DBClusterSnapshots"]
            return [one["DBClusterSnapshotIdentifier"].replace(cluster, "shop") for one in found]

        assert "shop-monthly-2026-12" in names(here)
        assert [name for name in names(abroad) if name.startswith("shop-dr-")]
        assert not [record for record in on.world.records if record.kind in ("denied", "dead-letter")]

        december = {"DBClusterSnapshotIdentifier": f"{cluster}-monthly-2026-12"}
        share = {"AttributeName": "restore", "ValuesToAdd": ["all"]}
        here.modify_db_cluster_snapshot_attribute(**december, **share)
        on.world.clock.run_until(datetime.fromisoformat("2026-12-03T07:05+09:00"))
        bad = Backups.said(on)[-1]
        assert (bad["severity"], bad["state"]) == ("critical", "open")
        facts = dict(bad["facts"])
        assert facts["Shared snapshots"].startswith(f"{cluster}-monthly-2026-12 → all (need: 0)")
        assert not [record for record in on.world.records if record.kind in ("denied", "dead-letter")]
