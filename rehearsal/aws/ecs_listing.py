"""Reading services and tasks: what moto's ECS lacks are the limits, the pages and the tasks of services.

Follows the ECS API Reference: DescribeServices (10 services), ListServices (10 a page), ListTasks and DescribeTasks
(100 tasks).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException

from rehearsal.aws.ecs_model import Service, Task
from rehearsal.aws.patching import replaces


def patch(response: type, known: dict[str, Service], page: Callable[..., ActionResult]) -> None:
    @replaces(response, "describe_services")
    def describe_services(original: Any, self: Any) -> ActionResult:
        asked = self._get_param("services") or []
        if not asked:
            raise InvalidParameterException("Services cannot be empty.")
        if len(asked) > 10:
            raise InvalidParameterException("Services cannot have more than 10 elements.")
        return original(self)

    @replaces(response, "list_services")
    def list_services(original: Any, self: Any) -> ActionResult:
        arns = [arn for arn in original(self).result["serviceArns"] if known[arn].api.status != "INACTIVE"]
        return page(arns, self._get_param("nextToken"), int(self._get_param("maxResults") or 10), "serviceArns")

    @replaces(response, "list_tasks")
    def list_tasks(original: Any, self: Any) -> ActionResult:
        cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        wanted = (self._get_param("serviceName") or "").split("/")[-1]
        found = [
            task.arn
            for service in known.values()
            if service.api.cluster_name == cluster.name and wanted in ("", service.name)
            for task in service.tasks + service.stopped
            if _listed(task, self)
        ]
        if not wanted:
            found += original(self).result["taskArns"]
        return page(found, self._get_param("nextToken"), int(self._get_param("maxResults") or 100), "taskArns")

    @replaces(response, "describe_tasks")
    def describe_tasks(original: Any, self: Any) -> ActionResult:
        cluster = self.ecs_backend._get_cluster(self._get_param("cluster", "default"))
        ids = [task.split("/")[-1] for task in self._get_param("tasks") or []]
        if not ids:
            raise InvalidParameterException("Tasks cannot be empty.")
        if len(ids) > 100:
            raise InvalidParameterException("Tasks cannot have more than 100 elements.")
        of_services = {
            task.id: task.describe()
            for service in known.values()
            if service.api.cluster_name == cluster.name
            for task in service.tasks + service.stopped
        }
        others = {task.task_arn.split("/")[-1]: task for task in original(self).result["tasks"]}
        tasks = {**others, **of_services}
        missing = [
            {"arn": f"{cluster.arn.replace(':cluster/', ':task/')}/{task}", "reason": "MISSING"}
            for task in ids
            if task not in tasks
        ]
        return ActionResult({"tasks": [tasks[task] for task in ids if task in tasks], "failures": missing})


def _listed(task: Task, request: Any) -> bool:
    """ListTasks filters by desired status (RUNNING unless given), family, deployment and launch type."""
    wanted = request._get_param("desiredStatus") or "RUNNING"
    family = request._get_param("family")
    started_by = request._get_param("startedBy")
    if wanted == "PENDING":
        return False  # "Although you can filter results based on PENDING, it never returns anything"
    if task.leaving != (wanted == "STOPPED"):
        return False
    if family and task.deployment.task_definition.split("/")[-1].split(":")[0] != family:
        return False
    return not started_by or task.deployment.id == started_by
