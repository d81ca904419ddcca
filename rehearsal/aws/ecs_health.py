"""What a load balancer's health checks mean for the tasks of a service.

Follows "Amazon ECS services" (the service scheduler replaces tasks that fail their health checks), CreateService
(healthCheckGracePeriodSeconds) and "Viewing Amazon ECS service event messages".
"""

from __future__ import annotations

from datetime import timedelta

from rehearsal.aws import ecs_events, elb, world
from rehearsal.aws.ecs_model import Service, Task


def target_changed(group: str, target: str, state: str) -> None:
    """A target of a load balancer became ``state``: whose task is it?"""
    from rehearsal.aws import ecs

    for service in ecs.services():
        for task in [task for task in service.tasks if task.ip == target]:
            if state == "unhealthy" and any(arn == group for arn, _ in service.target_groups):
                _unhealthy(service, task, group)
            elif state == "healthy":
                task.failing = None
            service.changed()


def _unhealthy(service: Service, task: Task, group: str) -> None:
    """The scheduler replaces a task that fails its health checks, but not within the grace period after its start."""
    if task.leaving or task.failing or task.started is None or elb.health(group).get(task.ip or "") != "unhealthy":
        return
    clock = world.current().clock
    patience = task.started + timedelta(seconds=service.option("health_check_grace_period_seconds") or 0)
    if clock.now() < patience:
        clock.at(patience, f"the grace period of {service.name} ends", lambda: _unhealthy(service, task, group))
        return
    reason = elb.REASONS["unhealthy"][1]
    port = dict(service.target_groups)[group]
    ecs_events.message(service, f"(port {port}) is unhealthy in (target-group {group}) due to (reason {reason}).")
    task.failing = f"Task failed ELB health checks in (target-group {group})"
    service.task_failed(task)
    service.changed()
