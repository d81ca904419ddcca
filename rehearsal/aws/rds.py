"""RDS in virtual time: moto's databases with states that take their time, backups, events, and scenarios for a day.

``install`` patches moto; ``fail_over``, ``fail``, ``recover``, ``stall_backups`` and ``plan_maintenance`` are what a
scenario does to a database. The physics is in the files beside this one.
"""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import InvalidParameterValue
from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstance, DBSnapshot, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from rehearsal.aws import (
    rds_backups,
    rds_changes,
    rds_clusters,
    rds_instances,
    rds_restore,
    rds_secret,
    rds_state,
    rds_timing,
)
from rehearsal.aws.patching import MotoChangedError, adds, replaces
from rehearsal.aws.world import ACCOUNT, REGION, World, current, forgets

# States into which ``fail`` puts an instance, and the event that tells of it (RDS User Guide, the events' messages).
FAILURES = {"failed": 31, "storage-full": 7, "incompatible-parameters": 35, "incompatible-network": 36}
PAGED = (
    "describe_db_instances",
    "describe_db_snapshots",
    "describe_db_clusters",
    "describe_db_cluster_snapshots",
    "describe_events",
)


@forgets
def _forget() -> None:
    rds_state.reset()
    rds_backups.reset()
    rds_timing.reset()


def install(world: World) -> None:
    del world
    _patch_moto()


def find(instance: str, region: str = REGION) -> DBInstance:
    """Raises moto's DBInstanceNotFoundError."""
    return rds_backends[ACCOUNT][region].describe_db_instances(instance)[0]


def fail_over(instance: str) -> None:
    """The primary's zone is lost: RDS promotes the standby."""
    found = find(instance)
    if not found.multi_az:
        raise ValueError(f"{instance} has no standby to fail over to")
    rds_instances.fail_over(found)


def fail(instance: str, status: str = "failed") -> None:
    """A state from which the instance does not come back by itself; see FAILURES."""
    found = find(instance)
    number = FAILURES[status]
    rds_state.interrupt(found)
    rds_state.facts(found).logs_until = current().clock.now()
    rds_state.set_status(found, status)
    rds_state.event(found, number, status)


def recover(instance: str) -> None:
    """AWS has repaired it."""
    found = find(instance)
    rds_state.facts(found).logs_until = None
    rds_state.set_status(found, "available")
    rds_state.event(found, 6)


def stall_backups(instance: str, stalled: bool = True) -> None:
    """No automated backups and no transaction logs: LatestRestorableTime stands still."""
    known = rds_state.facts(find(instance))
    known.stalled = stalled
    known.logs_until = current().clock.now() if stalled else None


def plan_maintenance(instance: str, action: str, description: str, applied_after: datetime | None = None) -> None:
    """For DescribePendingMaintenanceActions: 'system-update' and the like; it is never applied by itself."""
    pending = {"Action": action, "Description": description}
    dates = {"AutoAppliedAfterDate": applied_after} if applied_after else {}
    rds_state.facts(find(instance)).maintenance.append({**pending, **dates})


def _describe_pending_maintenance_actions(self: RDSResponse) -> ActionResult:
    asked = self.params.get("ResourceIdentifier")
    listed = [
        {"ResourceIdentifier": database.arn, "PendingMaintenanceActionDetails": pending}
        for database in [*self.backend.databases.values(), *self.backend.clusters.values()]
        if (pending := rds_state.facts(database).maintenance) and asked in (None, database.arn)
    ]
    return _page(self, {"PendingMaintenanceActions": listed})


def _paged(original: Any, self: RDSResponse) -> ActionResult:
    """MaxRecords and Marker, which moto honours for few calls."""
    return _page(self, original(self).result)


def _page(self: RDSResponse, result: dict[str, Any]) -> ActionResult:
    size, begin = int(self.params.get("MaxRecords") or 100), int(self.params.get("Marker") or 0)
    if not 20 <= size <= 100:
        raise InvalidParameterValue(f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    [(name, items)] = ((name, list(items)) for name, items in result.items() if name != "Marker")
    more = {"Marker": str(begin + size)} if begin + size < len(items) else {}
    return ActionResult({name: items[begin : begin + size], **more})


def _reboot(original: Any, self: RDSResponse) -> ActionResult:
    answer: ActionResult = original(self)
    instance = self.backend.describe_db_instances(self.params["DBInstanceIdentifier"])[0]
    rds_instances.reboot(instance, bool(self.params.get("ForceFailover")))
    return answer


def _delete_snapshot(original: Any, self: RDSBackend, name: str) -> DBSnapshot:
    found = self.database_snapshots.get(name)
    snapshot: DBSnapshot = original(self, name)
    if found is not None and found.snapshot_type == "manual":
        rds_state.event(snapshot, 41)
    return snapshot


def _delete_snapshot_by_hand(original: Any, self: RDSResponse) -> ActionResult:
    name = self.params["DBSnapshotIdentifier"]
    rds_backups.check_deletion(self.backend.get_db_snapshot(name))
    snapshot = self.backend.delete_db_snapshot(name)
    snapshot.status = "deleted"
    return ActionResult({"DBSnapshot": snapshot})


def _property(owner: type, name: str, read: Any) -> None:
    """Replaces a property of moto's by one that is only read."""
    if not isinstance(owner.__dict__.get(name), property):
        raise MotoChangedError(f"moto's {owner.__name__}.{name} is no property any more")
    setattr(owner, name, property(read))


@functools.cache
def _patch_moto() -> None:
    rds_instances.use(RDSBackend.create_db_snapshot)
    replaces(DBInstance, "save_automated_backup")(lambda _, self: None)  # ours follow the creation
    replaces(RDSBackend, "add_event", "event_type", "resource")(lambda _, self, event_type, resource: None)
    replaces(RDSBackend, "describe_events")(_events)
    replaces(RDSBackend, "create_db_instance", "db_kwargs")(rds_restore.create)
    replaces(RDSBackend, "create_db_snapshot", "db_instance_identifier", "snapshot_type", "tags")(
        lambda original, self, db_instance_identifier, db_snapshot_identifier, **asked: rds_instances.snapshot(
            original, self, db_instance_identifier, db_snapshot_identifier, **asked
        )
    )
    replaces(RDSBackend, "stop_db_instance", "db_snapshot_identifier")(rds_instances.stop)
    replaces(RDSBackend, "start_db_instance", "db_instance_identifier")(rds_instances.start)
    replaces(RDSBackend, "modify_db_instance", "db_kwargs")(rds_changes.modify)
    replaces(RDSBackend, "delete_db_instance", "final_db_snapshot_identifier")(
        lambda original, self, db_instance_identifier, **asked: rds_instances.delete(
            original, self, db_instance_identifier, **asked
        )
    )
    replaces(RDSBackend, "restore_db_instance_from_db_snapshot", "overrides")(rds_restore.restore)
    replaces(RDSBackend, "restore_db_instance_to_point_in_time", "overrides")(rds_restore.restore_to_time)
    replaces(RDSBackend, "copy_db_snapshot", "source_db_snapshot_identifier")(
        lambda original, self, source_db_snapshot_identifier, target_db_snapshot_identifier, **asked: rds_backups.copy(
            original, self, source_db_snapshot_identifier, target_db_snapshot_identifier, **asked
        )
    )
    replaces(RDSBackend, "delete_db_snapshot", "db_snapshot_identifier")(_delete_snapshot)
    replaces(RDSResponse, "delete_db_snapshot")(_delete_snapshot_by_hand)
    replaces(RDSResponse, "reboot_db_instance")(_reboot)
    for name in PAGED:
        replaces(RDSResponse, name)(_paged)
    adds(RDSResponse, "describe_pending_maintenance_actions")(_describe_pending_maintenance_actions)
    for owner in (DBInstance, DBCluster):
        _property(owner, "latest_restorable_time", rds_state.latest_restorable_time)
    DBSnapshot.percent_progress = property(rds_backups.progress)  # type: ignore[attr-defined]
    DBClusterSnapshot.percent_progress = property(rds_backups.progress, lambda self, _: None)  # type: ignore[assignment]
    rds_clusters.patch_moto()
    rds_secret.patch_moto()


def _events(original: Any, self: RDSBackend, **asked: Any) -> list[rds_state.Happened]:
    del original
    world = current()
    identifier, kind = asked.get("source_identifier"), asked.get("source_type")
    minutes = int(asked.get("duration") or 60)
    start, end = asked.get("start_time"), asked.get("end_time")
    now = world.clock.now()

    def in_span(when: datetime) -> bool:
        after = when >= start.replace(tzinfo=when.tzinfo) if start else (now - when).total_seconds() <= minutes * 60
        return after and (end is None or when <= end.replace(tzinfo=when.tzinfo))

    return [
        item
        for item in rds_state.happened(self.region_name)
        if identifier in (None, item.source_identifier) and kind in (None, item.source_type) and in_span(item.date)
    ]
