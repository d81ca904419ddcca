"""The service scheduler: brings a service from what runs to what is wanted, and judges deployments.

Follows "Amazon ECS service deployments using rolling updates", "How the Amazon ECS deployment circuit breaker detects
failures", "Amazon ECS service throttle logic" and "Viewing Amazon ECS service event messages" (wording).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta

from rehearsal.aws import ecs_events, ecs_tasks, world
from rehearsal.aws.ecs_model import BEFORE_RUNNING, Deployment, Service, Task

LONGEST_REST = timedelta(minutes=27)  # "service throttle logic"; how it grows is not documented: we double from 30 s
FIRST_REST = timedelta(seconds=30)
FAILURES_BEFORE_REST = 3


def begin(service: Service, task_definition: str, reason: str | None = None) -> Deployment:
    """A new PRIMARY deployment; the one before becomes ACTIVE until its tasks are replaced."""
    number = world.current().chance.randrange(10**18, 10**19)
    deployment = Deployment(f"ecs-svc/{number}", task_definition, world.current().clock.now(), "")
    deployment.reason = reason or f"ECS deployment {deployment.id} in progress."
    for older in service.deployments:
        older.status = "ACTIVE"
    service.deployments.insert(0, deployment)
    service.failures_in_a_row = 0
    if service.resting is not None:
        service.resting.cancel()
        service.resting = None
    ecs_events.deployment_changed(service, deployment, ecs_events.IN_PROGRESS)
    return deployment


def step(service: Service, failure_of: Callable[[Service, Deployment], str | None]) -> None:
    """One look at the service. Called whenever something changed; doing nothing is the normal case."""
    _note_health(service)
    if _breaker_tripped(service):
        _fail_deployment(service)
    for deployment in service.deployments:
        deployment.desired = service.desired if deployment is service.primary else 0
    _stop_surplus(service)
    _replace(service)
    _launch(service, failure_of)
    _forget_replaced(service)
    _judge(service)
    service.refresh()


def count_failure(service: Service, task: Task) -> None:
    """A task ended by itself or failed its health checks. The breaker counts both; launches are only throttled after
    tasks that never ran: one that ran and fails its health checks is replaced at once ("service throttle logic").
    """
    if task.deployment is service.primary and task.deployment.rollout == "IN_PROGRESS":
        task.deployment.failed_tasks += 1
        task.deployment.counted_failures += 1
        task.deployment.updated = world.current().clock.now()
    if task.started is not None:
        return
    service.failures_in_a_row += 1
    if service.failures_in_a_row >= FAILURES_BEFORE_REST:
        _rest(service)


def threshold(service: Service) -> int:
    """How many failed tasks trip the breaker: half the desired count, at least 3 and at most 200, by default."""
    breaker = (service.option("deployment_configuration") or {}).get("deploymentCircuitBreaker") or {}
    rule = breaker.get("thresholdConfiguration") or {"type": "BOUNDED_PERCENT", "value": 50}
    if rule["type"] == "COUNT":
        return rule["value"]
    share = math.ceil(service.desired * rule["value"] / 100)
    return min(200, max(3, share)) if rule["type"] == "BOUNDED_PERCENT" else max(1, share)


def _note_health(service: Service) -> None:
    """A healthy task ends the streak of failures, unless resetOnHealthyTask is false."""
    breaker = (service.option("deployment_configuration") or {}).get("deploymentCircuitBreaker") or {}
    for task in service.healthy():
        if not task.been_healthy:
            task.been_healthy = True
            service.failures_in_a_row = 0
            if breaker.get("resetOnHealthyTask", True):
                task.deployment.failed_tasks = task.deployment.counted_failures = 0


def _breaker_tripped(service: Service) -> bool:
    breaker = (service.option("deployment_configuration") or {}).get("deploymentCircuitBreaker") or {}
    primary = service.primary
    return (
        bool(breaker.get("enable"))
        and primary.rollout == "IN_PROGRESS"
        and primary.counted_failures >= threshold(service)
    )


def _fail_deployment(service: Service) -> None:
    failed = service.primary
    failed.rollout, failed.reason = "FAILED", "ECS deployment circuit breaker: tasks failed to start."
    failed.updated = world.current().clock.now()
    ecs_events.message(service, f"(deployment {failed.id}) deployment failed: tasks failed to start.")
    ecs_events.deployment_changed(service, failed, ecs_events.FAILED)
    breaker = service.option("deployment_configuration")["deploymentCircuitBreaker"]
    good = service.last_completed
    if breaker.get("rollback") and good is not None and good != failed.task_definition:
        back = _resume(service, good) or begin(service, good)
        back.reason = f"ECS deployment circuit breaker: rolling back to deploymentId {back.id}."
        back.keeps_its_reason = True
        service.api.task_definition = good
        ecs_events.message(service, f"rolling back to (deployment {back.id}).")


def _resume(service: Service, task_definition: str) -> Deployment | None:
    """The deployment before, when its tasks still run: they are kept."""
    for deployment in service.deployments[1:]:
        if deployment.task_definition == task_definition:
            service.deployments.remove(deployment)
            for other in service.deployments:
                other.status = "ACTIVE"
            deployment.status, deployment.rollout = "PRIMARY", "IN_PROGRESS"
            service.deployments.insert(0, deployment)
            service.failures_in_a_row = 0
            ecs_events.deployment_changed(service, deployment, ecs_events.IN_PROGRESS)
            return deployment
    return None


def _stop_surplus(service: Service) -> None:
    """Fewer tasks are wanted: those that do not run yet first, then from the zone with most, the oldest first."""
    primary = [task for task in service.tasks if task.deployment is service.primary]
    staying = [task for task in primary if not task.leaving and not task.failing]
    surplus = len(staying) - service.desired
    chosen: list[Task] = []
    while surplus > len(chosen):
        left = [task for task in staying if task not in chosen]
        zones = [task.zone for task in left]
        chosen.append(min(left, key=lambda t: (t.status == "RUNNING", -zones.count(t.zone), t.created)))
    _stop(service, chosen, f"Scaling activity initiated by (deployment {service.primary.id})")


def _replace(service: Service) -> None:
    """Old tasks go as new ones are healthy, and never below the least number of healthy tasks.

    A task that fails its health checks goes when its replacement is healthy, or when there is no room to start one
    ("Amazon ECS services", service scheduler: replacing unhealthy tasks).
    """
    if service.primary.rollout == "FAILED":
        # Without a rollback the old tasks stay and serve on; those of the failed deployment are not relaunched.
        return
    least, most = service.limits()
    staying = [task for task in service.tasks if not task.leaving]
    old = [task for task in staying if task.deployment is not service.primary or task.failing]
    healthy = service.healthy()
    chosen: list[Task] = []
    for task in sorted(old, key=lambda task: (task.status == "RUNNING", task.been_healthy, task.created)):
        left = len(staying) - len(chosen)
        serving = [other for other in healthy if other not in chosen]
        no_room = len(staying) - len(old) < service.desired and left >= most
        if task in healthy and len(serving) - 1 < least:
            continue
        enough = left if task.deployment is not service.primary else len(serving) + 1
        if enough > service.desired or no_room:
            chosen.append(task)
    for task in chosen:
        reason = task.failing or f"Scaling activity initiated by (deployment {service.primary.id})"
        _stop(service, [task], reason)


def _stop(service: Service, tasks: list[Task], reason: str) -> None:
    if not tasks:
        return
    for task in tasks:
        ecs_tasks.stop(task, "ServiceSchedulerInitiated", reason)
    names = " ".join(f"(task {task.id})" for task in tasks)
    ecs_events.message(service, f"has stopped {len(tasks)} running tasks: {names}.")


def _launch(service: Service, failure_of: Callable[[Service, Deployment], str | None]) -> None:
    if service.primary.rollout == "FAILED" or service.resting is not None:
        return
    staying = [task for task in service.tasks if not task.leaving]
    mine = sum(task.deployment is service.primary and not task.failing for task in staying)
    rolling = mine < len(staying)
    room = (service.limits()[1] if rolling else service.desired) - len(staying)
    started = []
    for _ in range(min(service.desired - mine, room)):
        try:
            started.append(ecs_tasks.start(service, service.primary, failure_of(service, service.primary)))
        except ecs_tasks.NoRoomError as problem:
            _no_room(service, problem)
            break
    if started:
        names = " ".join(f"(task {task.id})" for task in started)
        ecs_events.message(service, f"has started {len(started)} tasks: {names}.")


def _no_room(service: Service, problem: ecs_tasks.NoRoomError) -> None:
    ecs_events.message(service, f"was unable to place a task. Reason: {problem}")
    ecs_events.service_action(service, "SERVICE_TASK_PLACEMENT_FAILURE", "ERROR", reason=problem.resource)
    service.failures_in_a_row = max(service.failures_in_a_row + 1, FAILURES_BEFORE_REST)
    _rest(service)


def _rest(service: Service) -> None:
    """Repeated failures: launches are throttled, longer each time."""
    if service.resting is not None or service.primary.rollout == "FAILED" or _breaker_tripped(service):
        return
    over = service.failures_in_a_row - FAILURES_BEFORE_REST
    rest = min(LONGEST_REST, FIRST_REST * 2 ** min(over, 10))
    if over == 0:
        ecs_events.message(
            service,
            "is unable to consistently start tasks successfully. "
            "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
        )
        ecs_events.service_action(service, "SERVICE_TASK_START_IMPAIRED", "WARN")

    def over_now() -> None:
        service.resting = None
        service.changed()

    service.resting = world.current().clock.after(rest, f"{service.name} may launch tasks again", over_now)


def _forget_replaced(service: Service) -> None:
    alive = {id(task.deployment) for task in service.tasks if not task.leaving}
    service.deployments[1:] = [older for older in service.deployments[1:] if id(older) in alive]


def _judge(service: Service) -> None:
    """Completed: every wanted task is healthy and no other is left. Steady: nothing is on its way out either."""
    primary = service.primary
    good = len(service.deployments) == 1 and len(service.healthy()) == service.desired
    good = good and not any(task.status in BEFORE_RUNNING for task in service.tasks)
    if good and primary.rollout == "IN_PROGRESS":
        primary.rollout, primary.updated = "COMPLETED", world.current().clock.now()
        if not primary.keeps_its_reason:
            primary.reason = f"ECS deployment {primary.id} completed."
        service.last_completed = primary.task_definition
        ecs_events.message(service, f"(deployment {primary.id}) deployment completed.")
        ecs_events.deployment_changed(service, primary, ecs_events.COMPLETED)
    steady = good and not any(task.leaving for task in service.tasks)
    if steady and not service.steady:
        ecs_events.message(service, "has reached a steady state.")
        ecs_events.service_action(service, "SERVICE_STEADY_STATE")
    service.steady = steady
