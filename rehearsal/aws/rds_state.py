"""What RDS knows about an instance or a cluster beside what moto keeps: its step, its logs, its plans, its events.

A *step* is a transition, such as 'stopping' until 'stopped'. A new step of the same resource replaces the one that
runs: a failure in the middle of a start, say.

RDS User Guide: "Viewing DB instance status", "Amazon RDS event categories and event messages", "Overview of events for
Amazon RDS" (the shape of an event).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstance, DBSnapshot

from rehearsal.aws.clock import Entry
from rehearsal.aws.rds_timing import LOG_UPLOAD
from rehearsal.aws.world import REGION, current

Database = DBInstance | DBCluster
Snapshot = DBSnapshot | DBClusterSnapshot

# By class: SourceType in an event, the event's detail type, and SourceType in DescribeEvents.
KINDS: dict[type, tuple[str, str, str]] = {
    DBInstance: ("DB_INSTANCE", "RDS DB Instance Event", "db-instance"),
    DBCluster: ("CLUSTER", "RDS DB Cluster Event", "db-cluster"),
    DBSnapshot: ("SNAPSHOT", "RDS DB Snapshot Event", "db-snapshot"),
    DBClusterSnapshot: ("CLUSTER_SNAPSHOT", "RDS DB Cluster Snapshot Event", "db-cluster-snapshot"),
}

# By number: categories and message.
EVENTS: dict[int, tuple[str, str]] = {
    1: ("backup", "Backing up DB instance"),
    2: ("backup", "Finished DB Instance backup"),
    3: ("deletion", "DB instance deleted"),
    4: ("availability", "DB instance shutdown"),
    5: ("creation", "DB instance created"),
    6: ("availability", "DB instance restarted"),
    7: ("low storage", "Allocated storage has been exhausted. Allocate additional storage to resolve."),
    12: ("configuration change", "Applying modification to database instance class"),
    13: ("failover", "Multi-AZ instance failover started."),
    14: ("configuration change", "Finished applying modification to DB instance class"),
    16: ("configuration change", "Reset master credentials"),
    17: ("configuration change", "Finished applying modification to allocated storage"),
    18: ("configuration change", "Applying modification to allocated storage"),
    19: ("restoration", "Restored from DB instance {} to {}"),
    24: ("configuration change", "Applying modification to convert to a Multi-AZ DB Instance"),
    25: ("configuration change", "Finished applying modification to convert to a Multi-AZ DB Instance"),
    28: ("configuration change", "Disabled automated backups"),
    31: (
        "failure",
        "DB instance put into {} state. RDS recommends that you initiate a point-in-time-restore.",
    ),
    32: ("configuration change", "Enabled automated backups"),
    35: ("failure", "Database instance put into {} state because of invalid parameters."),
    36: ("failure", "Database instance put into {} state."),
    40: ("creation", "Creating manual snapshot"),
    41: ("deletion", "Deleted manual snapshot"),
    42: ("creation", "Manual snapshot created"),
    43: ("restoration", "Restored from snapshot {}"),
    49: ("failover", "Multi-AZ instance failover completed"),
    59: ("notification", "Started copy of snapshot {} from region {}"),
    60: ("notification", "Finished copy of snapshot {} from region {} in {} minutes"),
    71: ("failover", "Completed failover to DB instance: {}"),
    73: ("failover", "Started cross AZ failover to DB instance: {}"),
    74: ("backup", "Creating manual cluster snapshot"),
    75: ("backup", "Manual cluster snapshot created"),
    87: ("notification", "DB instance stopped"),
    88: ("notification", "DB instance started"),
    90: ("creation", "Creating automated snapshot"),
    91: ("creation", "Automated snapshot created"),
    150: ("notification", "DB cluster stopped"),
    151: ("notification", "DB cluster started"),
    153: ("notification", "DB cluster is being started due to it exceeding the maximum allowed time being stopped."),
    154: ("notification", "DB instance is being started due to it exceeding the maximum allowed time being stopped."),
    168: ("backup", "Creating automated cluster snapshot"),
    169: ("backup", "Automated cluster snapshot created"),
    170: ("creation", "DB cluster created"),
    171: ("deletion", "DB cluster deleted"),
    196: ("notification", "Started copy of snapshot {} in region {}"),
    197: ("notification", "Finished copy of snapshot {} in region {}"),
}


@dataclass
class Facts:
    step: int = 0
    first_backup: datetime | None = None  # end of the first automated backup: from here on it can be restored
    logs_until: datetime | None = None  # the last transaction log while the database does not run; None: it runs
    restoring: bool = False  # a cluster that takes no instances yet
    stalled: bool = False  # a scenario keeps backups and logs from being made
    backup: Entry | None = None  # the next automated backup
    forced_start: Entry | None = None
    maintenance: list[dict[str, Any]] = field(default_factory=list)  # PendingMaintenanceAction structures


@dataclass(frozen=True)
class Happened:
    """What DescribeEvents lists; the names are those that moto turns into the API's."""

    source_identifier: str
    source_type: str
    source_arn: str
    message: str
    event_categories: list[str]
    date: datetime


_facts: dict[str, Facts] = {}  # by ARN
_log: list[tuple[str, Happened]] = []  # by region


def reset() -> None:
    _facts.clear()
    _log.clear()


def facts(database: Database) -> Facts:
    return _facts.setdefault(database.arn, Facts())


def forget(database: Database) -> None:
    """Its plans end with it."""
    gone = _facts.pop(database.arn, Facts())
    for entry in (gone.backup, gone.forced_start):
        if entry is not None:
            entry.cancel()


def set_status(database: Database, status: str) -> None:
    if database.status != status:
        database.status = status
        current().record("database", instance=database.resource_id, status=status)


def begin(database: Database, during: str, lasts: timedelta, then: Callable[[], None]) -> None:
    """A step: the status ``during``, and after ``lasts`` what comes ``then``, unless another step began meanwhile."""
    known = facts(database)
    known.step += 1
    step = known.step
    set_status(database, during)

    def end() -> None:
        if _facts.get(database.arn) is known and known.step == step:
            then()

    current().clock.after(lasts, f"database {database.resource_id} {during}", end)


def interrupt(database: Database) -> None:
    """Whatever step runs does not come to its end."""
    facts(database).step += 1


def event(resource: Database | Snapshot, number: int, *words: str) -> None:
    """RDS-EVENT-0087 and its like, on the bus of the resource's region and in DescribeEvents."""
    world = current()
    now = world.clock.now()
    category, message = EVENTS[number]
    source_type, detail_type, described = next(names for kind, names in KINDS.items() if isinstance(resource, kind))
    detail = {
        "EventCategories": [category],
        "SourceType": source_type,
        "SourceArn": resource.arn,
        "Date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z",
        "Message": message.format(*words),
        "SourceIdentifier": resource.resource_id,
        "EventID": f"RDS-EVENT-{number:04d}",
    }
    happened = Happened(resource.resource_id, described, resource.arn, detail["Message"], [category], now)
    _log.append((resource.region, happened))
    if resource.region == REGION:
        from rehearsal.aws import events

        events.emit("aws.rds", detail_type, detail, [resource.arn])


def happened(region: str) -> list[Happened]:
    return [item for of_region, item in _log if of_region == region]


def latest_restorable_time(database: Database) -> datetime | None:
    """The last upload of transaction logs: up to five minutes ago, and from before the stop of one that is stopped."""
    known = facts(database)
    if known.first_backup is None or not database.backup_retention_period:
        return None
    until = known.logs_until or current().clock.now()
    uploads = (until - known.first_backup) // LOG_UPLOAD
    return known.first_backup + uploads * LOG_UPLOAD
