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

from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy as Policy
from moto.applicationautoscaling.models import FakeScalableTarget
from moto.cloudwatch.models import Alarm, cloudwatch_backends

from rehearsal.aws import autoscaling, ecs, world
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


def install() -> None:
    _cooldowns.clear()
    _patch_moto()


def forget(resource: str) -> None:
    _cooldowns.pop(resource, None)
    backend = autoscaling.backend()
    for key, policy in list(backend.policies.items()):
        if policy.resource_id == resource:
            policy.delete_alarms(world.ACCOUNT, world.REGION)
            del backend.policies[key]


def on_alarm(action: str, alarm: Alarm, metric: float) -> None:
    """An alarm in ALARM: CloudWatch repeats the action each minute. ``metric`` is the latest datapoint."""
    policy = next((p for p in autoscaling.backend().policies.values() if action.startswith(p.policy_arn)), None)
    target = autoscaling.target_of(policy.resource_id) if policy else None
    if policy is None or target is None:
        return
    cause = f"monitor alarm {alarm.name} in state ALARM triggered policy {policy.policy_name}"
    if "-AlarmHigh-" in alarm.name:
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
    """Namespace, name, statistic and dimensions of the policy's metric."""
    configuration = policy.target_tracking_scaling_policy_configuration
    predefined = configuration.get("PredefinedMetricSpecification", {})
    kind = predefined.get("PredefinedMetricType")
    _, cluster, service = policy.resource_id.split("/")
    if kind in METRICS:
        dimensions = {"ClusterName": cluster, "ServiceName": service}
        return {"namespace": "AWS/ECS", "metric_name": METRICS[kind], "statistic": "Average", "dimensions": dimensions}
    if kind == "ALBRequestCountPerTarget":
        group = "targetgroup/" + predefined["ResourceLabel"].split("/targetgroup/")[1]
        return {
            "namespace": "AWS/ApplicationELB",
            "metric_name": "RequestCountPerTarget",
            "statistic": "Sum",
            "dimensions": {"TargetGroup": group},
        }
    raise NotImplementedError(f"target tracking on {kind or 'a customized metric'}")


def _alarm(policy: Policy, side: str) -> Alarm:
    metric = _metric(policy)
    target = float(_setting(policy, "TargetValue", None))
    high = side == "AlarmHigh"
    number = UUID(int=world.current().chance.getrandbits(128), version=4)
    return cloudwatch_backends[world.ACCOUNT][world.REGION].put_metric_alarm(
        name=f"TargetTracking-{policy.resource_id}-{side}-{number}",
        namespace=metric["namespace"],
        metric_name=metric["metric_name"],
        metric_data_queries=[],
        comparison_operator="GreaterThanThreshold" if high else "LessThanThreshold",
        evaluation_periods=HIGH_PERIODS if high else LOW_PERIODS,
        period=60,
        threshold=target if high else target * LOW_SHARE,
        statistic=metric["statistic"],
        description=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy.policy_arn}.",
        dimensions=[{"Name": name, "Value": value} for name, value in metric["dimensions"].items()],
        alarm_actions=[policy.policy_arn],
        unit=None,
    )


@functools.cache
def _patch_moto() -> None:
    @replaces(Policy, "create_alarms")
    def create_alarms(original: Any, self: Policy) -> None:
        del original
        if self.policy_type != "TargetTrackingScaling" or self.service_namespace != "ecs":
            raise NotImplementedError(f"{self.policy_type} of {self.service_namespace}")
        sides = ["AlarmHigh"] if _setting(self, "DisableScaleIn", False) else ["AlarmHigh", "AlarmLow"]
        self.alarms.extend(_alarm(self, side) for side in sides)
