"""Elastic Load Balancing: the health of targets over time, where moto says healthy at once.

Follows "Health checks for Application Load Balancer target groups" (states and reason codes), "Edit target group
attributes" (deregistration delay), and "CloudWatch metrics for your Application Load Balancer". How long a new target
needs follows "Optimize load balancer health check parameters for Amazon ECS": HealthyThresholdCount checks, one
interval apart. (The first page says that one passed check is enough for a new target; we take the slower of the two.)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from moto.elbv2.exceptions import TargetGroupNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup, elbv2_backends

from rehearsal.aws import world
from rehearsal.aws.clock import Entry
from rehearsal.aws.patching import replaces

REASONS = {
    "initial": ("Elb.InitialHealthChecking", "Initial health checks in progress"),
    "healthy": (None, None),
    "unhealthy": ("Target.ResponseCodeMismatch", "Health checks failed with these codes: [503]"),
    "draining": ("Target.DeregistrationInProgress", "Target deregistration is in progress"),
    "unused": ("Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
}


@dataclass
class Target:
    group: str
    id: str
    port: int
    state: str
    pending: Entry | None = None


_targets: dict[tuple[str, str], Target] = {}  # by target group ARN and target id
_listeners: list[Callable[[str, str, str], None]] = []


@world.forgets
def _forget() -> None:
    _targets.clear()


def install(installed: world.World) -> None:
    _patch_moto()
    installed.clock.every(
        timedelta(minutes=1), "load balancer metrics", _publish, first=end_of_minute(installed.clock.now())
    )


def on_change(listener: Callable[[str, str, str], None]) -> None:
    """``listener(target_group_arn, target_id, state)`` hears of every change; listening twice counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def register(target_group_arn: str, target_id: str, port: int | None = None) -> None:
    target = {"Id": target_id} if port is None else {"Id": target_id, "Port": port}
    _backend().register_targets(target_group_arn, [target])


def deregister(target_group_arn: str, target_id: str) -> None:
    _backend().deregister_targets(target_group_arn, [{"Id": target_id}])


def health(target_group_arn: str) -> dict[str, str]:
    """Target id -> initial, healthy, unhealthy, draining or unused."""
    return {target.id: target.state for (group, _), target in _targets.items() if group == target_group_arn}


def fail(target_group_arn: str, target_id: str) -> None:
    """From now on the target's health checks fail: unhealthy after UnhealthyThresholdCount checks."""
    group = _group(target_group_arn)
    _plan(_targets[target_group_arn, target_id], "unhealthy", _checks(group, int(group.unhealthy_threshold_count)))


def heal(target_group_arn: str, target_id: str) -> None:
    """From now on its health checks pass again."""
    group = _group(target_group_arn)
    _plan(_targets[target_group_arn, target_id], "healthy", _checks(group, int(group.healthy_threshold_count)))


def in_use(target_group_arn: str) -> bool:
    """Whether a listener or a rule of a load balancer sends requests to the group."""
    return bool(_group(target_group_arn).load_balancer_arns)


def metric_dimensions(target_group_arn: str) -> dict[str, str]:
    """TargetGroup and LoadBalancer as CloudWatch names them: the ends of the ARNs."""
    load_balancer = _group(target_group_arn).load_balancer_arns[0]
    return {
        "TargetGroup": target_group_arn.split(":")[-1],
        "LoadBalancer": load_balancer.split(":loadbalancer/")[-1],
    }


def groups_in_use() -> list[str]:
    return [group.arn for group in _backend().target_groups.values() if group.load_balancer_arns]


def end_of_minute(now: datetime) -> datetime:
    """The last second of this minute, or of the next one: what is put then belongs to the minute that ends."""
    end = now.replace(second=59, microsecond=0)
    return end if end > now else end + timedelta(minutes=1)


def _begin(group: FakeTargetGroup, target_id: str) -> None:
    previous = _targets.get((group.arn, target_id))
    if previous is not None and previous.state != "draining":
        return
    if previous is not None and previous.pending is not None:
        previous.pending.cancel()
    port = int(group.targets[target_id]["Port"] or group.port)
    target = Target(group.arn, target_id, port, "initial" if group.load_balancer_arns else "unused")
    _targets[group.arn, target_id] = target
    _tell(target)
    if target.state == "initial":
        _plan(target, "healthy", _checks(group, int(group.healthy_threshold_count)))


def _drain(group: FakeTargetGroup, target_id: str) -> None:
    target = _targets[group.arn, target_id]
    if target.pending is not None:
        target.pending.cancel()
    target.state = "draining"
    _tell(target)
    target.pending = world.current().clock.after(
        deregistration_delay(group.arn), f"{target_id} is drained", lambda: _forget(target)
    )


def deregistration_delay(target_group_arn: str) -> timedelta:
    return timedelta(seconds=int(_group(target_group_arn).attributes["deregistration_delay.timeout_seconds"]))


def _forget(target: Target) -> None:
    del _targets[target.group, target.id]
    target.state = "unused"
    _tell(target)


def _plan(target: Target, state: str, delay: timedelta) -> None:
    if target.pending is not None:
        target.pending.cancel()

    def change() -> None:
        target.state = state
        _tell(target)

    target.pending = world.current().clock.after(delay, f"{target.id} becomes {state}", change)


def _tell(target: Target) -> None:
    for listener in _listeners:
        listener(target.group, target.id, target.state)


def _checks(group: FakeTargetGroup, count: int) -> timedelta:
    return timedelta(seconds=int(group.health_check_interval_seconds) * count)


def _publish() -> None:
    """Reported for groups with registered targets."""
    from rehearsal.aws import cloudwatch

    for arn in groups_in_use():
        states = [state for state in health(arn).values() if state != "draining"]
        if states:
            dimensions = metric_dimensions(arn)
            cloudwatch.put("AWS/ApplicationELB", "HealthyHostCount", dimensions, states.count("healthy"), "Count")
            cloudwatch.put("AWS/ApplicationELB", "UnHealthyHostCount", dimensions, states.count("unhealthy"), "Count")


def _status(group: FakeTargetGroup, described: dict[str, Any]) -> FakeHealthStatus:
    target = _targets.get((group.arn, described["Id"]))
    if target is None:
        port = described.get("Port", group.port)
        return FakeHealthStatus(
            described["Id"], port, None, "unused", "Target.NotRegistered", "Target is not registered"
        )
    reason, description = REASONS[target.state]
    return FakeHealthStatus(target.id, str(target.port), str(target.port), target.state, reason, description)


def _group(arn: str) -> FakeTargetGroup:
    group = _backend().target_groups.get(arn)
    if group is None:
        raise TargetGroupNotFoundError()
    return group


def _backend() -> ELBv2Backend:
    return elbv2_backends[world.ACCOUNT][world.REGION]


@functools.cache
def _patch_moto() -> None:
    @replaces(FakeTargetGroup, "register", "targets")
    def registering(original: Any, self: FakeTargetGroup, targets: list[dict[str, Any]]) -> None:
        original(self, targets)
        for target in targets:
            _begin(self, target["Id"])

    @replaces(FakeTargetGroup, "deregister", "targets")
    def deregistering(original: Any, self: FakeTargetGroup, targets: list[dict[str, Any]]) -> None:
        original(self, targets)
        for target in targets:
            _drain(self, target["Id"])

    @replaces(ELBv2Backend, "describe_target_health", "target_group_arn", "targets")
    def describe(
        original: Any, self: ELBv2Backend, target_group_arn: str, targets: list[dict[str, Any]]
    ) -> list[FakeHealthStatus]:
        del original
        group = _group(target_group_arn)
        known = [{"Id": target_id} for target_id in health(target_group_arn)]
        return [_status(group, target) for target in targets or known]
