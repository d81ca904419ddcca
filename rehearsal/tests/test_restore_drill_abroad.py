"""A restore drill of a copy in the second region, in the embedded AWS with the real zips and enforced IAM."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from botocore.exceptions import ClientError

from rehearsal import second_region
from rehearsal.tests import roles
from rehearsal.tests.drills import MARK, drills, identifier, tagged, zips

pytestmark = pytest.mark.skipif(
    not zips("restore-drill", "secret-rotation", "snapshot-check"), reason="the functions are not built: make package"
)
NEXT = date(2026, 11, 29)  # the copies' turn


def test_a_copy_of_the_second_region_comes_home_is_restored_looked_into_and_deleted() -> None:
    """On a Sunday of the copies; IAM lets the drill copy only these, and delete nothing but what it copied."""
    with drills(NEXT, **second_region.PARAMETERS) as played:
        played.backup_holds(datetime.fromisoformat("2026-11-28T20:57+09:00"))
        played.play(NEXT)
        begins, passed = played.notices()
        assert (
            begins["title"] == "Restore drill begins: the copy in ap-northeast-3 is restored to an instance of its own"
        )
        assert passed["title"].startswith("Restore drill passed: the copy in ap-northeast-3 was usable after ")
        assert dict(passed["facts"])["Data lost (RPO)"] == "362 min (limit 1800 min)"
        assert "Not proven" not in dict(passed["facts"])
        (copy,) = (
            call
            for call in played.on.world.calls
            if (call.who, call.action) == ("RestoreDrillFunction", "rds:CopyDBSnapshot")
        )
        assert copy.params["SourceDBSnapshotIdentifier"].startswith("arn:aws:rds:ap-northeast-3:")
        assert copy.params["TargetDBSnapshotIdentifier"] == identifier(NEXT)
        assert played.instances() == [played.on.id_of("DatabaseInstance")]
        assert identifier(NEXT) not in played.snapshots()
        assert [name.split("_")[1] for name in played.evidence()] == ["passed"]
        assert not [record for kind in ("denied", "dead-letter") for record in played.on.world.of_kind(kind)]

        rds, database = roles.client(played.on, "RestoreDrillRole", "rds"), played.on.id_of("DatabaseInstance")
        played.on.client("rds").create_db_snapshot(
            DBInstanceIdentifier=database, DBSnapshotIdentifier="yakin-drill-mine"
        )
        (automated,) = rds.describe_db_snapshots(SnapshotType="automated")["DBSnapshots"][:1]
        for refused in (
            lambda: rds.delete_db_snapshot(DBSnapshotIdentifier="yakin-drill-mine"),  # a name alone
            lambda: rds.delete_db_snapshot(DBSnapshotIdentifier=automated["DBSnapshotIdentifier"]),
            lambda: rds.copy_db_snapshot(
                SourceDBSnapshotIdentifier=automated["DBSnapshotIdentifier"],
                TargetDBSnapshotIdentifier="yakin-drill-of-another-source",
                Tags=tagged(MARK),
            ),
        ):
            with pytest.raises(ClientError, match="not authorized to perform"):
                refused()
