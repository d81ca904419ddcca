"""The customers: requests by the minute, and what they do to tasks, load balancer and database, as metrics.

Metric names, dimensions and when they are reported follow "Amazon ECS CloudWatch metrics", "CloudWatch metrics for your
Application Load Balancer" and "Amazon CloudWatch metrics for Amazon RDS". The shop behind it is a model:

* one request costs 25 ms of one vCPU, so a task with 512 CPU units can serve 1,200 requests a minute at 100 %;
* what is above 100 % fails: half of it in the tasks (target 5xx), half in the load balancer (504, ELB 5xx);
* the response time grows as in a queue, from 80 ms: 1 / (1 - utilization), at most 30 times;
* a task holds ten database connections, and the database is at 100 % with 12,000 requests a minute.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from moto.rds.models import rds_backends

from rehearsal.aws import cloudwatch, ecs, elb, world
from rehearsal.aws.ecs_model import Service

Requests = Callable[[datetime], float]  # requests per minute, all services together

REQUESTS_PER_VCPU = 2400.0
IDLE_CPU, IDLE_MEMORY = 3.0, 38.0  # percent
QUICKEST, SLOWEST_FACTOR = 0.080, 30.0  # seconds; times
CONNECTIONS_PER_TASK, OTHER_CONNECTIONS = 10, 4
DATABASE_REQUESTS, DATABASE_IDLE_CPU = 12_000.0, 4.0
FREE_STORAGE = 40 * 1024**3
NOISE = 0.03  # share, standard deviation: some thousand requests a minute come evenly

# How busy the shop is in each hour of the day, as a share of its busiest hour: people buy clothes in the evening.
HOURS = (60, 45, 30, 22, 20, 20, 25, 35, 45, 50, 55, 60, 75, 65, 60, 60, 60, 65, 75, 85, 95, 100, 95, 80)
SALE_FACTOR = 3.0  # a sale brings three times the traffic
TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Minute:
    """What one service saw in one minute."""

    at: datetime
    service: str
    requests: int
    failed: int
    cpu: float  # percent, average of the running tasks
    response_time: float  # seconds, average


class Load:
    """Sends requests to every ECS service behind a load balancer, equally shared, until ``stop``."""

    def __init__(self, requests: Requests) -> None:
        self.requests = requests
        self.history: list[Minute] = []
        self._stopped = False

    def start(self) -> Load:
        """Metrics are put in the last second of each minute, so that they belong to it."""
        clock = world.current().clock
        clock.every(timedelta(minutes=1), "the customers", self._minute, first=elb.end_of_minute(clock.now()))
        return self

    def stop(self) -> None:
        self._stopped = True

    def _minute(self) -> None:
        if self._stopped:
            return
        now = world.current().clock.now()
        # Chance by the minute, not by the draw: a fault elsewhere leaves the customers as they were.
        noise = random.Random(f"{world.current().seed} {now.isoformat()}").gauss(1.0, NOISE)
        total = max(0.0, self.requests(now) * noise)
        behind = [service for service in ecs.services() if any(elb.in_use(arn) for arn, _ in service.target_groups)]
        for service in behind:
            self.history.append(_serve(service, total / len(behind), now))
        _database(total, sum(len(service.running()) for service in behind))


def sale_day(opens: datetime, closes: datetime, peak: float) -> Requests:
    """Ordinary days with a sale among them. ``peak``: requests a minute in the busiest hour of an ordinary day.

    People gather in the half hour before the sale opens, three times as many are there three minutes after it has
    opened, and they leave within the half hour after it has closed.
    """

    def requests(at: datetime) -> float:
        local = at.astimezone(TOKYO)
        share = local.minute / 60 + local.second / 3600
        ordinary = HOURS[local.hour] * (1 - share) + HOURS[(local.hour + 1) % 24] * share
        return peak * ordinary / 100 * _sale(at, opens, closes)

    return requests


def _sale(at: datetime, opens: datetime, closes: datetime) -> float:
    points = [
        (opens - timedelta(minutes=30), 1.0),
        (opens, 1.3),
        (opens + timedelta(minutes=3), SALE_FACTOR),
        (closes, SALE_FACTOR),
        (closes + timedelta(minutes=30), 1.0),
    ]
    if not points[0][0] <= at < points[-1][0]:
        return 1.0
    for (begin, low), (end, high) in zip(points, points[1:], strict=False):
        if begin <= at < end:
            return low + (high - low) * ((at - begin) / (end - begin))
    return SALE_FACTOR


def _serve(service: Service, requests: float, now: datetime) -> Minute:
    """The minute in the spans between two changes of the fleet: a short outage is not averaged away."""
    per_task = REQUESTS_PER_VCPU * _cpu_units(service) / 1024
    served = task_time = busy_time = waited = 0.0
    for share, running, healthy in service.spans(now - timedelta(minutes=1), now):
        # With no healthy target the load balancer sends requests to all of them ("fail open"); ours are broken then.
        wanted, capacity = requests * share, healthy * per_task * share
        done = min(wanted, capacity)
        busy = done / capacity if capacity else 0.0
        served += done
        waited += done * min(SLOWEST_FACTOR, 1 / max(1 - busy, 1 / SLOWEST_FACTOR))
        task_time += running * share
        busy_time += healthy * share * busy
    cpu = min(100.0, IDLE_CPU + 100 * busy_time / task_time) if task_time else 0.0
    minute = Minute(
        now, service.name, round(requests), round(requests - served), cpu, QUICKEST * (waited / served if served else 1)
    )
    running_now = len(service.running())
    if running_now and task_time:
        names = {"ClusterName": service.api.cluster_name, "ServiceName": service.name}
        memory = IDLE_MEMORY + 20 * busy_time / task_time
        cloudwatch.put("AWS/ECS", "CPUUtilization", names, [cpu] * running_now, "Percent")
        cloudwatch.put("AWS/ECS", "MemoryUtilization", names, [memory] * running_now, "Percent")
    for arn in [arn for arn, _ in service.target_groups if elb.in_use(arn)]:
        _balance(arn, minute, len(service.healthy()), served > 0)
    return minute


def _balance(group: str, minute: Minute, healthy: int, reached: bool) -> None:
    """The load balancer's metrics; counts are reported when they are not zero."""
    both = elb.metric_dimensions(group)
    whole = {"LoadBalancer": both["LoadBalancer"]}
    # Without a target to choose there is no RequestCount, only the 503 of the load balancer.
    in_tasks = minute.failed // 2 if reached else 0
    by_balancer = minute.failed - in_tasks
    if reached and minute.requests:
        for dimensions in (whole, both):
            cloudwatch.put("AWS/ApplicationELB", "RequestCount", dimensions, minute.requests, "Count")
            cloudwatch.put("AWS/ApplicationELB", "TargetResponseTime", dimensions, minute.response_time, "Seconds")
        per_target = minute.requests / max(healthy, 1)
        target_only = {"TargetGroup": both["TargetGroup"]}
        cloudwatch.put("AWS/ApplicationELB", "RequestCountPerTarget", target_only, per_target, "Count")
    if in_tasks:
        for dimensions in (whole, both):
            cloudwatch.put("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", dimensions, in_tasks, "Count")
    if by_balancer:
        cloudwatch.put("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", whole, by_balancer, "Count")


def _database(requests: float, tasks: int) -> None:
    """Reported while the instance serves."""
    for database in rds_backends[world.ACCOUNT][world.REGION].databases.values():
        if database.status not in ("available", "backing-up", "modifying"):
            continue
        name = {"DBInstanceIdentifier": database.db_instance_identifier}
        cpu = min(100.0, DATABASE_IDLE_CPU + 100 * requests / DATABASE_REQUESTS)
        connections = tasks * CONNECTIONS_PER_TASK + OTHER_CONNECTIONS
        cloudwatch.put("AWS/RDS", "CPUUtilization", name, cpu, "Percent")
        cloudwatch.put("AWS/RDS", "DatabaseConnections", name, connections, "Count")
        cloudwatch.put("AWS/RDS", "FreeStorageSpace", name, FREE_STORAGE, "Bytes")


def _cpu_units(service: Service) -> int:
    return int(service.definition(service.primary.task_definition).cpu or 1024)
