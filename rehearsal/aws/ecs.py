"""Amazon ECS: the API of services and tasks, joined to the physics in ecs_tasks.py and ecs_rollout.py.

Follows the ECS API Reference: CreateService, UpdateService, DeleteService, DescribeServices (10 at most), ListServices,
ListTasks, DescribeTasks (100 at most), StopTask.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.subnets import Subnet
from moto.ecs import models as moto_ecs
from moto.ecs.exceptions import InvalidParameterException, ServiceNotFoundException
from moto.ecs.models import EC2ContainerServiceBackend, ecs_backends
from moto.ecs.responses import EC2ContainerServiceResponse

from rehearsal.aws import ecs_events, ecs_health, ecs_rollout, ecs_tasks, elb, world
from rehearsal.aws.ecs_model import Deployment, Service, Task
from rehearsal.aws.patching import replaces

# Kept as given: attribute of moto's service -> parameter of CreateService and UpdateService.
OPTIONS = {
    "deployment_configuration": "deploymentConfiguration",
    "capacity_provider_strategy": "capacityProviderStrategy",
    "health_check_grace_period_seconds": "healthCheckGracePeriodSeconds",
    "enable_execute_command": "enableExecuteCommand",
    "enable_ecs_managed_tags": "enableECSManagedTags",
    "availability_zone_rebalancing": "availabilityZoneRebalancing",
    "network_configuration": "networkConfiguration",
    "platform_version": "platformVersion",
    "load_balancers": "loadBalancers",
    "service_registries": "serviceRegistries",
    "propagate_tags": "propagateTags",
}
# A change of one of these starts a deployment (UpdateService).
REDEPLOYS = ("networkConfiguration", "platformVersion", "loadBalancers", "serviceRegistries")


@dataclass
class Script:
    """A scripted failure of the tasks of a service, a family or a family:revision."""

    what: str
    kind: str
    left: int | None


_services: dict[str, Service] = {}  # by ARN
_scripts: list[Script] = []


@world.forgets
def _forget() -> None:
    _services.clear()
    _scripts.clear()


def install(installed: world.World) -> None:
    del installed
    _patch_moto()
    elb.on_change(ecs_health.target_changed)


def services() -> list[Service]:
    """The services that are not deleted."""
    return [service for service in _services.values() if service.api.status != "INACTIVE"]


def find(cluster: str, service: str) -> Service:
    """By names or ARNs; raises moto's ServiceNotFoundException or ClusterNotFoundException."""
    name = service.split("/")[-1]
    return _services[_backend()._get_service(cluster, name).arn]


def set_desired(cluster: str, service: str, count: int, cause: str) -> None:
    """What UpdateService with only a desired count does; Application Auto Scaling comes this way."""
    known = find(cluster, service)
    if known.api.desired_count != count:
        known.api.desired_count = count
        world.current().record("desired", service=known.name, desired=count, cause=cause)
        ecs_events.service_action(known, "SERVICE_DESIRED_COUNT_UPDATED", desiredCount=count)
    known.changed()


def fail(what: str, kind: str, times: int | None = None) -> None:
    """Scenario: the next tasks (all, or ``times``) of a service, a family or a family:revision fail.

    ``kind`` is one of ecs_tasks.FAILURES: pull, secret, exit, oom, spot, unhealthy.
    """
    if kind not in ecs_tasks.FAILURES:
        raise ValueError(f"unknown failure {kind!r}: one of {', '.join(ecs_tasks.FAILURES)}")
    _scripts.append(Script(what, kind, times))


def heal(what: str) -> None:
    """Scenario: tasks started from now on do not fail any more."""
    _scripts[:] = [script for script in _scripts if script.what != what]


def kill(cluster: str, service: str, kind: str = "exit", count: int = 1) -> None:
    """Scenario: running tasks end now, as ``fail`` describes."""
    known = find(cluster, service)
    for task in known.running()[:count]:
        ecs_tasks.end(task, ecs_tasks.FAILURES[kind])
        if kind != "spot":
            known.task_failed(task)
    known.changed()


def _adopt(api: moto_ecs.Service) -> Service:
    def changed() -> None:
        if service.api.status == "INACTIVE":
            return
        ecs_rollout.step(service, _failure_of)
        _count_cluster(service)
        if service.api.status == "DRAINING" and not service.tasks:
            service.api.status = "INACTIVE"

    service = Service(api, changed, lambda task: ecs_rollout.count_failure(service, task))
    _services[api.arn] = service
    return service


def _failure_of(service: Service, deployment: Deployment) -> str | None:
    revision = deployment.task_definition.split("/")[-1]
    for script in _scripts:
        if script.what in (service.name, revision, revision.split(":")[0]) and script.left != 0:
            script.left = script.left - 1 if script.left is not None else None
            return script.kind
    return None


def _count_cluster(service: Service) -> None:
    cluster = _backend()._get_cluster(service.api.cluster_name)
    mine = [other.api for other in services() if other.api.cluster_name == cluster.name]
    cluster.running_tasks_count = sum(api.running_count for api in mine)
    cluster.pending_tasks_count = sum(api.pending_count for api in mine)
    cluster.active_services_count = sum(api.status == "ACTIVE" for api in mine)


def _page(items: list[Any], token: str | None, size: int, name: str) -> ActionResult:
    begin = int(token or 0)
    page = {name: items[begin : begin + size]}
    return ActionResult({**page, "nextToken": str(begin + size)} if begin + size < len(items) else page)


def _backend() -> EC2ContainerServiceBackend:
    return ecs_backends[world.ACCOUNT][world.REGION]


def _caller() -> str:
    running = getattr(world.current(), "running", None)
    return f"UpdateService by {running.who if running else 'deployer'}"


def _check_target_groups(load_balancers: list[dict[str, Any]] | None) -> None:
    for balancer in load_balancers or []:
        arn = balancer["targetGroupArn"]
        if not elb.in_use(arn):
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            )


@functools.cache
def _patch_moto() -> None:
    """Wraps what changes services and tasks; reading stays moto's where it is right."""
    response, backend = EC2ContainerServiceResponse, EC2ContainerServiceBackend
    from rehearsal.aws import ecs_listing

    ecs_listing.patch(response, _services, _page)

    @replaces(moto_ecs.Service, "_validate_network", "nc")
    def network(original: Any, self: Any, nc: dict[str, Any]) -> dict[str, Any]:
        # moto insists on securityGroups, which ECS defaults to the VPC's own.
        configuration = nc["awsvpcConfiguration"]
        original(self, {"awsvpcConfiguration": {"securityGroups": [], **configuration}})
        return nc

    @replaces(response, "create_service")
    def create(original: Any, self: Any) -> ActionResult:
        cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        known = self.ecs_backend.services.get(f"{cluster.name}:{self._get_param('serviceName')}")
        if known is not None and known.status != "INACTIVE":
            raise InvalidParameterException("Creation of service was not idempotent.")
        strategy = self._get_param("capacityProviderStrategy")
        if strategy and self._get_param("launchType"):
            raise InvalidParameterException("Specifying both a launch type and capacity provider strategy is invalid.")
        _check_target_groups(self._get_param("loadBalancers"))
        result = original(self)
        api = result.result["service"]
        for attribute, parameter in OPTIONS.items():
            given = self._get_param(parameter)
            if given is not None:
                setattr(api, attribute, given)
        api.launch_type = None if strategy else self._get_param("launchType") or "FARGATE"
        api.created_at = world.current().clock.now()
        service = _adopt(api)
        world.current().record("desired", service=api.name, desired=api.desired_count, cause="CreateService")
        ecs_rollout.begin(service, api.task_definition)
        service.changed()
        return result

    @replaces(response, "update_service")
    def update(original: Any, self: Any) -> ActionResult:
        del original
        cluster = self._get_param("cluster", "default")
        service = find(cluster, self._get_param("service"))
        if service.api.status != "ACTIVE":
            raise ServiceNotFoundException()
        _check_target_groups(self._get_param("loadBalancers"))
        wanted = self._get_param("taskDefinition")
        definition = self.ecs_backend.describe_task_definition(wanted).arn if wanted else service.api.task_definition
        redeploy = bool(self._get_param("forceNewDeployment")) or definition != service.api.task_definition
        for attribute, parameter in OPTIONS.items():
            given = self._get_param(parameter)
            if given is not None:
                redeploy |= parameter in REDEPLOYS and given != getattr(service.api, attribute, None)
                setattr(service.api, attribute, given)
        if redeploy:
            service.api.task_definition = definition
            ecs_rollout.begin(service, definition)
        count = self._get_param("desiredCount")
        if count is not None:
            set_desired(cluster, service.name, int(count), _caller())
        service.changed()
        return ActionResult({"service": service.api})

    @replaces(backend, "delete_service", "cluster_name", "service_name", "force")
    def delete(original: Any, self: Any, cluster_name: str, service_name: str, force: bool) -> moto_ecs.Service:
        api = original(self, cluster_name, service_name, force)
        service = _services[api.arn]
        api.desired_count = 0
        api.status = "DRAINING"
        service.changed()
        return api

    @replaces(response, "stop_task")
    def stop(original: Any, self: Any) -> ActionResult:
        wanted = self._get_param("task").split("/")[-1]
        for service in services():
            for task in service.tasks:
                if task.id == wanted:
                    reason = self._get_param("reason") or "Task stopped by user"
                    ecs_tasks.stop(task, "UserInitiated", reason)
                    service.changed()
                    return ActionResult({"task": task.describe()})
        return original(self)

    addresses = Subnet.available_ip_address_count

    def free_addresses(self: Subnet) -> int:
        """Without those that our tasks hold (moto counts network interfaces only)."""
        return addresses.fget(self) - sum(isinstance(holder, Task) for holder in self._subnet_ips.values())

    Subnet.available_ip_address_count = property(free_addresses)
