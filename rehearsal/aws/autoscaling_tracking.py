"""Target tracking: two CloudWatch alarms, and a desired count in proportion to the metric.

Follows "Target tracking scaling policies for Application Auto Scaling" and "How target tracking scaling for Application
Auto Scaling works" (proportional, rounds up, never scales in below what the target needs, cooldowns), "Target tracking
scaling policies and Amazon ECS service auto scaling" (no scale-in during a deployment; a desired count below min is
raised by a scale-out only, one above max is lowered by a scale-in only), and the alarms that the service creates: 3
minutes above the target, 15 minutes below 90 % of it.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeScalableTarget
from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy as Policy

from rehearsal.aws import api, autoscaling, ecs, world
from rehearsal.aws.patching import replaces

HIGH_PERIODS, LOW_PERIODS, LOW_SHARE = 3, 15, 0.9
DEFAULT_COOLDOWN = 300  # seconds, for ECS services
METRICS = {
    "ECSServiceAverageCPUUtilization": "CPUUtilization",
    "ECSServiceAverageMemoryUtilization": "MemoryUtilization",
}


@dataclass
class Cooldown:
    """The last scaling activity of a scalable target by a policy, and when its cooldown ends."""

    out_ends: datetime | None = None
    before_scale_out: int = 0
    in_ends: datetime | None = None


_cooldowns: dict[str, Cooldown] = {}  # by resource id


@world.forgets
def _forget() -> None:
    _cooldowns.clear()


def install() -> None:
    _patch_moto()


def forget(resource: str) -> None:
    _cooldowns.pop(resource, None)
    backend = autoscaling.backend()
    for key, policy in list(backend.policies.items()):
        if policy.resource_id == resource:
            _delete_alarms(policy)
            del backend.policies[key]


def on_alarm(action: str, alarm: str, metric: float) -> None:
    """An alarm in ALARM: CloudWatch repeats the action each minute. ``metric`` is the latest datapoint."""
    policy = next((p for p in autoscaling.backend().policies.values() if action.startswith(p.policy_arn)), None)
    target = autoscaling.target_of(policy.resource_id) if policy else None
    if policy is None or target is None:
        return
    cause = f"monitor alarm {alarm} in state ALARM triggered policy {policy.policy_name}"
    if "-AlarmHigh-" in alarm:
        _scale_out(policy, target, metric, cause)
    else:
        _scale_in(policy, target, metric, cause)


def _scale_out(policy: Policy, target: FakeScalableTarget, metric: float, cause: str) -> None:
    if autoscaling.suspended(target, "DynamicScalingOutSuspended"):
        return
    now, cooldown = world.current().clock.now(), _cooldowns.setdefault(target.resource_id, Cooldown())
    current = autoscaling.desired_count(target)
    cooling = cooldown.out_ends is not None and now < cooldown.out_ends
    # Within the cooldown the capacity just added counts: only a step larger than the last one adds to it.
    base = cooldown.before_scale_out if cooling else current
    wanted = min(max(_proportional(base, metric, policy), target.min_capacity), target.max_capacity)
    if wanted <= current:
        return
    if not cooling:
        cooldown.before_scale_out = current
    cooldown.out_ends = now + timedelta(seconds=_setting(policy, "ScaleOutCooldown", DEFAULT_COOLDOWN))
    cooldown.in_ends = None  # a scale-out ends the scale-in cooldown
    autoscaling.set_capacity(target, wanted, cause)


def _scale_in(policy: Policy, target: FakeScalableTarget, metric: float, cause: str) -> None:
    if autoscaling.suspended(target, "DynamicScalingInSuspended") or _setting(policy, "DisableScaleIn", False):
        return
    _, cluster, service = target.resource_id.split("/")
    if ecs.find(cluster, service).deploying:
        return
    now, cooldown = world.current().clock.now(), _cooldowns.setdefault(target.resource_id, Cooldown())
    if cooldown.in_ends is not None and now < cooldown.in_ends:
        return
    current = autoscaling.desired_count(target)
    wanted = min(max(_proportional(current, metric, policy), target.min_capacity), target.max_capacity)
    if wanted >= current:
        return
    cooldown.in_ends = now + timedelta(seconds=_setting(policy, "ScaleInCooldown", DEFAULT_COOLDOWN))
    autoscaling.set_capacity(target, wanted, cause)


def _proportional(base: int, metric: float, policy: Policy) -> int:
    # A hair less than the quotient, so that 4 x 70 / 70 stays 4 in floating point.
    return math.ceil(base * metric / float(_setting(policy, "TargetValue", None)) - 1e-9)


def _setting(policy: Policy, name: str, default: Any) -> Any:
    return policy.target_tracking_scaling_policy_configuration.get(name, default)


def _metric(policy: Policy) -> dict[str, Any]:
    """The policy's metric, as PutMetricAlarm takes it; the dimensions as a plain dictionary."""
    configuration = policy.target_tracking_scaling_policy_configuration
    predefined = configuration.get("PredefinedMetricSpecification", {})
    kind = predefined.get("PredefinedMetricType")
    _, cluster, service = policy.resource_id.split("/")
    if kind in METRICS:
        dimensions = {"ClusterName": cluster, "ServiceName": service}
        return {"Namespace": "AWS/ECS", "MetricName": METRICS[kind], "Statistic": "Average", "Dimensions": dimensions}
    if kind == "ALBRequestCountPerTarget":
        group = "targetgroup/" + predefined["ResourceLabel"].split("/targetgroup/")[1]
        return {
            "Namespace": "AWS/ApplicationELB",
            "MetricName": "RequestCountPerTarget",
            "Statistic": "Sum",
            "Dimensions": {"TargetGroup": group},
        }
    raise NotImplementedError(f"target tracking on {kind or 'a customized metric'}")


@dataclass(frozen=True)
class _Alarm:
    """What moto's answer names of an alarm."""

    name: str
    alarm_arn: str


def _alarm(policy: Policy, side: str) -> _Alarm:
    target = float(_setting(policy, "TargetValue", None))
    high = side == "AlarmHigh"
    number = UUID(int=world.current().chance.getrandbits(128), version=4)
    name = f"TargetTracking-{policy.resource_id}-{side}-{number}"
    metric = _metric(policy)
    dimensions = [{"Name": key, "Value": value} for key, value in metric.pop("Dimensions").items()]
    api.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        AlarmDescription=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy.policy_arn}.",
        AlarmActions=[policy.policy_arn],
        ComparisonOperator="GreaterThanThreshold" if high else "LessThanThreshold",
        EvaluationPeriods=HIGH_PERIODS if high else LOW_PERIODS,
        Period=60,
        Threshold=target if high else target * LOW_SHARE,
        Dimensions=dimensions,
        **metric,
    )
    return _Alarm(name, f"arn:aws:cloudwatch:{world.REGION}:{world.ACCOUNT}:alarm:{name}")


@functools.cache
def _patch_moto() -> None:
    @replaces(Policy, "create_alarms")
    def create_alarms(original: Any, self: Policy) -> None:
        del original
        if self.policy_type != "TargetTrackingScaling" or self.service_namespace != "ecs":
            raise NotImplementedError(f"{self.policy_type} of {self.service_namespace}")
        sides = ["AlarmHigh"] if _setting(self, "DisableScaleIn", False) else ["AlarmHigh", "AlarmLow"]
        self.alarms.extend(_alarm(self, side) for side in sides)

    @replaces(Policy, "delete_alarms")
    def delete_alarms(original: Any, self: Policy, account_id: str, region_name: str) -> None:
        del original, account_id, region_name
        _delete_alarms(self)

    @replaces(ApplicationAutoscalingBackend, "put_scaling_policy", "policy_name", "resource_id")
    def put(original: Any, self: Any, **parameters: Any) -> Policy:
        # moto leaves the alarms of the policy that is replaced.
        key = Policy.formulate_key(
            parameters["service_namespace"],
            parameters["resource_id"],
            parameters["scalable_dimension"],
            parameters["policy_name"],
        )
        if autoscaling.target_of(parameters["resource_id"]) is None:
            raise AWSValidationException(
                f"No scalable target found for service namespace: {parameters['service_namespace']}, resource ID: "
                f"{parameters['resource_id']}, scalable dimension: {parameters['scalable_dimension']}"
            )
        if key in self.policies:
            _delete_alarms(self.policies[key])
        return original(self, **parameters)


def _delete_alarms(policy: Policy) -> None:
    api.client("cloudwatch").delete_alarms(AlarmNames=[alarm.name for alarm in policy.alarms])
