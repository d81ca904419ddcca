"""The planted faults of nights.py."""

from __future__ import annotations

from checks.template.planted import Fault

FAULTS = [
    Fault("dev shutdown may do exactly this", "Action: cloudwatch:GetMetricData", "Action: cloudwatch:DeleteAlarms"),
    Fault(
        "dev shutdown changes only what opted in",
        "                    aws:ResourceTag/yakin:schedule: office-hours\n",
        "",
    ),
    Fault(
        "dev shutdown changes only what opted in",
        "                  StringNotEquals: {aws:ResourceTag/yakin:stage: [prod, production]}\n",
        "",
    ),
    Fault("production has no nights", "HasNights: !Not [!Condition IsProduction]", "HasNights: !Equals [a, a]"),
    Fault(
        "production has no nights", "!If [IsDev, {Key: 'yakin:schedule'", "!If [IsProduction, {Key: 'yakin:schedule'"
    ),
    Fault("dev shutdown is told and woken", "RDS-EVENT-0154, ", ""),
    Fault("dev shutdown is told and woken", "DEV_DAYS_OFF: !Ref DevDaysOff", "DEV_DAYS_OFF: !Ref DevStop"),
    Fault("dev shutdown is told and woken", "      Timeout: 290\n", ""),
]
