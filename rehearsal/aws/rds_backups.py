"""Snapshots: by hand, every day in the backup window, copied within a region and to another one.

RDS User Guide: "Introduction to backups" (backup window, retention), "Creating a DB snapshot", "Copying a DB snapshot";
API Reference: CreateDBSnapshot, CopyDBSnapshot, DeleteDBSnapshot (which cancels a copy that is under way).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zlib import crc32

from moto.kms.models import kms_backends
from moto.rds.exceptions import InvalidParameterValue, RDSClientError
from moto.rds.models import DBCluster, DBInstance, DBSnapshot, RDSBackend

from rehearsal.aws.rds_state import Database, Snapshot, begin, event, facts
from rehearsal.aws.rds_timing import TIMES
from rehearsal.aws.world import current

RETRY = timedelta(minutes=5)  # an automated backup that finds its instance busy

# Event numbers: a snapshot's start and end, by whether it is a cluster's and automated.
STARTS = {(False, False): 40, (False, True): 90, (True, False): 74, (True, True): 168}
ENDS = {(False, False): 42, (False, True): 91, (True, False): 75, (True, True): 169}

_progress: dict[str, tuple[datetime, timedelta]] = {}  # by snapshot ARN: begin and length


def reset() -> None:
    _progress.clear()


def progress(snapshot: Snapshot) -> int:
    """PercentProgress: even over the time it takes."""
    if snapshot.status == "available" or snapshot.arn not in _progress:
        return 100
    start, lasts = _progress[snapshot.arn]
    return min(99, int(100 * (current().clock.now() - start) / lasts))


def fill(snapshot: Snapshot, lasts: timedelta, then: Callable[[], None], until: str = "creating") -> None:
    """'creating' or 'copying' until it is 'available'."""
    world = current()
    snapshot.status = until
    _progress[snapshot.arn] = (world.clock.now(), lasts)

    def end() -> None:
        if snapshot.status == until:
            snapshot.status = "available"
            then()

    world.clock.after(lasts, f"snapshot {snapshot.resource_id}", end)


def take(
    original: Callable[..., Any], backend: RDSBackend, database: Database, name: str, automated: bool, tags: Any = None
) -> Snapshot:
    """A snapshot of the database, in whatever state that is. ``original`` is moto's way to make one."""
    of_cluster = isinstance(database, DBCluster)
    kind = "automated" if automated else "manual"
    snapshot: Snapshot = original(backend, database.resource_id, name, snapshot_type=kind, tags=tags)
    event(snapshot, STARTS[of_cluster, automated])
    lasts = TIMES.snapshot if facts(database).first_backup else TIMES.first_backup
    fill(snapshot, lasts, lambda: event(snapshot, ENDS[of_cluster, automated]))
    return snapshot


def back_up(database: Database, automated: Callable[[Database, str], None], then: Callable[[], None]) -> None:
    """An automated backup now. ``automated`` takes the snapshot of that name; ``then`` follows the backup."""
    now = current().clock.now()
    known = facts(database)
    lasts = TIMES.snapshot if known.first_backup else TIMES.first_backup
    is_instance = isinstance(database, DBInstance)
    if is_instance:
        event(database, 1)
    automated(database, f"rds:{database.resource_id}-{now:%Y-%m-%d-%H-%M}")

    def end() -> None:
        known.first_backup = known.first_backup or current().clock.now()
        if is_instance:
            event(database, 2)
        expire(database)
        then()

    begin(database, "backing-up", lasts, end)


def expire(database: Database) -> None:
    """Automated snapshots older than the retention period go; time that the database was stopped is not counted."""
    oldest = current().clock.now() - timedelta(days=int(database.backup_retention_period or 0))
    backend = database.backend
    snapshots: dict[str, Any] = (
        backend.cluster_snapshots if isinstance(database, DBCluster) else backend.database_snapshots
    )
    for key, snapshot in list(snapshots.items()):
        owner = snapshot.db_cluster_identifier if isinstance(database, DBCluster) else snapshot.db_instance_identifier
        created = snapshot.created.replace(tzinfo=oldest.tzinfo)
        if snapshot.snapshot_type == "automated" and owner == database.resource_id and created < oldest:
            del snapshots[key]


def plan(database: Database, do: Callable[[Database], None], busy_until: datetime | None = None) -> None:
    """The next automated backup: some time in the window, each day the same; again soon if the database is busy."""
    known, clock = facts(database), current().clock
    if known.backup is not None:
        known.backup.cancel()
        known.backup = None
    if not database.backup_retention_period:
        return
    when = busy_until or _next_window(database, clock.now())

    def due() -> None:
        ends = window_end(database, clock.now())
        if database.status == "available" and not known.stalled:
            do(database)
            plan(database, do)
        elif database.status not in ("available", "stopped") and clock.now() + RETRY < ends:
            plan(database, do, clock.now() + RETRY)
        else:
            plan(database, do)

    known.backup = clock.at(when, f"backup of {database.resource_id}", due)


def _window(database: Database) -> tuple[time, timedelta]:
    """Start (UTC) and length of PreferredBackupWindow, 'hh24:mi-hh24:mi'."""
    start, end = (time.fromisoformat(part) for part in database.preferred_backup_window.split("-"))
    minutes = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)
    return start, timedelta(minutes=minutes)


def _next_window(database: Database, now: datetime) -> datetime:
    start, length = _window(database)
    # RDS chooses; here it follows from the name, within the first half so that the backup ends in the window.
    offset = timedelta(minutes=crc32(database.resource_id.encode()) % max(1, int(length.total_seconds() // 120)))
    when = datetime.combine(now.date(), start, now.tzinfo) + offset
    return when if when > now else when + timedelta(days=1)


def window_end(database: Database, now: datetime) -> datetime:
    start, length = _window(database)
    begins = datetime.combine(now.date(), start, now.tzinfo)
    return (begins if begins <= now else begins - timedelta(days=1)) + length


def default_key(backend: RDSBackend) -> str:
    """The ARN of the AWS managed key aws/rds of the region; it is made when it is first needed."""
    key: str = kms_backends[backend.account_id][backend.region_name].describe_key("alias/aws/rds").arn
    return key


def copy(original: Callable[..., Any], backend: RDSBackend, source: str, target: str, **asked: Any) -> DBSnapshot:
    """CopyDBSnapshot. An encrypted snapshot needs a key of the destination region when it leaves its own."""
    snapshot = backend.get_db_snapshot(source)
    if snapshot.status != "available":
        raise RDSClientError(
            "InvalidDBSnapshotState", f"Cannot copy the snapshot {source} because it is in the state {snapshot.status}."
        )
    region = snapshot.region
    abroad = region != backend.region_name
    if abroad and not source.startswith("arn:"):
        raise InvalidParameterValue("A snapshot of another Region has to be named by its ARN.")
    if abroad and snapshot.encrypted and not asked.get("kms_key_id"):
        raise InvalidParameterValue(
            "You must specify a KMS key of the destination Region to copy an encrypted snapshot to another Region."
        )
    made: DBSnapshot = original(backend, source, target, **asked)
    if not asked.get("kms_key_id"):
        made.kms_key_id, made.encrypted = snapshot.kms_key_id, snapshot.encrypted
    made.source_region = region
    made.source_db_snapshot_identifier = snapshot.arn
    lasts = TIMES.copy_to_region if abroad else TIMES.copy
    name = snapshot.resource_id
    if abroad:
        minutes = str(int(lasts.total_seconds() // 60))
        event(made, 59, name, region)
        fill(made, lasts, lambda: event(made, 60, name, region, minutes), "copying")
    else:
        event(made, 196, name, region)
        fill(made, lasts, lambda: event(made, 197, name, region), "copying")
    return made


def check_deletion(snapshot: DBSnapshot) -> None:
    if snapshot.snapshot_type != "manual":
        raise RDSClientError("InvalidDBSnapshotState", "Only manual snapshots may be deleted.")
    if snapshot.status == "creating":
        message = f"Cannot delete the snapshot because it is in the {snapshot.status} state."
        raise RDSClientError("InvalidDBSnapshotState", message)
