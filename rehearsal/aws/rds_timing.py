"""How long things take at RDS, in virtual time.

AWS promises few of these times. Where the documentation names one, it stands beside the value; the others are ordinary
values for an instance of db.t4g size with tens of GiB. A scenario may set its own: ``rds_timing.TIMES.stop = ...``;
``reset`` brings these back, and each world starts with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@dataclass
class Times:
    # RDS User Guide, "Creating an Amazon RDS DB instance": "can take up to 20 minutes"; Multi-AZ needs a second one.
    create: timedelta = _minutes(8)
    create_multi_az: timedelta = _minutes(12)
    delete: timedelta = _minutes(5)
    # "Stopping an Amazon RDS DB instance temporarily": "in some cases, a large amount of time is required".
    stop: timedelta = _minutes(4)
    stop_multi_az: timedelta = _minutes(7)
    start: timedelta = _minutes(7)
    reboot: timedelta = _minutes(2)
    # "Failover process for Amazon RDS": "failover times are typically 60-120 seconds".
    failover: timedelta = timedelta(seconds=90)
    modify: timedelta = _minutes(3)  # a setting without interruption
    modify_class: timedelta = _minutes(10)  # a new class, storage or version
    # "Working with backups": snapshots after the first are incremental.
    first_backup: timedelta = _minutes(5)
    snapshot: timedelta = _minutes(3)
    copy: timedelta = _minutes(5)
    copy_to_region: timedelta = _minutes(20)  # a full copy over a long line
    # "Restoring from a DB snapshot": usable as soon as it is available, the data follows.
    restore: timedelta = _minutes(12)
    restore_to_time: timedelta = _minutes(20)  # a snapshot, then the log since
    # "High availability for Amazon Aurora": failover is typically below 60 seconds, often below 30.
    aurora_failover: timedelta = timedelta(seconds=30)
    aurora_create: timedelta = _minutes(5)
    aurora_stop: timedelta = _minutes(8)
    aurora_start: timedelta = _minutes(9)


TIMES = Times()


def reset() -> None:
    TIMES.__init__()  # type: ignore[misc]


# "You can stop a DB instance for up to seven days."
LONGEST_STOP = timedelta(days=7)
# "Restoring a DB instance to a specified time": RDS uploads transaction logs every five minutes.
LOG_UPLOAD = timedelta(minutes=5)
