"""Databases in virtual time: states, events, backups and restores, as the RDS guide tells them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, events, rds
from rehearsal.aws.world import ACCOUNT, REGION, World
from rehearsal.tests.conftest import START

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTANCE = {
    "DBInstanceIdentifier": "shop", "Engine": "postgres", "EngineVersion": "17.9", "DBInstanceClass": "db.t4g.small",
    "AllocatedStorage": 20, "StorageEncrypted": True, "MultiAZ": True, "MasterUsername": "yakin_admin",
    "ManageMasterUserPassword": True, "BackupRetentionPeriod": 7, "PreferredBackupWindow": "18:00-19:00",
    "PreferredMaintenanceWindow": "sun:19:30-sun:20:30", "CopyTagsToSnapshot": True,
    "Tags": [{"Key": "stage", "Value": "prod"}],
}  # fmt: skip
READY = 20 * MINUTE  # created and backed up for the first time


@pytest.fixture
def databases(served, wire):
    rds.install(served)
    events.install(served)
    return wire("rds")


@pytest.fixture
def shop(databases, served):
    """A ready Multi-AZ instance; its story so far is forgotten."""
    databases.create_db_instance(**INSTANCE)
    served.clock.run_for(READY)
    served.records.clear()
    return databases


def describe(client, name="shop"):
    return client.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def status(client, name="shop"):
    return describe(client, name)["DBInstanceStatus"]


def story(world):
    """Statuses and event numbers, in order."""
    told = []
    for record in world.records:
        if record.kind == "database":
            told.append(record.facts["status"])
        elif record.kind == "event" and record.facts["source"] == "aws.rds":
            told.append(int(record.facts["detail"]["EventID"][-4:]))
    return told


def minutes(world, status):
    """When an instance came into the state, in minutes since the start."""
    return [(r.at - START) / MINUTE for r in world.of_kind("database") if r.facts["status"] == status]


def snapshots(client, **asked):
    return client.describe_db_snapshots(**asked)["DBSnapshots"]


def test_an_instance_is_created_backed_up_and_then_available(databases, served):
    made = databases.create_db_instance(**INSTANCE)["DBInstance"]
    assert made["DBInstanceStatus"] == "creating"
    assert made["MasterUserSecret"]["SecretStatus"] == "creating"
    assert "LatestRestorableTime" not in made
    served.clock.run_for(READY)
    assert story(served) == ["creating", 5, 1, 90, "backing-up", 91, 2, "available"]
    assert minutes(served, "available") == [17]
    ready = describe(databases)
    assert ready["MasterUserSecret"]["SecretStatus"] == "active"
    assert ready["KmsKeyId"].startswith(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/")
    assert [snapshot["DBSnapshotIdentifier"] for snapshot in snapshots(databases)] == ["rds:shop-2026-12-26-09-12"]


def test_the_managed_secret_holds_user_and_password_only(shop, served):
    arn = describe(shop)["MasterUserSecret"]["SecretArn"]
    read = api.client("secretsmanager").get_secret_value
    first = json.loads(read(SecretId=arn)["SecretString"])
    assert first.keys() == {"username", "password"} and first["username"] == "yakin_admin"
    assert arn.split(":secret:")[1].startswith("rds!db-")
    shop.modify_db_instance(DBInstanceIdentifier="shop", RotateMasterUserPassword=True, ApplyImmediately=True)
    assert describe(shop)["MasterUserSecret"]["SecretStatus"] == "rotating"
    served.clock.run_for(MINUTE)
    second = json.loads(read(SecretId=arn)["SecretString"])
    assert second != first
    served.clock.run_for(8 * DAY)  # every seven days by itself
    assert json.loads(read(SecretId=arn)["SecretString"]) != second


def test_stop_and_start_take_their_time_and_tell(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    assert status(shop) == "stopping"
    served.clock.run_for(10 * MINUTE)
    assert status(shop) == "stopped"
    shop.start_db_instance(DBInstanceIdentifier="shop")
    assert status(shop) == "starting"
    served.clock.run_for(10 * MINUTE)
    assert story(served) == ["stopping", "stopped", 87, "starting", "available", 88]
    detail = served.of_kind("event")[0].facts
    assert (detail["source"], detail["detail_type"]) == ("aws.rds", "RDS DB Instance Event")
    assert detail["detail"] == {
        "EventCategories": ["notification"], "SourceType": "DB_INSTANCE",
        "SourceArn": f"arn:aws:rds:{REGION}:{ACCOUNT}:db:shop", "Date": "2026-12-26T09:27:00.000Z",
        "Message": "DB instance stopped", "SourceIdentifier": "shop", "EventID": "RDS-EVENT-0087",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "operation", "code", "message"),
    [
        ("creating", "stop_db_instance", "InvalidDBInstanceState", "is not in available state"),
        ("stopping", "stop_db_instance", "InvalidDBInstanceState", "is not in available state"),
        ("stopping", "start_db_instance", "InvalidDBInstanceState", "is not stopped"),
        ("stopped", "stop_db_instance", "InvalidDBInstanceState", "is not in available state"),
        ("available", "start_db_instance", "InvalidDBInstanceState", "is not stopped"),
        ("stopped", "modify_db_instance", "InvalidDBInstanceState", "not in available state"),
        ("stopped", "reboot_db_instance", "InvalidDBInstanceState", "not in available state"),
        ("stopped", "create_db_snapshot", "InvalidDBInstanceState", "not currently in the available state"),
        ("deleting", "delete_db_instance", "InvalidDBInstanceState", "already being deleted"),
        ("deleting", "start_db_instance", "InvalidDBInstanceState", "is not stopped"),
        ("available", "delete_db_instance", "InvalidParameterCombination", "FinalDBSnapshotIdentifier is required"),
    ],
)
def test_the_wrong_state_is_refused(databases, served, state, operation, code, message):
    databases.create_db_instance(**INSTANCE)
    if state != "creating":
        served.clock.run_for(READY)
    if state.startswith("stop"):
        databases.stop_db_instance(DBInstanceIdentifier="shop")
    if state == "stopped":
        served.clock.run_for(HOUR)
    if state == "deleting":
        databases.delete_db_instance(DBInstanceIdentifier="shop", SkipFinalSnapshot=True)
    assert status(databases) == state
    more = {"DBSnapshotIdentifier": "s"} if "snapshot" in operation else {}
    with pytest.raises(ClientError, match=message) as refused:
        getattr(databases, operation)(DBInstanceIdentifier="shop", **more)
    assert refused.value.response["Error"]["Code"] == code


def test_after_seven_days_a_stopped_instance_is_started(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(6 * DAY)
    assert story(served) == ["stopping", "stopped", 87]
    served.clock.run_for(DAY + HOUR)
    assert story(served)[3:] == [154, "starting", "available", 88]
    assert (served.of_kind("event")[1].at - served.of_kind("event")[0].at) == 7 * DAY


def test_who_starts_in_time_is_not_started_by_force(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(6 * DAY)
    shop.start_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(HOUR)
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(6 * DAY)
    assert 154 not in story(served) and status(shop) == "stopped"


def test_a_stop_may_leave_a_snapshot(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop", DBSnapshotIdentifier="before-the-night")
    served.clock.run_for(HOUR)
    assert snapshots(shop, SnapshotType="manual")[0]["Status"] == "available"
    assert status(shop) == "stopped"


def test_an_automated_snapshot_every_day_in_the_window(shop, served):
    served.clock.run_for(10 * DAY)
    names = [snapshot["DBSnapshotIdentifier"] for snapshot in snapshots(shop, SnapshotType="automated")]
    days = [name.removeprefix("rds:shop-") for name in names]
    assert len(days) == 7 and days[-1].startswith("2027-01-04-18-") and days[0].startswith("2026-12-29-18-")
    assert all(snapshot["Status"] == "available" for snapshot in snapshots(shop))


def test_no_backup_while_stopped_and_restorable_time_stands_still(shop, served):
    stopped_at = served.clock.now()
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(2 * DAY)
    assert len(snapshots(shop)) == 1
    assert stopped_at - 5 * MINUTE < describe(shop)["LatestRestorableTime"] <= stopped_at
    shop.start_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(HOUR)
    assert describe(shop)["LatestRestorableTime"] > served.clock.now() - 5 * MINUTE


def test_the_restorable_time_lags_up_to_five_minutes(shop, served):
    lags = set()
    for _ in range(10):
        served.clock.run_for(MINUTE)
        lags.add((served.clock.now() - describe(shop)["LatestRestorableTime"]) / MINUTE)
    assert lags == {0, 1, 2, 3, 4}
    rds.stall_backups("shop")
    served.clock.run_for(2 * DAY)
    assert served.clock.now() - describe(shop)["LatestRestorableTime"] >= 2 * DAY
    assert len(snapshots(shop)) == 1


def test_a_manual_snapshot_makes_progress(shop, served):
    made = shop.create_db_snapshot(DBInstanceIdentifier="shop", DBSnapshotIdentifier="monthly")["DBSnapshot"]
    assert (made["Status"], made["PercentProgress"], made["SnapshotType"]) == ("creating", 0, "manual")
    assert made["TagList"] == INSTANCE["Tags"]
    assert status(shop) == "backing-up"
    served.clock.run_for(MINUTE)
    assert snapshots(shop, DBSnapshotIdentifier="monthly")[0]["PercentProgress"] == 33
    with pytest.raises(ClientError, match="InvalidDBSnapshotState"):
        shop.delete_db_snapshot(DBSnapshotIdentifier="monthly")
    served.clock.run_for(5 * MINUTE)
    done = snapshots(shop, DBSnapshotIdentifier="monthly")[0]
    assert (done["Status"], done["PercentProgress"], done["Encrypted"]) == ("available", 100, True)
    assert status(shop) == "available"
    gone = shop.delete_db_snapshot(DBSnapshotIdentifier="monthly")["DBSnapshot"]
    assert gone["Status"] == "deleted"
    assert [number for number in story(served) if isinstance(number, int)] == [40, 42, 41]
    with pytest.raises(ClientError, match="Only manual snapshots"):
        shop.delete_db_snapshot(DBSnapshotIdentifier="rds:shop-2026-12-26-09-12")


def test_snapshots_come_in_pages(shop, served):
    for number in range(25):
        shop.create_db_snapshot(DBInstanceIdentifier="shop", DBSnapshotIdentifier=f"s-{number:02d}")
        served.clock.run_for(5 * MINUTE)
    first = shop.describe_db_snapshots(SnapshotType="manual", MaxRecords=20)
    second = shop.describe_db_snapshots(SnapshotType="manual", MaxRecords=20, Marker=first["Marker"])
    assert (len(first["DBSnapshots"]), len(second["DBSnapshots"]), second.get("Marker")) == (20, 5, None)
    with pytest.raises(ClientError, match="Must be between 20 and 100"):
        shop.describe_db_snapshots(MaxRecords=10)


def test_a_copy_within_the_region(shop, served):
    made = shop.copy_db_snapshot(
        SourceDBSnapshotIdentifier="rds:shop-2026-12-26-09-12", TargetDBSnapshotIdentifier="kept", CopyTags=True
    )["DBSnapshot"]
    assert (made["Status"], made["SnapshotType"], made["Encrypted"]) == ("copying", "manual", True)
    assert made["SourceDBSnapshotIdentifier"].endswith(":snapshot:rds:shop-2026-12-26-09-12")
    served.clock.run_for(10 * MINUTE)
    assert snapshots(shop, DBSnapshotIdentifier="kept")[0]["Status"] == "available"
    assert story(served) == [196, 197]


def test_an_encrypted_copy_to_another_region_needs_a_key_there(shop, served):
    source = f"arn:aws:rds:{REGION}:{ACCOUNT}:snapshot:rds:shop-2026-12-26-09-12"
    abroad = api.client("rds", "ap-northeast-3")
    asked = {"SourceDBSnapshotIdentifier": source, "TargetDBSnapshotIdentifier": "dr"}
    with pytest.raises(ClientError, match="must specify a KMS key of the destination Region"):
        abroad.copy_db_snapshot(**asked)
    with pytest.raises(ClientError, match="KMSKeyNotAccessibleFault"):
        abroad.copy_db_snapshot(**asked, KmsKeyId=describe(shop)["KmsKeyId"])
    key = api.client("kms", "ap-northeast-3").create_key()["KeyMetadata"]["Arn"]
    made = abroad.copy_db_snapshot(**asked, KmsKeyId=key)["DBSnapshot"]
    assert (made["Status"], made["SourceRegion"], made["KmsKeyId"]) == ("copying", REGION, key)
    served.clock.run_for(HOUR)
    assert abroad.describe_db_snapshots()["DBSnapshots"][0]["Status"] == "available"
    assert story(served) == []  # its events are the other region's
    told = [item["Message"] for item in abroad.describe_events(Duration=120)["Events"]]
    assert told[1] == "Finished copy of snapshot rds:shop-2026-12-26-09-12 from region ap-northeast-1 in 20 minutes"


def test_deleting_a_copy_that_is_under_way_cancels_it(shop, served):
    shop.copy_db_snapshot(
        SourceDBSnapshotIdentifier="rds:shop-2026-12-26-09-12", TargetDBSnapshotIdentifier="kept", CopyTags=True
    )
    shop.delete_db_snapshot(DBSnapshotIdentifier="kept")
    served.clock.run_for(10 * MINUTE)
    assert [one["DBSnapshotIdentifier"] for one in snapshots(shop, SnapshotType="manual")] == []


def test_a_restore_from_a_snapshot(shop, served):
    made = shop.restore_db_instance_from_db_snapshot(
        DBInstanceIdentifier="drill", DBSnapshotIdentifier="rds:shop-2026-12-26-09-12"
    )["DBInstance"]
    assert (made["DBInstanceStatus"], made["MultiAZ"], made["DeletionProtection"]) == ("creating", False, False)
    assert "MasterUserSecret" not in made
    assert made["DbiResourceId"] != describe(shop)["DbiResourceId"]
    served.clock.run_for(HOUR)
    assert status(shop, "drill") == "available"
    assert 43 in story(served)
    assert minutes(served, "backing-up") == [20 + 12]


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"UseLatestRestorableTime": True}, None),
        ({"RestoreTime": START + HOUR}, None),
        ({"RestoreTime": START + 3 * HOUR}, "cannot be restored to 2026-12-26T12:00:00Z"),
        ({"RestoreTime": START}, "cannot be restored to 2026-12-26T09:00:00Z"),
        ({}, "Specify either RestoreTime or UseLatestRestorableTime"),
    ],
)
def test_a_restore_to_a_point_in_time(shop, served, asked, problem):
    served.clock.run_for(2 * HOUR)
    call = {"SourceDBInstanceIdentifier": "shop", "TargetDBInstanceIdentifier": "drill", **asked}
    if problem:
        with pytest.raises(ClientError, match=problem):
            shop.restore_db_instance_to_point_in_time(**call)
        return
    shop.restore_db_instance_to_point_in_time(**call)
    served.clock.run_for(HOUR)
    assert status(shop, "drill") == "available"
    message = next(r.facts["detail"]["Message"] for r in served.of_kind("event") if "Restored" in str(r.facts))
    at = "2026-12-26T11:17:00Z" if "UseLatestRestorableTime" in asked else "2026-12-26T10:00:00Z"
    assert message == f"Restored from DB instance shop to {at}"


def test_deletion(shop, served):
    shop.modify_db_instance(DBInstanceIdentifier="shop", DeletionProtection=True)
    with pytest.raises(ClientError, match="Cannot delete protected DB Instance"):
        shop.delete_db_instance(DBInstanceIdentifier="shop", SkipFinalSnapshot=True)
    shop.modify_db_instance(DBInstanceIdentifier="shop", DeletionProtection=False)
    shop.delete_db_instance(DBInstanceIdentifier="shop", FinalDBSnapshotIdentifier="last")
    assert status(shop) == "deleting"
    served.clock.run_for(HOUR)
    with pytest.raises(ClientError, match="DBInstanceNotFound"):
        describe(shop)
    assert [(s["DBSnapshotIdentifier"], s["Status"]) for s in snapshots(shop)] == [("last", "available")]
    served.clock.run_for(3 * DAY)
    assert len(snapshots(shop)) == 1  # no backup of what is gone


@pytest.mark.parametrize(("immediately", "when"), [(True, 20), (False, (34 * HOUR + 30 * MINUTE) / MINUTE)])
def test_a_new_class_waits_for_the_maintenance_window_unless_it_is_urgent(shop, served, immediately, when):
    asked = {"DBInstanceClass": "db.t4g.medium", "ApplyImmediately": immediately, "BackupRetentionPeriod": 14}
    shop.modify_db_instance(DBInstanceIdentifier="shop", **asked)
    now = describe(shop)
    assert (now["DBInstanceClass"], now["BackupRetentionPeriod"]) == ("db.t4g.small", 14)
    assert now["PendingModifiedValues"]["DBInstanceClass"] == "db.t4g.medium"
    served.clock.run_for(2 * DAY)
    assert minutes(served, "modifying") == [when]
    now = describe(shop)
    assert (now["DBInstanceClass"], now["PendingModifiedValues"]) == ("db.t4g.medium", {})
    assert {12, 14} <= set(story(served))


def test_failover_and_reboot(shop, served):
    zone = describe(shop)["AvailabilityZone"]
    rds.fail_over("shop")
    assert status(shop) == "rebooting"
    served.clock.run_for(2 * MINUTE)
    assert describe(shop)["AvailabilityZone"] != zone
    shop.reboot_db_instance(DBInstanceIdentifier="shop", ForceFailover=True)
    served.clock.run_for(5 * MINUTE)
    assert describe(shop)["AvailabilityZone"] == zone
    shop.reboot_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(5 * MINUTE)
    failover = [13, "rebooting", "available", 6, 49]
    assert story(served) == [*failover, *failover, 4, "rebooting", "available", 6]


def test_a_failure_in_the_middle_of_a_start_stays(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(HOUR)
    shop.start_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(MINUTE)
    rds.fail("shop", "incompatible-network")
    served.clock.run_for(DAY)
    assert status(shop) == "incompatible-network"
    rds.recover("shop")
    assert status(shop) == "available"
    assert story(served)[3:] == ["starting", "incompatible-network", 36, "available", 6]


def test_pending_maintenance(shop):
    assert shop.describe_pending_maintenance_actions()["PendingMaintenanceActions"] == []
    rds.plan_maintenance("shop", "system-update", "New Operating System update is available", START + 30 * DAY)
    [pending] = shop.describe_pending_maintenance_actions()["PendingMaintenanceActions"]
    assert pending["ResourceIdentifier"].endswith(":db:shop")
    assert pending["PendingMaintenanceActionDetails"][0]["AutoAppliedAfterDate"] == START + 30 * DAY


def test_events_can_be_asked_for(shop, served):
    shop.stop_db_instance(DBInstanceIdentifier="shop")
    served.clock.run_for(10 * MINUTE)
    found = shop.describe_events(SourceType="db-instance", SourceIdentifier="shop", Duration=10)["Events"]
    assert [item["Message"] for item in found] == ["DB instance stopped"]
    assert found[0]["EventCategories"] == ["notification"]


CLUSTER = {
    "DBClusterIdentifier": "aurora", "Engine": "aurora-postgresql", "EngineVersion": "17.9", "StorageEncrypted": True,
    "MasterUsername": "yakin_admin", "ManageMasterUserPassword": True, "BackupRetentionPeriod": 7,
    "PreferredBackupWindow": "18:00-19:00",
}  # fmt: skip


@pytest.fixture
def aurora(databases, served):
    databases.create_db_cluster(**CLUSTER)
    for name in ("one", "two"):
        databases.create_db_instance(
            DBInstanceIdentifier=name, DBClusterIdentifier="aurora", Engine="aurora-postgresql",
            DBInstanceClass="db.serverless",
        )  # fmt: skip
    served.clock.run_for(HOUR)
    served.records.clear()
    return databases


def cluster(client):
    return client.describe_db_clusters(DBClusterIdentifier="aurora")["DBClusters"][0]


def test_a_cluster_stops_and_starts_with_its_members(aurora, served):
    assert (cluster(aurora)["Status"], status(aurora, "one")) == ("available", "available")
    with pytest.raises(ClientError, match="aurora-postgresql DB instances are not eligible for stopping and starting"):
        aurora.stop_db_instance(DBInstanceIdentifier="one")
    aurora.stop_db_cluster(DBClusterIdentifier="aurora")
    assert (cluster(aurora)["Status"], status(aurora, "one")) == ("stopping", "stopping")
    with pytest.raises(ClientError, match="is in stopping state but expected it to be one of available"):
        aurora.stop_db_cluster(DBClusterIdentifier="aurora")
    served.clock.run_for(HOUR)
    assert (cluster(aurora)["Status"], status(aurora, "two")) == ("stopped", "stopped")
    frozen = cluster(aurora)["LatestRestorableTime"]
    served.clock.run_for(7 * DAY)
    assert (cluster(aurora)["Status"], status(aurora, "two")) == ("available", "available")
    numbers = [item for item in story(served) if isinstance(item, int) and item > 100]
    assert numbers == [150, 153, 151]
    assert cluster(aurora)["LatestRestorableTime"] > frozen + 6 * DAY


def test_a_cluster_fails_over_and_is_backed_up(aurora, served):
    aurora.failover_db_cluster(DBClusterIdentifier="aurora")
    served.clock.run_for(MINUTE)
    writers = {m["DBInstanceIdentifier"]: m["IsClusterWriter"] for m in cluster(aurora)["DBClusterMembers"]}
    assert writers == {"one": False, "two": True}
    served.clock.run_for(2 * DAY)
    found = aurora.describe_db_cluster_snapshots(SnapshotType="automated")["DBClusterSnapshots"]
    assert len(found) == 3 and all(snapshot["Status"] == "available" for snapshot in found)
    aurora.create_db_cluster_snapshot(DBClusterIdentifier="aurora", DBClusterSnapshotIdentifier="mine")
    [mine] = aurora.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier="mine")["DBClusterSnapshots"]
    assert (mine["Status"], mine["PercentProgress"]) == ("creating", 0)
    served.clock.run_for(HOUR)
    aurora.restore_db_cluster_from_snapshot(
        DBClusterIdentifier="drill", SnapshotIdentifier="mine", Engine="aurora-postgresql"
    )
    aurora.restore_db_cluster_to_point_in_time(
        DBClusterIdentifier="drill-2", SourceDBClusterIdentifier="aurora", UseLatestRestorableTime=True
    )
    for name in ("drill", "drill-2"):
        made = aurora.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
        assert (made["Status"], made.get("MasterUserSecret")) == ("creating", None)
    served.clock.run_for(HOUR)
    assert {made["Status"] for made in aurora.describe_db_clusters()["DBClusters"]} == {"available"}


def test_a_restored_cluster_takes_an_instance_when_it_is_there_and_goes_after_it(aurora, served):
    served.clock.run_for(HOUR)
    aurora.restore_db_cluster_to_point_in_time(
        DBClusterIdentifier="drill", SourceDBClusterIdentifier="aurora", UseLatestRestorableTime=True
    )
    member = {"DBInstanceIdentifier": "drill-1", "DBClusterIdentifier": "drill", "Engine": "aurora-postgresql"}
    with pytest.raises(ClientError, match="is in creating state but expected it to be one of available"):
        aurora.create_db_instance(**member, DBInstanceClass="db.serverless")
    served.clock.run_for(HOUR)
    restored = aurora.describe_db_clusters(DBClusterIdentifier="drill")["DBClusters"][0]
    assert (restored["Status"], restored["DBClusterMembers"]) == ("available", [])
    assert restored["Endpoint"] == cluster(aurora)["Endpoint"].replace("aurora", "drill", 1)
    aurora.create_db_instance(**member, DBInstanceClass="db.serverless")
    with pytest.raises(ClientError, match="1 to 35 days"):
        aurora.modify_db_cluster(DBClusterIdentifier="drill", BackupRetentionPeriod=0)
    served.clock.run_for(HOUR)
    with pytest.raises(ClientError, match="still contains DB instances in non-deleting state"):
        aurora.delete_db_cluster(DBClusterIdentifier="drill", SkipFinalSnapshot=True)
    aurora.delete_db_instance(DBInstanceIdentifier="drill-1", SkipFinalSnapshot=True)
    aurora.delete_db_cluster(DBClusterIdentifier="drill", SkipFinalSnapshot=True)
    served.clock.run_for(HOUR)
    assert [one["DBClusterIdentifier"] for one in aurora.describe_db_clusters()["DBClusters"]] == ["aurora"]


def test_a_new_world_knows_nothing_of_the_old_one(shop, tmp_path):
    assert "LatestRestorableTime" in describe(shop)
    World.create(START, tmp_path / "new")
    again = api.client("rds")
    again.create_db_instance(**INSTANCE)
    assert "LatestRestorableTime" not in describe(again)
