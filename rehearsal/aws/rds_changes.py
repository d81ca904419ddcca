"""Changes of a DB instance: at once, or in the next maintenance window.

RDS User Guide: "Modifying an Amazon RDS DB instance" (the schedule modifications setting), "The Amazon RDS maintenance
window"; API Reference, ModifyDBInstance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from moto.rds.models import DBInstance, RDSBackend

from rehearsal.aws import rds_backups
from rehearsal.aws.rds_instances import back_up, not_available
from rehearsal.aws.rds_state import begin, event, set_status
from rehearsal.aws.rds_timing import TIMES
from rehearsal.aws.world import current

Original = Callable[..., Any]

CHANGEABLE = ("available", "storage-full")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RETRY = timedelta(minutes=5)  # a maintenance that finds the instance busy

# What ModifyDBInstance leaves for the maintenance window unless ApplyImmediately is set, by moto's name of it.
DEFERRED = {
    "db_instance_class": "DBInstanceClass",
    "allocated_storage": "AllocatedStorage",
    "engine_version": "EngineVersion",
    "multi_az": "MultiAZ",
    "storage_type": "StorageType",
    "iops": "Iops",
}


def modify(original: Original, self: RDSBackend, identifier: str, db_kwargs: Any) -> DBInstance:
    """What needs an interruption waits for the maintenance window unless ApplyImmediately; all else is done at once."""
    instance = self.describe_db_instances(identifier)[0]
    if instance.status not in CHANGEABLE:
        raise not_available()
    asked = {key: db_kwargs[key] for key in db_kwargs}
    later = {key: asked.pop(key) for key in DEFERRED if key in asked and asked[key] != getattr(instance, key)}
    backups = instance.backup_retention_period
    original(self, identifier, asked)
    if bool(backups) != bool(instance.backup_retention_period):
        event(instance, 32 if instance.backup_retention_period else 28)
        rds_backups.expire(instance)
    rds_backups.plan(instance, back_up)
    if asked.get("master_user_password"):
        event(instance, 16)
    if later:
        shown = {DEFERRED[key]: value for key, value in later.items()}
        instance.pending_modified_values = {**getattr(instance, "pending_modified_values", {}), **shown}
    if later and asked.get("apply_immediately"):
        _apply(instance, later)
    elif later:
        when = _maintenance(instance.preferred_maintenance_window, current().clock.now())
        current().clock.at(when, f"maintenance of {identifier}", lambda: _apply(instance, later))
    return instance


def _apply(instance: DBInstance, values: Mapping[str, Any]) -> None:
    is_there = instance.backend.databases.get(instance.resource_id) is instance
    if not is_there or not getattr(instance, "pending_modified_values", {}):
        return  # a stop has removed the pending change
    if instance.status not in CHANGEABLE:
        current().clock.after(RETRY, f"maintenance of {instance.resource_id}", lambda: _apply(instance, values))
        return
    numbers = {"db_instance_class": (12, 14), "allocated_storage": (18, 17), "multi_az": (24, 25)}
    told = [numbers[key] for key in values if key in numbers]
    for first, _ in told:
        event(instance, first)

    def done() -> None:
        for key, value in values.items():
            setattr(instance, key, value)
        instance.pending_modified_values = {}
        for _, last in told:
            event(instance, last)
        set_status(instance, "available")

    begin(instance, "modifying", TIMES.modify_class, done)


def _maintenance(window: str, now: datetime) -> datetime:
    """The next start of a window such as 'sun:19:30-sun:20:30' (UTC)."""
    day, hour, minute = window.split("-")[0].split(":")
    start = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    start += timedelta(days=(DAYS.index(day) - now.weekday()) % 7)
    return start if start > now else start + timedelta(days=7)
