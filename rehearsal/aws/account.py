"""What belongs to the account rather than to a service: quotas and what is used of them, certificates, the bill.

Service Quotas User Guide; AWS Fargate, "AWS Fargate service quotas" (vCPUs of all running tasks, by On-Demand and Spot)
and "AWS Fargate usage metrics" (ResourceCount in AWS/Usage, reported every five minutes); AWS Budgets API Reference,
"CalculatedSpend"; ACM User Guide, "Managed certificate renewal" (valid for 13 months, 395 days). An account starts
with six vCPUs; whoever runs a shop has asked for more, so the embedded one has 64.
"""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from typing import Any

from moto.acm.models import CertBundle
from moto.budgets.models import Budget
from moto.servicequotas.exceptions import NoSuchResource
from moto.servicequotas.models import ServiceQuotasBackend

from rehearsal.aws import cloudwatch, ecs, elb
from rehearsal.aws.ecs_model import Service
from rehearsal.aws.patching import replaces
from rehearsal.aws.world import World, current, forgets

ON_DEMAND = "L-3032A538"  # "Fargate On-Demand vCPU resource count"
VCPUS = 64.0
REPORTED = timedelta(minutes=5)
USAGE = {"Service": "Fargate", "Type": "Resource", "Resource": "vCPU", "Class": "Standard/OnDemand"}

VALID = timedelta(days=395)

_quotas: dict[str, float] = {ON_DEMAND: VCPUS}
_certificates_end: dict[str, datetime] = {}  # by ARN
_spend = {"actual": 0.0, "forecast": 0.0}


@forgets
def _forget() -> None:
    _quotas.clear()
    _certificates_end.clear()
    _quotas[ON_DEMAND] = VCPUS


def install(world: World) -> None:
    spend(0.0, 0.0)
    _patch_moto()
    world.clock.every(REPORTED, "Fargate usage", _report, first=elb.end_of_minute(world.clock.now()))


def vcpu_quota(vcpus: float) -> None:
    """From now on the account may run so many; what runs already goes on."""
    _quotas[ON_DEMAND] = vcpus


def spend(actual: float, forecast: float) -> None:
    """This month's costs in USD, so far and at its end."""
    _spend.update(actual=actual, forecast=forecast)


def certificate_ends(arn: str, when: datetime) -> None:
    _certificates_end[arn] = when


def has_room(service: Service) -> bool:
    """Whether one more task of the service fits into the quota."""
    return vcpus_in_use() + _vcpus(service) <= _quotas[ON_DEMAND]


def vcpus_in_use() -> float:
    """Of all tasks that have begun and not stopped."""
    return sum(len(service.tasks) * _vcpus(service) for service in ecs.services())


def _vcpus(service: Service) -> float:
    return int(service.definition(service.primary.task_definition).cpu or 1024) / 1024


def _report() -> None:
    used = vcpus_in_use()
    if used:
        cloudwatch.put("AWS/Usage", "ResourceCount", USAGE, used, "None")


@functools.cache
def _patch_moto() -> None:
    @replaces(ServiceQuotasBackend, "get_service_quota", "service_code", "quota_code")
    def get_service_quota(original: Any, self: Any, service_code: str, quota_code: str) -> dict[str, Any]:
        if service_code != "fargate":
            return original(self, service_code, quota_code)
        if quota_code not in _quotas:
            raise NoSuchResource()
        return {
            "ServiceCode": "fargate",
            "ServiceName": "AWS Fargate",
            "QuotaCode": quota_code,
            "QuotaName": "Fargate On-Demand vCPU resource count",
            "Value": _quotas[quota_code],
            "Unit": "None",
            "Adjustable": True,
            "GlobalQuota": False,
        }

    @replaces(CertBundle, "describe")
    def describe(original: Any, self: Any) -> dict[str, Any]:
        shown = original(self)
        ends = _certificates_end.setdefault(self.arn, current().clock.now() + VALID)
        begins = (ends - VALID).timestamp()
        times = {"NotBefore": begins, "NotAfter": ends.timestamp(), "CreatedAt": begins, "IssuedAt": begins}
        return {"Certificate": {**shown["Certificate"], **times, "Status": "ISSUED"}}

    @replaces(Budget, "to_dict")
    def to_dict(original: Any, self: Any) -> dict[str, Any]:
        unit = self.budget["BudgetLimit"]["Unit"]
        spent = {
            "ActualSpend": {"Amount": str(_spend["actual"]), "Unit": unit},
            "ForecastedSpend": {"Amount": str(_spend["forecast"]), "Unit": unit},
        }
        return {**original(self), "CalculatedSpend": spent}
