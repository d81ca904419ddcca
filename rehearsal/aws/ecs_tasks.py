"""The life of a Fargate task: PROVISIONING, PENDING, RUNNING, then DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED.

Follows "Amazon ECS task lifecycle", "Stopped task error codes" and "Resolve Amazon ECS stopped task errors" (wording of
the reasons). AWS promises no durations. Ours: 10 s for the network interface and 25 s for pulling a container image
of some 200 MB, together in the middle of the 30 to 45 s that a Fargate task of this size commonly takes; 5 s from
SIGTERM to the exit of a shop that shuts down orderly (limit: stopTimeout, 30 s); 10 s to take the interface away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from moto.ec2.models import ec2_backends

from rehearsal.aws import ecs_events, elb, world
from rehearsal.aws.ecs_model import Deployment, Service, Task

NETWORK = timedelta(seconds=10)
PULL = timedelta(seconds=25)
EXIT = timedelta(seconds=5)
RELEASE = timedelta(seconds=10)
STOPPED_TASKS_SHOWN_FOR = timedelta(hours=1)  # "DescribeTasks": for at least one hour


@dataclass(frozen=True)
class Failure:
    """How a task ends by itself. ``runs`` None: it never gets to RUNNING."""

    stop_code: str
    reason: str
    runs: timedelta | None = None
    exit_code: int | None = None
    container_reason: str | None = None


FAILURES = {
    "pull": Failure(
        "TaskFailedToStart",
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: "
        "{image}: not found",
    ),
    "secret": Failure(
        "TaskFailedToStart",
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret",
    ),
    "exit": Failure("EssentialContainerExited", "Essential container in task exited", timedelta(seconds=8), 1),
    "oom": Failure(
        "EssentialContainerExited",
        "Essential container in task exited",
        timedelta(seconds=90),
        137,
        "OutOfMemoryError: Container killed due to memory usage",
    ),
    "spot": Failure("SpotInterruption", "Your Spot Task was interrupted.", timedelta(minutes=10), 143),
    # Runs, but its health checks fail: the service scheduler stops it.
    "unhealthy": Failure("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group {group})"),
}


class NoRoomError(Exception):
    """The task cannot be placed; the text is ECS's reason, and ``resource`` what the event names."""

    def __init__(self, reason: str, resource: str) -> None:
        super().__init__(reason)
        self.resource = resource


def start(service: Service, deployment: Deployment, failure: str | None) -> Task:
    """Launches a task. Raises NoRoomError."""
    from rehearsal.aws import account

    if not account.has_room(service):
        # "Viewing Amazon ECS service event messages"
        raise NoRoomError("You've reached the limit on the number of vCPUs you can run concurrently", "RESOURCE:CPU")
    now = world.current().clock.now()
    task_id = f"{world.current().chance.getrandbits(128):032x}"
    task = Task(task_id, service, deployment, now, None, None, f"{world.REGION}a", _provider(service))
    _place(task)
    service.tasks.append(task)
    ecs_events.task_changed(task)
    _after(task, NETWORK, lambda: _pull(task, failure))
    return task


def stop(task: Task, code: str, reason: str) -> None:
    """The orderly end: out of the load balancer first, then SIGTERM once the connections are drained."""
    if task.leaving:
        return
    was_running = task.status == "RUNNING"
    task.stopping = world.current().clock.now()
    task.stop_code, task.stopped_reason, task.exit_code = code, reason, 143
    drained = _leave_load_balancer(task) if was_running else timedelta(0)
    _set(task, "DEACTIVATING" if drained else "STOPPING")
    _after(task, drained, lambda: _exit(task, orderly=was_running))


def end(task: Task, failure: Failure) -> None:
    """The task ends by itself, now: no draining comes first."""
    if task.leaving:
        return
    image = task.service.definition(task.deployment.task_definition).container_definitions[0]["image"]
    task.stopping = world.current().clock.now()
    task.stop_code = failure.stop_code
    task.stopped_reason = failure.reason.format(image=image, group=", ".join(_group_arns(task.service)))
    task.exit_code, task.container_reason = failure.exit_code, failure.container_reason
    if task.started:
        _leave_load_balancer(task)
    _set(task, "DEPROVISIONING")
    _after(task, RELEASE, lambda: _gone(task))


def _pull(task: Task, failure: str | None) -> None:
    _set(task, "PENDING")
    known = FAILURES[failure] if failure else None
    if known and known.runs is None and failure != "unhealthy":
        _after(task, PULL, lambda: _fail(task, known))
    else:
        _after(task, PULL, lambda: _run(task, failure))


def _run(task: Task, failure: str | None) -> None:
    task.started = world.current().clock.now()
    _set(task, "RUNNING")
    for arn, port in task.service.target_groups:
        elb.register(arn, task.ip or "", port)
        ecs_events.message(task.service, f"registered 1 targets in (target-group {arn})")
        if failure == "unhealthy":
            elb.fail(arn, task.ip or "")
    known = FAILURES[failure] if failure else None
    if known and known.runs is not None:
        _after(task, known.runs, lambda: _fail(task, known))
    task.service.changed()


def _fail(task: Task, failure: Failure) -> None:
    end(task, failure)
    if failure.stop_code != "SpotInterruption":
        task.service.task_failed(task)
    task.service.changed()


def _exit(task: Task, orderly: bool) -> None:
    if task.status != "STOPPING":
        _set(task, "STOPPING")
    _after(task, EXIT if orderly else timedelta(0), lambda: _deprovision(task))


def _deprovision(task: Task) -> None:
    _set(task, "DEPROVISIONING")
    _after(task, RELEASE, lambda: _gone(task))


def _gone(task: Task) -> None:
    service = task.service
    task.stopped = world.current().clock.now()
    service.tasks.remove(task)
    service.stopped.append(task)
    _release_address(task)
    _set(task, "STOPPED")
    world.current().clock.after(
        STOPPED_TASKS_SHOWN_FOR, "a stopped task is forgotten", lambda: service.stopped.remove(task)
    )
    service.changed()


def _leave_load_balancer(task: Task) -> timedelta:
    """Deregisters the task; the answer is how long its connections may drain."""
    delays = [timedelta(0)]
    for arn, _ in task.service.target_groups:
        if elb.health(arn).get(task.ip or "") not in (None, "draining"):
            elb.deregister(arn, task.ip or "")
            delays.append(elb.deregistration_delay(arn))
            ecs_events.message(task.service, f"deregistered 1 targets in (target-group {arn})")
    if len(delays) > 1:
        ecs_events.message(task.service, "has begun draining connections on 1 tasks.")
    return max(delays)


def _set(task: Task, status: str) -> None:
    task.status = status
    task.version += 1
    ecs_events.task_changed(task)


def _after(task: Task, delay: timedelta, do: Callable[[], None]) -> None:
    if task.pending is not None:
        task.pending.cancel()
    task.pending = world.current().clock.after(delay, f"task {task.id[:8]} of {task.service.name}", do)


def _group_arns(service: Service) -> list[str]:
    return [arn for arn, _ in service.target_groups]


def _place(task: Task) -> None:
    """An address in the subnet with the fewest tasks of the service: Fargate spreads them over the zones."""
    network = (task.service.option("network_configuration") or {}).get("awsvpcConfiguration", {})
    backend = ec2_backends[world.ACCOUNT][world.REGION]
    subnets = [backend.get_subnet(subnet) for subnet in network.get("subnets", [])]
    used = [other.subnet for other in task.service.tasks]
    for subnet in sorted(subnets, key=lambda subnet: used.count(subnet.id)):
        if subnet.available_ip_address_count > 0:
            task.subnet, task.zone = subnet.id, subnet.availability_zone
            task.ip = subnet.get_available_subnet_ip(task)
            return
    if subnets:
        raise NoRoomError("There are not enough free addresses in the subnets of the service.", "RESOURCE:ENI")


def _release_address(task: Task) -> None:
    if task.subnet is not None:
        ec2_backends[world.ACCOUNT][world.REGION].get_subnet(task.subnet).del_subnet_ip(task.ip)


def _provider(service: Service) -> str | None:
    """By base, then by weight ("CapacityProviderStrategyItem"): the provider that is furthest below its share."""
    strategy = service.option("capacity_provider_strategy") or []
    count = {item["capacityProvider"]: 0 for item in strategy}
    for task in service.tasks:
        if task.capacity_provider in count and not task.leaving:
            count[task.capacity_provider] += 1
    for item in strategy:
        if count[item["capacityProvider"]] < item.get("base", 0):
            return item["capacityProvider"]
    weighted = [item for item in strategy if item.get("weight", 0) > 0]
    if not weighted:
        return strategy[0]["capacityProvider"] if strategy else None
    share = lambda item: (count[item["capacityProvider"]] - item.get("base", 0) + 1) / item["weight"]  # noqa: E731
    return min(weighted, key=share)["capacityProvider"]
