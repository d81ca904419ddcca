"""Aurora: clusters and their members in virtual time.

Aurora User Guide: "Stopping and starting an Amazon Aurora DB cluster" (all members stop and start with it, seven days
at most), "High availability for Amazon Aurora" (failover), "Overview of backing up and restoring an Aurora DB cluster".
API Reference: RestoreDBClusterFromSnapshot ("You can create DB instances only after the operation has completed and the
DB cluster is available"), ModifyDBCluster (BackupRetentionPeriod: 1 to 35), DeleteDBClusterSnapshot. AWS CLI Command
Reference, delete-db-instance: a cluster goes when its instances are gone or going.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from moto.rds.exceptions import InvalidDBClusterStateFault, InvalidParameterCombination, InvalidParameterValue
from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstanceClustered, RDSBackend

from rehearsal.aws import rds_backups
from rehearsal.aws.patching import MotoChangedError, replaces
from rehearsal.aws.rds_state import begin, event, facts, forget, latest_restorable_time, set_status
from rehearsal.aws.rds_timing import LONGEST_STOP, TIMES
from rehearsal.aws.world import current

Original = Callable[..., Any]

# What a restored cluster does not take over from its source.
NOT_RESTORED: dict[str, Any] = {"deletion_protection": False, "manage_master_user_password": False}
KEPT = "the password of the source"  # which nobody can read back; moto wants one

_take: Original | None = None  # moto's create_db_cluster_snapshot


def _create(original: Original, self: RDSBackend, kwargs: Any) -> DBCluster:
    if kwargs.get("storage_encrypted") and not kwargs.get("kms_key_id"):
        kwargs["kms_key_id"] = rds_backups.default_key(self)
    cluster: DBCluster = original(self, kwargs)
    chance = current().chance
    # The same for all clusters of an account in a region, as in the names of instances.
    drawn = "c" + "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=11))
    cluster.url_identifier = next((one.url_identifier for one in self.clusters.values() if one is not cluster), drawn)
    cluster.db_cluster_resource_id = "cluster-" + "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=26))
    cluster.status = "new"  # so that 'creating' is a change, and evidence
    begin(cluster, "creating", TIMES.aurora_create, lambda: _created(cluster, 170))
    return cluster


def _created(cluster: DBCluster, number: int) -> None:
    event(cluster, number)
    _back_up(cluster)
    rds_backups.plan(cluster, _back_up)


def _back_up(database: Any) -> None:
    rds_backups.back_up(database, _automated, lambda: set_status(database, "available"))


def _automated(database: Any, name: str) -> None:
    assert _take is not None
    rds_backups.take(_take, database.backend, database, name, automated=True)


def expect_available(backend: RDSBackend, identifier: str) -> None:
    """Before an instance is added: a restored cluster takes none until it is there."""
    cluster = _find(backend, identifier)
    if facts(cluster).restoring:
        _expect(cluster, "available")


def _find(backend: RDSBackend, identifier: str) -> DBCluster:
    return backend.describe_db_clusters(identifier)[0]


def _expect(cluster: DBCluster, *states: str) -> None:
    if cluster.status not in states:
        raise InvalidDBClusterStateFault(
            f"DbCluster {cluster.resource_id} is in {cluster.status} state but expected it to be one of "
            f"{','.join(states)}."
        )


def _stop(original: Original, self: RDSBackend, cluster_identifier: str) -> DBCluster:
    del original
    cluster = _find(self, cluster_identifier)
    _expect(cluster, "available")
    facts(cluster).logs_until = current().clock.now()
    _each_member(cluster, "stopping", "stopped", TIMES.aurora_stop, 87)
    begin(cluster, "stopping", TIMES.aurora_stop, lambda: _stopped(cluster))
    return cluster


def _stopped(cluster: DBCluster) -> None:
    set_status(cluster, "stopped")
    event(cluster, 150)

    def too_long() -> None:
        if cluster.status == "stopped":
            event(cluster, 153)
            _starting(cluster)

    facts(cluster).forced_start = current().clock.after(LONGEST_STOP, f"{cluster.resource_id} is due", too_long)


def _start(original: Original, self: RDSBackend, cluster_identifier: str) -> DBCluster:
    del original
    cluster = _find(self, cluster_identifier)
    _expect(cluster, "stopped", "inaccessible-encryption-credentials-recoverable")
    _starting(cluster)
    return cluster


def _starting(cluster: DBCluster) -> None:
    known = facts(cluster)
    if known.forced_start is not None:
        known.forced_start.cancel()
        known.forced_start = None

    def started() -> None:
        known.logs_until = None
        set_status(cluster, "available")
        event(cluster, 151)

    _each_member(cluster, "starting", "available", TIMES.aurora_start, 88)
    begin(cluster, "starting", TIMES.aurora_start, started)


def _each_member(cluster: DBCluster, during: str, then: str, lasts: timedelta, number: int) -> None:
    def end(member: DBInstanceClustered) -> None:
        set_status(member, then)
        event(member, number)

    for member in cluster.members:
        begin(member, during, lasts, lambda member=member: end(member))  # type: ignore[misc]


def _fail_over(
    original: Original, self: RDSBackend, db_cluster_identifier: str, target: str | None = None
) -> DBCluster:
    cluster = _find(self, db_cluster_identifier)
    _expect(cluster, "available")
    before = cluster.writer
    original(self, db_cluster_identifier, target)  # for its checks and its choice
    chosen = cluster.writer
    assert chosen is not None and before is not None
    cluster.failover(before)  # not yet
    event(cluster, 73, chosen.resource_id)

    def done() -> None:
        cluster.failover(chosen)
        set_status(cluster, "available")
        event(cluster, 71, chosen.resource_id)

    begin(cluster, "failing-over", TIMES.aurora_failover, done)
    return cluster


def _modify(original: Original, self: RDSBackend, kwargs: Any) -> DBCluster:
    cluster = _find(self, kwargs["db_cluster_identifier"])
    _expect(cluster, "available", "backing-up")
    if kwargs.get("backup_retention_period") == 0:
        raise InvalidParameterValue("The backup retention period of a DB cluster is 1 to 35 days.")
    original(self, kwargs)
    rds_backups.plan(cluster, _back_up)
    begin(cluster, "modifying", TIMES.modify, lambda: set_status(cluster, "available"))
    return cluster


def _delete(original: Original, self: RDSBackend, cluster_identifier: str, name: str | None = None) -> DBCluster:
    cluster = _find(self, cluster_identifier)
    _expect(cluster, "available", "stopped", "backing-up", "failed")
    if cluster.deletion_protection:
        raise InvalidParameterCombination(
            "Cannot delete protected Cluster, please disable deletion protection and try again."
        )
    if any(member.status != "deleting" for member in cluster.members):
        raise InvalidDBClusterStateFault(
            "Cluster cannot be deleted, it still contains DB instances in non-deleting state."
        )
    lasts = TIMES.delete
    if name:
        assert _take is not None
        rds_backups.take(_take, self, cluster, name, automated=False)
        lasts += TIMES.snapshot

    def gone() -> None:
        set_status(cluster, "deleted")
        event(cluster, 171)
        original(self, cluster_identifier)
        forget(cluster)

    begin(cluster, "deleting", lasts, gone)
    return cluster


def _snapshot(original: Original, self: RDSBackend, identifier: str, name: str, tags: Any) -> DBClusterSnapshot:
    del original
    cluster = _find(self, identifier)
    _expect(cluster, "available", "backing-up")
    assert _take is not None
    made = rds_backups.take(_take, self, cluster, name, automated=False, tags=tags)
    assert isinstance(made, DBClusterSnapshot)
    return made


def _copy_snapshot(original: Original, self: RDSBackend, source: str, target: str, **asked: Any) -> DBClusterSnapshot:
    snapshot = self.get_db_cluster_snapshot(source)
    abroad = snapshot.region != self.region_name
    if abroad and snapshot.encrypted and not asked.get("kms_key_id"):
        raise InvalidParameterValue(
            "You must specify a KMS key of the destination Region to copy an encrypted snapshot to another Region."
        )
    made: DBClusterSnapshot = original(self, source, target, **asked)
    made.source_db_cluster_snapshot_arn = snapshot.arn
    rds_backups.fill(made, TIMES.copy_to_region if abroad else TIMES.copy, lambda: event(made, 75))
    return made


def _restore(original: Original, self: RDSBackend, from_snapshot_id: str, overrides: Any) -> DBCluster:
    source = self.get_db_cluster_snapshot(from_snapshot_id)
    if source.status != "available":
        raise InvalidDBClusterStateFault(f"The snapshot {from_snapshot_id} is not available for restore.")
    return _restored(original(self, from_snapshot_id, overrides), TIMES.restore)


def _restored(cluster: DBCluster, lasts: timedelta) -> DBCluster:
    """It comes back without an instance."""
    facts(cluster).restoring = True
    if current().database is not None:
        current().database.restored(cluster)

    def done() -> None:
        facts(cluster).restoring = False
        _created(cluster, 170)

    begin(cluster, "creating", lasts, done)
    return cluster


def _restore_to_time(original: Original, self: RDSBackend, **asked: Any) -> DBCluster:
    source = _find(self, asked["source_db_cluster_identifier"])
    newest, when = latest_restorable_time(source), asked.get("restore_to_time")
    if newest is None or (when is not None and when.replace(tzinfo=when.tzinfo or UTC) > newest):
        raise InvalidParameterValue(f"{source.resource_id} cannot be restored to a time after {newest}.")
    asked = {**NOT_RESTORED, "master_user_password": KEPT, **asked}
    return _restored(original(self, **asked), TIMES.restore_to_time)


def _configuration(original: Original, self: DBCluster) -> dict[str, Any]:
    """What moto restores a cluster from; it stumbles over one whose password RDS manages."""
    self.__dict__.setdefault("_master_user_password", KEPT)
    config: dict[str, Any] = original(self)
    return {**config, **NOT_RESTORED}


def patch_moto() -> None:
    global _take
    _take = RDSBackend.create_db_cluster_snapshot
    if not isinstance(DBCluster.__dict__.get("status"), property):
        raise MotoChangedError("moto's DBCluster.status is no property any more")
    # moto's goes from 'creating' to 'available' when it is read.
    DBCluster.status = property(  # type: ignore[assignment]
        lambda self: self._status, lambda self, value: setattr(self, "_status", value)
    )
    replaces(DBCluster, "get_cfg")(_configuration)
    replaces(DBCluster, "save_automated_backup")(lambda _, self: None)  # ours follow the creation
    replaces(RDSBackend, "create_db_cluster", "kwargs")(_create)
    replaces(RDSBackend, "stop_db_cluster", "cluster_identifier")(_stop)
    replaces(RDSBackend, "start_db_cluster", "cluster_identifier")(_start)
    replaces(RDSBackend, "modify_db_cluster", "kwargs")(_modify)
    replaces(RDSBackend, "delete_db_cluster", "cluster_identifier", "snapshot_name")(
        lambda original, self, cluster_identifier, snapshot_name=None: _delete(
            original, self, cluster_identifier, snapshot_name
        )
    )
    replaces(RDSBackend, "failover_db_cluster", "target_db_instance_identifier")(
        lambda original, self, db_cluster_identifier, target_db_instance_identifier=None: _fail_over(
            original, self, db_cluster_identifier, target_db_instance_identifier
        )
    )
    replaces(RDSBackend, "create_db_cluster_snapshot", "db_cluster_identifier", "snapshot_type")(
        lambda original, self, db_cluster_identifier, db_cluster_snapshot_identifier, tags=None, **_: _snapshot(
            original, self, db_cluster_identifier, db_cluster_snapshot_identifier, tags
        )
    )
    replaces(RDSBackend, "copy_db_cluster_snapshot", "source_db_cluster_snapshot_identifier")(
        lambda original, self, source_db_cluster_snapshot_identifier, target_db_cluster_snapshot_identifier, **asked: (
            _copy_snapshot(
                original, self, source_db_cluster_snapshot_identifier, target_db_cluster_snapshot_identifier, **asked
            )
        )
    )
    replaces(RDSBackend, "restore_db_cluster_from_snapshot", "from_snapshot_id", "overrides")(_restore)
    replaces(RDSBackend, "restore_db_cluster_to_point_in_time", "source_db_cluster_identifier")(_restore_to_time)
