"""DB instances: created, stopped, started, rebooted, deleted, each taking its time.

RDS User Guide: "Viewing DB instance status", "Stopping an Amazon RDS DB instance temporarily", "Rebooting a DB
instance", "Deleting a DB instance". API Reference: the calls of these names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.rds.exceptions import InvalidParameterCombination, RDSClientError
from moto.rds.models import DBInstance, DBInstanceClustered, DBSnapshot, RDSBackend

from rehearsal.aws import rds_backups, rds_clusters
from rehearsal.aws.rds_state import begin, event, facts, forget, set_status
from rehearsal.aws.rds_timing import LONGEST_STOP, TIMES
from rehearsal.aws.world import current

Original = Callable[..., Any]

# In these states an instance can only be deleted without a final snapshot.
BROKEN = ("failed", "incompatible-restore", "incompatible-network")
_take: Original | None = None  # moto's create_db_snapshot


def use(take: Original) -> None:
    global _take
    _take = take


def create(original: Original, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    if db_kwargs.get("db_cluster_identifier"):
        rds_clusters.expect_available(self, db_kwargs["db_cluster_identifier"])
    instance: DBInstance = original(self, db_kwargs)
    chance = current().chance
    instance.dbi_resource_id = "db-" + "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=26))
    if not isinstance(instance, DBInstanceClustered) and instance.kms_key_id == "default_kms_key_id":
        instance.kms_key_id = rds_backups.default_key(self)
    instance.status = "new"  # so that 'creating' is a change, and evidence
    lasts = TIMES.create_multi_az if instance.multi_az else TIMES.create
    begin(instance, "creating", lasts, lambda: created(instance, 5))
    return instance


def created(instance: DBInstance, number: int, *words: str) -> None:
    """The end of 'creating': the event, the first backup, and the plan of the daily ones."""
    event(instance, number, *words)
    if isinstance(instance, DBInstanceClustered):
        set_status(instance, "available")
    elif instance.backup_retention_period:
        back_up(instance)
        rds_backups.plan(instance, back_up)
    else:
        set_status(instance, "available")


def back_up(database: Any) -> None:
    """The automated backup; the instance can be used meanwhile."""
    rds_backups.back_up(database, _automated, lambda: set_status(database, "available"))


def _automated(database: Any, name: str) -> None:
    assert _take is not None
    rds_backups.take(_take, database.backend, database, name, automated=True)


def snapshot(original: Original, self: RDSBackend, identifier: str, name: str, **asked: Any) -> DBSnapshot:
    """CreateDBSnapshot, by hand."""
    del original
    instance = self.describe_db_instances(identifier)[0]
    if instance.status != "available":
        raise RDSClientError(
            "InvalidDBInstanceState",
            f"Cannot create a snapshot because the database instance {identifier} is not currently in the available "
            "state.",
        )
    made = _by_hand(instance, name, asked.get("tags"))
    begin(instance, "backing-up", TIMES.snapshot, lambda: set_status(instance, "available"))
    return made


def _by_hand(instance: DBInstance, name: str, tags: Any = None) -> DBSnapshot:
    assert _take is not None
    made = rds_backups.take(_take, instance.backend, instance, name, automated=False, tags=tags)
    assert isinstance(made, DBSnapshot)
    return made


def stop(original: Original, self: RDSBackend, identifier: str, name: str | None = None) -> DBInstance:
    instance = self.describe_db_instances(identifier)[0]
    if isinstance(instance, DBInstanceClustered):
        raise InvalidParameterCombination(f"{instance.engine} DB instances are not eligible for stopping and starting.")
    if instance.replicas:
        raise RDSClientError(
            "InvalidDBInstanceState", f"Instance {identifier} has read replicas and cannot be stopped."
        )
    before = instance.status
    original(self, identifier)  # for its checks
    instance.status = before
    lasts = TIMES.stop_multi_az if instance.multi_az else TIMES.stop
    if name:
        _by_hand(instance, name)
        lasts += TIMES.snapshot
    facts(instance).logs_until = current().clock.now()
    instance.pending_modified_values = {}  # "Stopping a DB instance removes pending actions"
    begin(instance, "stopping", lasts, lambda: _stopped(instance))
    return instance


def _stopped(instance: DBInstance) -> None:
    set_status(instance, "stopped")
    event(instance, 87)

    def too_long() -> None:
        if instance.status == "stopped":
            event(instance, 154)
            _start(instance)

    facts(instance).forced_start = current().clock.after(LONGEST_STOP, f"{instance.resource_id} is due", too_long)


def start(original: Original, self: RDSBackend, identifier: str) -> DBInstance:
    instance = self.describe_db_instances(identifier)[0]
    if isinstance(instance, DBInstanceClustered):
        raise InvalidParameterCombination(f"{instance.engine} DB instances are not eligible for stopping and starting.")
    before = instance.status
    original(self, identifier)  # for its checks
    instance.status = before
    _start(instance)
    return instance


def _start(instance: DBInstance) -> None:
    known = facts(instance)
    if known.forced_start is not None:
        known.forced_start.cancel()
        known.forced_start = None

    def started() -> None:
        known.logs_until = None
        set_status(instance, "available")
        event(instance, 88)

    begin(instance, "starting", TIMES.start, started)


def reboot(instance: DBInstance, force_failover: bool) -> None:
    if instance.status != "available":
        raise not_available()
    if force_failover and not instance.multi_az:
        raise InvalidParameterCombination("Cannot force a failover of an instance that is not configured for Multi-AZ.")
    if force_failover:
        fail_over(instance)
        return

    def restarted() -> None:
        set_status(instance, "available")
        event(instance, 6)

    event(instance, 4)
    begin(instance, "rebooting", TIMES.reboot, restarted)


def fail_over(instance: DBInstance) -> None:
    """To the standby in the other zone. "Amazon RDS automatically switches", and so does a reboot with failover."""
    event(instance, 13)

    def done() -> None:
        here = instance.availability_zone
        instance.availability_zone = getattr(instance, "secondary_availability_zone", None) or f"{instance.region}c"
        instance.secondary_availability_zone = here
        set_status(instance, "available")
        event(instance, 6)
        event(instance, 49)

    begin(instance, "rebooting", TIMES.failover, done)


def not_available() -> RDSClientError:
    return RDSClientError("InvalidDBInstanceState", "Database instance is not in available state.")


def delete(original: Original, self: RDSBackend, identifier: str, **asked: Any) -> DBInstance:
    instance = self.describe_db_instances(identifier)[0]
    final, skip = asked.get("final_db_snapshot_identifier"), asked.get("skip_final_snapshot")
    if instance.status == "deleting":
        raise RDSClientError("InvalidDBInstanceState", f"Instance {identifier} is already being deleted.")
    if instance.deletion_protection:
        raise InvalidParameterCombination(
            "Cannot delete protected DB Instance, please disable deletion protection and try again."
        )
    if not isinstance(instance, DBInstanceClustered):
        if skip and final:
            raise InvalidParameterCombination(
                "FinalDBSnapshotIdentifier cannot be specified when deleting without one."
            )
        if not skip and not final:
            raise InvalidParameterCombination(
                "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            )
        if final and instance.status in BROKEN:
            raise RDSClientError(
                "InvalidDBInstanceState", f"Cannot take a final snapshot of an instance in the state {instance.status}."
            )
    lasts = TIMES.delete
    if final and not skip:
        _by_hand(instance, final)
        lasts += TIMES.snapshot

    def gone() -> None:
        set_status(instance, "deleted")
        event(instance, 3)
        keep = asked.get("delete_automated_backups")
        original(self, identifier, skip_final_snapshot=True, delete_automated_backups=keep is not False)
        forget(instance)

    begin(instance, "deleting", lasts, gone)
    return instance
