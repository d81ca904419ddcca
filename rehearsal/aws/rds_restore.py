"""New DB instances from a snapshot or from a point in time.

RDS User Guide: "Restoring from a DB snapshot", "Restoring a DB instance to a specified time"; API Reference:
RestoreDBInstanceFromDBSnapshot, RestoreDBInstanceToPointInTime.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Any

from moto.rds.exceptions import InvalidParameterCombination, InvalidParameterValue, RDSClientError
from moto.rds.models import DBInstance, RDSBackend

from rehearsal.aws import rds_instances
from rehearsal.aws.rds_instances import created
from rehearsal.aws.rds_state import begin, facts, latest_restorable_time
from rehearsal.aws.rds_timing import TIMES
from rehearsal.aws.world import current

Original = Callable[..., Any]

# "Restoring": what a restored instance does not take over from its source.
NOT_RESTORED: dict[str, Any] = {
    "multi_az": False,
    "deletion_protection": False,
    "manage_master_user_password": False,
    "publicly_accessible": None,
}

_restoring: list[Mapping[str, Any]] = []  # the parameters of the restore that is under way


def create(original: Original, self: RDSBackend, db_kwargs: Any) -> DBInstance:
    """CreateDBInstance, by which moto also makes the instance of a restore."""
    if _restoring:
        asked = _restoring[-1]
        # moto takes a "false" of the request for nothing asked.
        db_kwargs.update({key: value if asked.get(key) is None else asked[key] for key, value in NOT_RESTORED.items()})
        db_kwargs.setdefault("master_user_password", None)
    return rds_instances.create(original, self, db_kwargs)


def restore(original: Original, self: RDSBackend, name: str, overrides: Any) -> DBInstance:
    """RestoreDBInstanceFromDBSnapshot."""
    source = self.get_db_snapshot(name)
    if source.status != "available":
        raise RDSClientError("InvalidDBSnapshotState", f"The snapshot {name} is not available for restore.")
    instance = _restored(lambda: original(self, name, overrides), overrides)
    begin(instance, "creating", TIMES.restore, lambda: created(instance, 43, source.resource_id))
    return instance


def restore_to_time(original: Original, self: RDSBackend, source_id: str, target: str, overrides: Any) -> DBInstance:
    source = self.describe_db_instances(source_id)[0]
    when, latest = overrides.get("restore_time"), overrides.get("use_latest_restorable_time")
    if bool(when) == bool(latest):
        raise InvalidParameterCombination("Specify either RestoreTime or UseLatestRestorableTime, and not both.")
    newest = latest_restorable_time(source)
    if newest is None:
        raise RDSClientError("PointInTimeRestoreNotEnabled", f"Automated backups of {source_id} are not available yet.")
    oldest = facts(source).first_backup
    assert oldest is not None
    oldest = max(oldest, current().clock.now() - timedelta(days=int(source.backup_retention_period)))
    wanted = (when if when.tzinfo else when.replace(tzinfo=UTC)) if when else newest
    if not oldest <= wanted <= newest:
        raise InvalidParameterValue(
            f"The specified instance cannot be restored to {wanted:%Y-%m-%dT%H:%M:%SZ}: it can be restored to a time "
            f"from {oldest:%Y-%m-%dT%H:%M:%SZ} to {newest:%Y-%m-%dT%H:%M:%SZ}."
        )
    instance = _restored(lambda: original(self, source_id, target, overrides), overrides)
    at = f"{wanted:%Y-%m-%dT%H:%M:%SZ}"
    begin(instance, "creating", TIMES.restore_to_time, lambda: created(instance, 19, source_id, at))
    return instance


def _restored(make: Callable[[], DBInstance], overrides: Any) -> DBInstance:
    _restoring.append(overrides)
    try:
        instance = make()
    finally:
        _restoring.pop()
    if current().database is not None:
        current().database.restored(instance)
    return instance
