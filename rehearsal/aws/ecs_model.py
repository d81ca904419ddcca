"""What ECS knows of a service beyond moto: its tasks and deployments, and how the API and EventBridge describe them.

Follows the ECS API Reference (Service, Deployment, Task) and "Amazon ECS task state change events".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.ecs.models import Service as MotoService

from rehearsal.aws import world
from rehearsal.aws.clock import Entry

BEFORE_RUNNING = ("PROVISIONING", "PENDING", "ACTIVATING")
MAX_EVENTS = 100  # "Service event messages": the 100 most recent


@dataclass
class Deployment:
    id: str
    task_definition: str
    created: datetime
    reason: str
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    updated: datetime | None = None
    failed_tasks: int = 0
    counted_failures: int = 0  # what the circuit breaker counts
    desired: int = 0
    keeps_its_reason: bool = False

    def describe(self, service: Service) -> dict[str, Any]:
        mine = [task for task in service.tasks if task.deployment is self]
        return {
            "id": self.id,
            "status": self.status,
            "taskDefinition": self.task_definition,
            "desiredCount": self.desired,
            "runningCount": sum(task.status == "RUNNING" for task in mine),
            "pendingCount": sum(task.status in BEFORE_RUNNING for task in mine),
            "failedTasks": self.failed_tasks,
            "createdAt": self.created,
            "updatedAt": self.updated or self.created,
            "launchType": service.api.launch_type,
            "capacityProviderStrategy": service.option("capacity_provider_strategy"),
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "networkConfiguration": service.option("network_configuration"),
            "rolloutState": self.rollout,
            "rolloutStateReason": self.reason,
        }


@dataclass(eq=False)
class Task:
    id: str
    service: Service
    deployment: Deployment
    created: datetime
    subnet: str | None
    ip: str | None
    zone: str
    capacity_provider: str | None
    status: str = "PROVISIONING"
    version: int = 1
    started: datetime | None = None
    stopping: datetime | None = None
    stopped: datetime | None = None
    stop_code: str | None = None
    stopped_reason: str | None = None
    exit_code: int | None = None
    container_reason: str | None = None
    been_healthy: bool = False
    failing: str | None = None  # fails its health checks: the reason with which it will be stopped
    pending: Entry | None = None

    @property
    def arn(self) -> str:
        return f"arn:aws:ecs:{world.REGION}:{world.ACCOUNT}:task/{self.service.api.cluster_name}/{self.id}"

    @property
    def leaving(self) -> bool:
        return self.stopping is not None

    def describe(self) -> dict[str, Any]:
        """The Task of the API; a task state change event has the same fields."""
        definition = self.service.definition(self.deployment.task_definition)
        ended = self.status == "STOPPED"
        shown = {
            "taskArn": self.arn,
            "clusterArn": self.service.api.cluster_arn,
            "taskDefinitionArn": self.deployment.task_definition,
            "group": f"service:{self.service.name}",
            "startedBy": self.deployment.id,
            "launchType": "FARGATE",
            "capacityProviderName": self.capacity_provider,
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "lastStatus": self.status,
            "desiredStatus": "STOPPED" if self.leaving else "RUNNING",
            "connectivity": "CONNECTED" if self.started else None,
            "healthStatus": "UNKNOWN",
            "cpu": str(definition.cpu) if definition.cpu else None,
            "memory": str(definition.memory) if definition.memory else None,
            "availabilityZone": self.zone,
            "createdAt": self.created,
            "startedAt": self.started,
            "stoppingAt": self.stopping,
            "stoppedAt": self.stopped,
            "stopCode": self.stop_code,
            "stoppedReason": self.stopped_reason,
            "version": self.version,
            "enableExecuteCommand": bool(self.service.option("enable_execute_command")),
            "overrides": {"containerOverrides": []},
            "attachments": [self._attachment()] if self.ip else [],
            "containers": [
                self._container(number, container, ended)
                for number, container in enumerate(definition.container_definitions)
            ],
            "tags": [],
        }
        return {name: value for name, value in shown.items() if value is not None}

    def _attachment(self) -> dict[str, Any]:
        details = [("subnetId", self.subnet), ("privateIPv4Address", self.ip)]
        return {
            "id": self.id,
            "type": "ElasticNetworkInterface",
            "status": "DELETED" if self.status == "STOPPED" else "ATTACHED",
            "details": [{"name": name, "value": value} for name, value in details],
        }

    def _container(self, number: int, container: dict[str, Any], ended: bool) -> dict[str, Any]:
        shown = {
            "containerArn": f"{self.arn.replace(':task/', ':container/')}/{number}",
            "taskArn": self.arn,
            "name": container["name"],
            "image": container["image"],
            "lastStatus": "STOPPED" if ended else "RUNNING" if self.status == "RUNNING" else "PENDING",
            "exitCode": self.exit_code if ended else None,
            "reason": self.container_reason if number == 0 else None,
            "networkInterfaces": [{"privateIpv4Address": self.ip}] if self.ip else [],
            "healthStatus": "UNKNOWN",
        }
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(eq=False)
class Service:
    """One ECS service. ``api`` is moto's object, which DescribeServices shows; ``changed`` lets the scheduler look."""

    api: MotoService
    changed: Callable[[], None]
    task_failed: Callable[[Task], None]
    tasks: list[Task] = field(default_factory=list)
    stopped: list[Task] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    last_completed: str | None = None  # task definition of the last completed deployment: where a rollback goes
    steady: bool = False
    failures_in_a_row: int = 0
    resting: Entry | None = None  # until when no task is launched, after repeated failures
    shown: tuple[int, int, int] | None = None
    course: list[tuple[datetime, int, int]] = field(default_factory=list)  # when, running, healthy

    @property
    def name(self) -> str:
        return self.api.name

    @property
    def desired(self) -> int:
        return self.api.desired_count

    @property
    def primary(self) -> Deployment:
        return self.deployments[0]

    @property
    def deploying(self) -> bool:
        return len(self.deployments) > 1 or self.primary.rollout == "IN_PROGRESS"

    @property
    def target_groups(self) -> list[tuple[str, int]]:
        return [(lb["targetGroupArn"], int(lb["containerPort"])) for lb in self.api.load_balancers]

    def option(self, name: str) -> Any:
        return getattr(self.api, name, None)

    def definition(self, arn: str) -> Any:
        return self.api._backend.describe_task_definition(arn)

    def running(self) -> list[Task]:
        return [task for task in self.tasks if task.status == "RUNNING"]

    def healthy(self) -> list[Task]:
        """RUNNING, and healthy in every target group ("minimumHealthyPercent" in DeploymentConfiguration)."""
        from rehearsal.aws import elb

        states = [elb.health(arn) for arn, _ in self.target_groups]
        return [task for task in self.running() if all(state.get(task.ip or "") == "healthy" for state in states)]

    def limits(self) -> tuple[int, int]:
        """Least healthy and most running tasks in a rollout: rounded up and down (DeploymentConfiguration)."""
        configuration = self.option("deployment_configuration") or {}
        least = math.ceil(self.desired * configuration.get("minimumHealthyPercent", 100) / 100)
        most = math.floor(self.desired * configuration.get("maximumPercent", 200) / 100)
        return least, most

    def spans(self, begin: datetime, end: datetime) -> list[tuple[float, int, int]]:
        """How long, as a share of the time, how many tasks were running and healthy. Forgets what was before."""
        while len(self.course) > 1 and self.course[1][0] <= begin:
            del self.course[0]
        ends = [when for when, _, _ in self.course[1:]] + [end]
        found = []
        for (since, running, healthy), until in zip(self.course, ends, strict=True):
            share = (min(until, end) - max(since, begin)) / (end - begin)
            if share > 0:
                found.append((share, running, healthy))
        return found

    def refresh(self) -> None:
        """Copies the counts to moto's object and records them when they changed."""
        self.api.deployments = [deployment.describe(self) for deployment in self.deployments]
        self.api.running_count = len(self.running())
        self.api.pending_count = sum(task.status in BEFORE_RUNNING for task in self.tasks)
        now = (self.desired, self.api.running_count, len(self.healthy()))
        if now != self.shown:
            self.shown = now
            self.course.append((world.current().clock.now(), now[1], now[2]))
            world.current().record("tasks", service=self.name, wanted=now[0], running=now[1], healthy=now[2])
